"""A file's bytes as rows of cells, read as a stream and never beyond the ceilings. Runs in a process of its own."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from shadowing.core.table_ceilings import MEBIBYTE, Ceilings, Cell
from shadowing.core.table_errors import BadFile
from shadowing.core.workbook import workbook_rows

ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"
PIECE = 2**16


def rows_of(
    file: BinaryIO, name: str, ceilings: Ceilings, delimiter: str = ",", sheet: str | None = None
) -> Iterator[list[Cell]]:
    """Rows of cells, the header first; file: one that can be sought in. Raises BadFile."""
    begin = file.read(4)
    file.seek(0)
    rows = workbook_rows(file, name, ceilings, sheet) if begin == ZIP else _csv(file, begin, name, ceilings, delimiter)
    said = 0
    for number, cells in enumerate(rows, 1):
        if number > ceilings.rows + 1:
            raise BadFile("more_rows", file=name, limit=f"{ceilings.rows:,}")
        if len(cells) > ceilings.columns:
            _refuse_wide(cells, number, ceilings)
        length = _length(cells)
        if length > ceilings.row:
            raise BadFile("long_row", row=f"{number:,}", found=f"{length:,}", limit=f"{ceilings.row:,}")
        said += length
        if said > ceilings.unpacked:  # a text that many cells refer to is kept once and handed on each time
            raise too_large(name, ceilings)
        yield cells


def _length(cells: list[Any]) -> int:
    """Characters, a day counted as none."""
    try:
        return len("".join(cells))
    except TypeError:
        return sum(len(cell) for cell in cells if isinstance(cell, str))


def too_large(name: str, ceilings: Ceilings) -> BadFile:
    return BadFile("unpacks_to_more", file=name, limit=ceilings.unpacked // MEBIBYTE)


def _refuse_wide(cells: list[Cell], number: int, ceilings: Ceilings) -> None:
    """Too many columns hold something; empty ones behind them are cut off."""
    used = max((at for at, cell in enumerate(cells, 1) if cell != ""), default=0)
    if used > ceilings.columns:
        raise BadFile("more_columns", row=f"{number:,}", found=f"{used:,}", limit=f"{ceilings.columns:,}")
    del cells[ceilings.columns :]


def _csv(file: BinaryIO, begin: bytes, name: str, ceilings: Ceilings, delimiter: str) -> Iterator[list[Cell]]:
    csv.field_size_limit(ceilings.cell)
    lines = _Lines(file, begin[:2] == GZIP, name, ceilings)
    table = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        try:
            cells: list[Any] = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            if "field limit" in str(error):
                raise BadFile("long_cell", row=f"{table.line_num:,}", limit=f"{ceilings.cell:,}") from error
            raise BadFile("broken_csv", line=table.line_num, detail=error) from error
        lines.since_row = 0
        yield cells


class _Lines:
    """Lines of text, each counted against what one row may hold, so that an open quote does not swallow the rest."""

    def __init__(self, file: BinaryIO, packed: bool, name: str, ceilings: Ceilings) -> None:
        self.name, self.ceilings, self.since_row, self._count = name, ceilings, 0, 0
        plain: Any = _Unpacking(file, name, ceilings) if packed else file
        self._text = io.TextIOWrapper(io.BufferedReader(plain, PIECE), "utf-8-sig", newline="")

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        try:
            line = self._text.readline(self.ceilings.row + 1)
        except UnicodeDecodeError as error:
            line_number = self._count + error.object[: error.start].count(b"\n") + 1
            raise BadFile("not_utf8", line=line_number, file=self.name) from error
        self.since_row += len(line)
        self._count += 1
        if self.since_row > self.ceilings.row:
            raise BadFile("endless_row", row=f"{self._count:,}", limit=f"{self.ceilings.row:,}")
        if not line:
            raise StopIteration
        return line


class _Unpacking(io.RawIOBase):
    """A gzip file unpacked piece by piece, up to the ceiling."""

    def __init__(self, file: BinaryIO, name: str, ceilings: Ceilings) -> None:
        self._file, self._name, self._ceilings, self._given = gzip.GzipFile(fileobj=file), name, ceilings, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            piece = self._file.read(len(buffer))
        except (OSError, EOFError, zlib.error) as error:
            raise BadFile("broken_gzip", file=self._name) from error
        self._given += len(piece)
        if self._given > self._ceilings.unpacked:
            raise too_large(self._name, self._ceilings)
        buffer[: len(piece)] = piece
        return len(piece)
