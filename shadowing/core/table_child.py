"""The process that reads one file: rows to whoever started it, as JSON behind its length. No network, no database.

Standard input is the file itself, so that it can be sought in; the one argument says what to do (`rows_by_child`).
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import struct
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from shadowing.core.table_ceilings import Ceilings, Cell
from shadowing.core.table_errors import BadFile
from shadowing.core.table_rows import rows_of

try:
    import resource
except ImportError:  # a system that cannot limit a process
    resource = None  # type: ignore[assignment]

LENGTH = struct.Struct(">L")
#: A message holds about so many cells or characters.
MOST_CELLS, MOST_CHARACTERS = 4_000, 2**18


def main() -> None:
    order = json.loads(sys.argv[1])
    ceilings = Ceilings(**order.pop("ceilings"))
    _limit(ceilings)
    os.nice(5)  # whoever waits for a page comes first
    gc.disable()  # rows make no rings, and looking for some takes a tenth of the time
    try:
        with open(0, "rb", closefd=False) as file:
            for message in _messages(file, order, ceilings):
                _send(message)
    except BrokenPipeError:  # nobody wants more
        os._exit(0)


def _limit(ceilings: Ceilings) -> None:
    """As far as the system can; macOS knows no limit of address space that it holds to."""
    if resource is None:
        return
    wanted = {"RLIMIT_AS": ceilings.memory, "RLIMIT_CPU": ceilings.cpu, "RLIMIT_CORE": 0, "RLIMIT_FSIZE": 0}
    for name, most in wanted.items():
        with contextlib.suppress(ValueError, OSError, AttributeError):
            # Time over is told by a signal of its own before the system ends the process.
            resource.setrlimit(getattr(resource, name), (most, most + (name == "RLIMIT_CPU")))


def _messages(file: BinaryIO, order: dict[str, Any], ceilings: Ceilings) -> Iterator[dict[str, Any]]:
    name = order["name"]
    try:
        for rows, days in _pieces(rows_of(file, name, ceilings, order["delimiter"], order["sheet"])):
            yield {"rows": rows, "days": days}
        yield {"end": True}
    except BadFile as bad:
        yield {"bad": bad.code, "details": bad.document()["details"]}
    except MemoryError:
        yield {"bad": "too_much_memory", "details": {"file": name}}
    except RecursionError:
        yield {"bad": "reading_broke_off", "details": {"file": name}}


def _pieces(rows: Iterator[list[Cell]]) -> Iterator[tuple[list[list[Any]], bool]]:
    """Rows by the handful, and whether one has a day in it, which goes as its number."""
    piece: list[list[Any]] = []
    cells = characters = 0
    days = False
    for row in rows:
        try:
            characters += len("".join(row))  # type: ignore[arg-type]
        except TypeError:
            row = [cell if isinstance(cell, str) else cell.toordinal() for cell in row]  # type: ignore[misc]
            days = True
            characters += sum(len(cell) for cell in row if isinstance(cell, str))
        piece.append(row)
        cells += len(row) + 1
        if cells > MOST_CELLS or characters > MOST_CHARACTERS:
            yield piece, days
            piece, cells, characters, days = [], 0, 0, False
    yield piece, days


def _send(message: dict[str, Any]) -> None:
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode(errors="backslashreplace")
    whole = memoryview(LENGTH.pack(len(body)) + body)
    while whole:
        whole = whole[os.write(1, whole) :]


if __name__ == "__main__":
    main()
