"""From a file to rows of cells: CSV (also gzipped) and XLSX. No database."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from shadowing.visits.spreadsheets.complaints import BadFile

LONGEST_CELL = 2**20
MOST_UNPACKED = 200 * 2**20
#: A cell is text as typed; a workbook's real dates stay dates.
Cell = str | date


def read_table(path: Path, delimiter: str = ",", sheet: str | None = None) -> Iterator[list[Cell]]:
    """Rows of cells, the header first. Raises BadFile."""
    raw = path.read_bytes()
    if raw[:4] == b"PK\x03\x04":
        return _workbook(path, raw, sheet)
    return _csv(path, raw, delimiter)


def file_digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _csv(path: Path, raw: bytes, delimiter: str) -> Iterator[list[Cell]]:
    csv.field_size_limit(LONGEST_CELL)
    table = csv.reader(io.StringIO(_text(path, raw), newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            yield list(next(table))
        except StopIteration:
            return
        except csv.Error as error:
            raise BadFile("broken_csv", line=table.line_num, detail=error) from error


def _text(path: Path, raw: bytes) -> str:
    if raw[:2] == b"\x1f\x8b":
        try:
            raw = gzip.decompress(raw)
        except (OSError, EOFError, zlib.error) as error:
            raise BadFile("broken_gzip", file=path.name) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadFile("not_utf8", line=line, file=path.name) from error


def _workbook(path: Path, raw: bytes, sheet: str | None) -> Iterator[list[Cell]]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(member.file_size for member in packed.infolist()) > MOST_UNPACKED:
                raise BadFile("workbook_too_large", file=path.name)
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, zlib.error) as error:
        if isinstance(error, BadFile):
            raise
        raise BadFile("broken_workbook", file=path.name) from error
    names = book.sheetnames
    if sheet is not None and sheet not in names:
        raise BadFile("no_sheet", sheet=sheet, sheets=", ".join(names))
    width = 0
    for values in book[sheet or names[0]].iter_rows(values_only=True):
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
