"""From a file to rows of cells: CSV (also gzipped) and XLSX. No database."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from shadowing.core.table_errors import BadFile

#: A cell that begins so is taken for a formula; the full-width ones by spreadsheets that fold widths.
FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")
LONGEST_CELL = 2**20
#: What reading a workbook raises when it is none, or a damaged or hostile one; broken XML is a SyntaxError.
BROKEN = (
    zipfile.BadZipFile,
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    OSError,
    EOFError,
    zlib.error,
    SyntaxError,
)
MOST_UNPACKED = 200 * 2**20
#: A cell is text as typed; a workbook's real dates stay dates.
Cell = str | date


@dataclass(frozen=True)
class Source:
    """A file as it came: its name and its bytes."""

    name: str
    raw: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def is_workbook(self) -> bool:
        return self.raw[:4] == b"PK\x03\x04"


def read_table(source: Source, delimiter: str = ",", sheet: str | None = None) -> Iterator[list[Cell]]:
    """Rows of cells, the header first. Raises BadFile."""
    return _workbook(source, sheet) if source.is_workbook else _csv(source, delimiter)


def as_text(value: str) -> str:
    """Kept text in whoever's spreadsheet: an apostrophe before what would be taken for a formula."""
    return f"'{value}" if value[:1] in FORMULA_SIGNS and value else value


def line_count(path: Path) -> int:
    """About how many rows a file has, for a progress bar; a workbook does not tell before it is read."""
    raw = path.read_bytes()
    try:
        raw = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    except (OSError, EOFError, zlib.error):
        return 1
    return max(1, raw.count(b"\n") - 1)


def _csv(source: Source, delimiter: str) -> Iterator[list[Cell]]:
    csv.field_size_limit(LONGEST_CELL)
    table = csv.reader(io.StringIO(_text(source), newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            yield list(next(table))
        except StopIteration:
            return
        except csv.Error as error:
            raise BadFile("broken_csv", line=table.line_num, detail=error) from error


def _text(source: Source) -> str:
    raw = source.raw
    if raw[:2] == b"\x1f\x8b":
        try:
            raw = gzip.decompress(raw)
        except (OSError, EOFError, zlib.error) as error:
            raise BadFile("broken_gzip", file=source.name) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadFile("not_utf8", line=line, file=source.name) from error


def _workbook(source: Source, sheet: str | None) -> Iterator[list[Cell]]:
    try:
        with zipfile.ZipFile(io.BytesIO(source.raw)) as packed:
            if sum(member.file_size for member in packed.infolist()) > MOST_UNPACKED:
                raise BadFile("workbook_too_large", file=source.name)
        book = openpyxl.load_workbook(io.BytesIO(source.raw), read_only=True, data_only=True, keep_links=False)
    except BROKEN as error:
        if isinstance(error, BadFile):
            raise
        raise BadFile("broken_workbook", file=source.name) from error
    names = book.sheetnames
    if sheet is not None and sheet not in names:
        raise BadFile("no_sheet", sheet=sheet, sheets=", ".join(names))
    width, rows = 0, book[sheet or names[0]].iter_rows(values_only=True)
    while True:
        try:
            values = next(rows)
        except StopIteration:
            return
        except BROKEN as error:
            raise BadFile("broken_workbook", file=source.name) from error
        cells = [_cell(value) for value in values]
        width = width or _used(cells)
        yield (cells + [""] * width)[: max(width, _used(cells))]


def _used(cells: list[Cell]) -> int:
    """How many cells there are up to the last one that holds something."""
    return max((number for number, cell in enumerate(cells, 1) if cell != ""), default=0)


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
