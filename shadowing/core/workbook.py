"""XLSX as a stream of rows: one pass over the sheet's XML, memory by what a row holds, not by what the file claims."""

from __future__ import annotations

import struct
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import BinaryIO
from xml.parsers.expat import ExpatError

from shadowing.core.table_ceilings import MEBIBYTE, Ceilings, Cell
from shadowing.core.table_errors import BadFile
from shadowing.core.workbook_cells import Formats, Sheet
from shadowing.core.workbook_xml import Attributes, BrokenXml, Handler, pieces_parsed

#: What reading a workbook raises when it is none, or a damaged or hostile one.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ExpatError,
    BrokenXml,
    KeyError,
    ValueError,
    IndexError,
    OverflowError,
    OSError,
    EOFError,
    RuntimeError,  # a member behind a password
    NotImplementedError,  # a way of packing nobody uses for workbooks
)
MOST_DIRECTORY = 4 * MEBIBYTE
#: What expat calls its end of memory.
NO_MEMORY = 1
MOST_SHEETS = 10_000
LONGEST_LIST = 400
DIRECTORY_END, DIRECTORY_64 = b"PK\x05\x06", b"PK\x06\x07"


def workbook_rows(file: BinaryIO, name: str, ceilings: Ceilings, sheet: str | None) -> Iterator[list[Cell]]:
    """Rows of one sheet, the first where none is named. Raises BadFile."""
    try:
        book = _Workbook(file, name, ceilings)
        part = book.part_of(sheet)
        reading = Sheet(name, ceilings, book.texts(), book.formats())
    except BROKEN as error:
        raise _as_said(error, "broken_workbook", file=name) from error
    width = 0
    try:
        for _ in pieces_parsed(book.open(part), reading):
            for cells in reading.taken():
                used = _used(cells)
                width = width or used
                if len(cells) != width:
                    cells = (cells + [""] * (width - used))[: max(width, used)]
                yield cells
    except BROKEN as error:
        raise _as_said(error, "broken_sheet", file=name, row=f"{max(1, reading.number):,}") from error


def _as_said(error: Exception, code: str, **details: str) -> Exception:
    if isinstance(error, ExpatError) and error.code == NO_MEMORY:
        return MemoryError()
    return error if isinstance(error, BadFile) else BadFile(code, **details)


def _used(cells: list[Cell]) -> int:
    """How many cells there are up to the last one that holds something."""
    used = len(cells)
    while used and cells[used - 1] == "":
        used -= 1
    return used


