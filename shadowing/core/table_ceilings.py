"""How much of a file is read: above it a sentence names the limit, and the count where it is known. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

MEBIBYTE = 2**20
#: A cell is text as typed; a workbook's real dates stay dates.
Cell = str | date


@dataclass(frozen=True)
class Ceilings:
    """unpacked: bytes, and characters handed on; rows: below the first; texts: different ones that a workbook keeps
    beside its sheets, shared: their bytes; cell and row: characters; memory: bytes of address space.

    cpu: seconds the reading process may work; seconds: from waiting for its turn to the last row taken.
    """

    unpacked: int = 256 * MEBIBYTE
    rows: int = 2**20
    columns: int = 2_000
    texts: int = 2**20 + 2_000  # another one in every row, and the names of the columns
    shared: int = 64 * MEBIBYTE
    cell: int = 2**20
    row: int = 2**21
    memory: int = 384 * MEBIBYTE
    cpu: int = 120
    seconds: float = 900.0


CEILINGS = Ceilings()
#: While somebody waits for a page.
IN_A_REQUEST = replace(CEILINGS, cpu=5, seconds=5.0)
