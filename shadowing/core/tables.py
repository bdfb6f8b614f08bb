"""From a file to rows of cells: CSV (also gzipped) and XLSX, the one reader of all sheets. No database."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from pathlib import Path

from shadowing.core.table_ceilings import CEILINGS, IN_A_REQUEST, Ceilings, Cell
from shadowing.core.table_process import rows_by_child

__all__ = [
    "CEILINGS",
    "FORMULA_SIGNS",
    "IN_A_REQUEST",
    "Ceilings",
    "Cell",
    "Source",
    "as_csv",
    "as_text",
    "line_count",
    "read_table",
]

#: A cell that begins so is taken for a formula; the full-width ones by spreadsheets that fold widths.
FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")

PIECE = 2**20


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


def read_table(
    source: Source, delimiter: str = ",", sheet: str | None = None, ceilings: Ceilings = CEILINGS
) -> Generator[list[Cell]]:
    """Rows of cells, the header first, as another process reads them; it ends with whoever stops taking them.

    May wait for its turn, so never while a transaction is open. ceilings: IN_A_REQUEST while somebody waits for a
    page. Raises BadFile.
    """
    return rows_by_child(source.raw, source.name, ceilings, delimiter, sheet)


def line_count(path: Path) -> int:
    """About how many rows a file has, for a progress bar; a workbook does not tell before it is read."""
    lines = unpacked = 0
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            plain = gzip.GzipFile(fileobj=file) if packed else file
            while unpacked < CEILINGS.unpacked and (piece := plain.read(PIECE)):
                lines += piece.count(b"\n")
                unpacked += len(piece)
    except (OSError, EOFError, zlib.error):
        return 1
    return max(1, lines - 1)


def as_csv(rows: Iterable[Iterable[object]]) -> str:
    """For spreadsheets: they take it for UTF-8 by the mark at its beginning. Text of others through as_text first."""
    out = io.StringIO("\ufeff")
    out.seek(0, io.SEEK_END)
    csv.writer(out).writerows(rows)
    return out.getvalue()


def as_text(value: str) -> str:
    """Kept text in whoever's spreadsheet: an apostrophe before what would be taken for a formula."""
    return f"'{value}" if value[:1] in FORMULA_SIGNS and value else value