class _Workbook:
    """The parts of a packed workbook that a table needs; pictures and the like are never unpacked."""

    def __init__(self, file: BinaryIO, name: str, ceilings: Ceilings) -> None:
        _refuse_long_directory(file)
        self.name, self.ceilings, self._unpacked = name, ceilings, 0
        self._packed = zipfile.ZipFile(file)
        self._read("[Content_Types].xml", Handler())
        roots = self._related("")
        self._main = next((path for kind, path in roots.values() if kind == "officeDocument"), "xl/workbook.xml")
        self._contents = _Contents()
        self._read(self._main, self._contents)
        self._parts = self._related(self._main)

    def part_of(self, sheet: str | None) -> str:
        """The path of a sheet inside the workbook."""
        found = {
            name: self._parts[id][1]
            for name, id in self._contents.sheets
            if self._parts.get(id, ("", ""))[0] == "worksheet"
        }
        if sheet is None:
            return next(iter(found.values()), "")
        if sheet not in found:
            raise BadFile("no_sheet", sheet=sheet[:100], sheets=", ".join(found)[:LONGEST_LIST])
        return found[sheet]

    def texts(self) -> _SharedTexts:
        texts = _SharedTexts(self.name, self.ceilings)
        for kind, path in self._parts.values():
            if kind == "sharedStrings":
                self._read(path, texts)
        return texts

    def formats(self) -> Formats:
        formats = Formats(self._contents.since_1904)
        for kind, path in self._parts.values():
            if kind == "styles":
                self._read(path, formats)
        return formats

    def open(self, part: str) -> BinaryIO:
        """A part to be read; what all parts unpack to is counted before. Raises BadFile."""
        info = self._packed.getinfo(part)
        self._unpacked += info.file_size  # more than it declares is never given
        if self._unpacked > self.ceilings.unpacked:
            found, limit = -(-self._unpacked // MEBIBYTE), self.ceilings.unpacked // MEBIBYTE
            raise BadFile("unpacks_to", file=self.name, found=f"{found:,}", limit=limit)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotImplementedError(info.compress_type)
        return self._packed.open(info)  # type: ignore[return-value]

    def _read(self, part: str, handler: Handler) -> None:
        for _ in pieces_parsed(self.open(part), handler):
            pass

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        """Id -> (kind, path) of everything a part refers to inside the file."""
        folder = dirname(part)
        beside = join(folder, "_rels", f"{part[len(folder) :].lstrip('/')}.rels")
        relations = _Relations(folder)
        self._read(beside, relations)
        return relations.found


def _refuse_long_directory(file: BinaryIO) -> None:
    """The list of what a ZIP holds is read whole by zipfile; its length is said at the end of the file."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 2**16 - 22))
    tail = file.read()
    at = tail.rfind(DIRECTORY_END)
    if at < 0:
        raise zipfile.BadZipFile
    length = struct.unpack("<L", tail[at + 12 : at + 16])[0]
    if at >= 20 and tail[at - 20 : at - 16] == DIRECTORY_64:
        file.seek(struct.unpack("<Q", tail[at - 12 : at - 4])[0])
        length = max(length % 0xFFFFFFFF, struct.unpack("<Q", file.read(48)[40:48])[0])
    file.seek(0)
    if length > MOST_DIRECTORY:
        raise zipfile.BadZipFile


class _Relations(Handler):
    """xl/_rels/workbook.xml.rels and its like."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.found: dict[str, tuple[str, str]] = {}

    def begin(self, tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes["Target"]
            path = target.lstrip("/") if target.startswith("/") else normpath(join(self._folder, target))
            self.found[attributes["Id"]] = (attributes["Type"].rpartition("/")[2], path)
        if len(self.found) > MOST_SHEETS:
            raise BrokenXml


class _Contents(Handler):
    """xl/workbook.xml: names of sheets with the ids of their parts, and when days begin to count."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.since_1904 = False

    def begin(self, tag: str, attributes: Attributes) -> None:
        if tag == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")
        elif tag == "sheet":
            id = next((text for name, text in attributes.items() if name.endswith(":id")), "")
            self.sheets.append((attributes["name"], id))
        if len(self.sheets) > MOST_SHEETS:
            raise BrokenXml


class _SharedTexts(Handler):
    """xl/sharedStrings.xml: all texts one behind the other, where Python's own strings would take three times that."""

    def __init__(self, name: str, ceilings: Ceilings) -> None:
        self._name, self._ceilings = name, ceilings
        self._bytes, self._ends = bytearray(), array("L", [0])
        self._taking = self._spoken = False

    def __getitem__(self, number: int) -> str:
        if number < 0:
            raise IndexError(number)
        begin, end = self._ends[number], self._ends[number + 1]
        return self._bytes[begin:end].decode()

    def start(self, tag: str, attributes: Attributes) -> None:
        """A plain text is these two; everything else goes the long way, where names lose their prefix."""
        if tag == "t" and self.depth == 2:
            self._taking = True
        elif tag == "si" and self.depth == 1:
            self.depth = 2
        else:
            super().start(tag, attributes)

    def text(self, text: str) -> None:
        if self._taking:
            self._bytes += text.encode()
            if len(self._bytes) > self._ceilings.shared:
                raise BadFile("too_much_text", file=self._name, limit=self._ceilings.shared // MEBIBYTE)

    def end(self, tag: str) -> None:
        if tag == "t" and self.depth == 2:
            self._taking = False
        elif tag == "si" and self.depth == 2:
            self.depth = 1
            self._end_text()
        else:
            super().end(tag)

    def begin(self, tag: str, attributes: Attributes) -> None:
        if tag == "t":
            self._taking = not self._spoken
        elif tag == "sst":
            self._refuse_claimed(attributes.get("uniqueCount", ""))
        elif tag == "rPh":
            self._spoken = True  # how Japanese or Chinese is read aloud, beside the text

    def finish(self, tag: str) -> None:
        if tag == "t":
            self._taking = False
        elif tag == "rPh":
            self._spoken = False
        elif tag == "si":
            self._end_text()

    def _refuse_claimed(self, said: str) -> None:
        found = int(said[:18]) if said.isascii() and said.isdigit() else 0
        if found > self._ceilings.texts:
            raise BadFile("texts", file=self._name, found=f"{found:,}", limit=f"{self._ceilings.texts:,}")

    def _end_text(self) -> None:
        self._ends.append(len(self._bytes))
        if len(self._ends) > self._ceilings.texts + 1:
            raise BadFile("more_texts", file=self._name, limit=f"{self._ceilings.texts:,}")
        if self._ends[-1] - self._ends[-2] > self._ceilings.cell * 4:
            raise BadFile("long_text", file=self._name, limit=f"{self._ceilings.cell:,}")
