"""A file read in a process of its own: one at a time over the machine, under a limit of memory and time."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import IO, Any

from shadowing.core.file_turn import FileTurn
from shadowing.core.table_ceilings import Ceilings, Cell
from shadowing.core.table_child import LENGTH
from shadowing.core.table_errors import FILE_REASONS, BadFile

ROOT = Path(__file__).parents[2]
CHILD = [sys.executable, "-S", "-P", "-m", "shadowing.core.table_child"]
#: Bytes: of one row at its longest, four a character.
LONGEST_MESSAGE = 2**24


def rows_by_child(
    raw: bytes, name: str, ceilings: Ceilings, delimiter: str, sheet: str | None
) -> Generator[list[Cell]]:
    """Rows as they come; whoever stops taking them ends the process. Raises BadFile."""
    until = time.monotonic() + ceilings.seconds
    order = {"name": name, "delimiter": delimiter, "sheet": sheet, "ceilings": asdict(ceilings)}
    with _turn(until), tempfile.TemporaryFile() as file:
        file.write(raw)
        file.seek(0)
        with _started(file, order) as child:
            yield from _rows(child, name, until)


@contextlib.contextmanager
def _turn(until: float) -> Iterator[None]:
    """Wait until nobody else reads a file from this copy of the program. Raises BadFile when that takes too long."""
    turn = FileTurn(__file__)
    if not turn.take(until - time.monotonic()):
        raise BadFile("one_at_a_time")
    try:
        yield
    finally:
        turn.give()


@contextlib.contextmanager
def _started(file: IO[bytes], order: dict[str, Any]) -> Iterator[subprocess.Popen[bytes]]:
    environment = {"PYTHONPATH": str(ROOT), "PATH": os.environ.get("PATH", "")}
    child = subprocess.Popen(
        [*CHILD, json.dumps(order)],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=os.sep,
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()


def _rows(child: subprocess.Popen[bytes], name: str, until: float) -> Iterator[list[Cell]]:
    for message in _messages(child, until):
        if "rows" in message:
            yield from _with_days(message["rows"]) if message["days"] else message["rows"]
        elif message.get("bad") in FILE_REASONS:
            raise BadFile(message["bad"], **message["details"])
        else:
            return
        if time.monotonic() > until:
            raise BadFile("takes_too_long", file=name)
    raise BadFile(_why_it_ended(child, until), file=name)


def _messages(child: subprocess.Popen[bytes], until: float) -> Iterator[dict[str, Any]]:
    """What the child says, as far as it comes before time is up."""
    assert child.stdout is not None
    out, said = child.stdout.fileno(), bytearray()
    os.set_blocking(out, False)
    with selectors.DefaultSelector() as look:
        look.register(out, selectors.EVENT_READ)
        while look.select(max(0.0, until - time.monotonic())):
            piece = os.read(out, 2**18)
            said += piece
            while len(said) >= LENGTH.size:
                (length,) = LENGTH.unpack_from(said)
                if length > LONGEST_MESSAGE or len(said) < LENGTH.size + length:
                    break
                body = bytes(said[LENGTH.size : LENGTH.size + length])
                del said[: LENGTH.size + length]
                try:
                    message = json.loads(body)
                except ValueError:
                    return
                yield message
            if not piece or len(said) > 2 * LONGEST_MESSAGE:
                return


def _with_days(rows: list[list[Any]]) -> Iterator[list[Cell]]:
    for row in rows:
        yield [date.fromordinal(cell) if isinstance(cell, int) else cell for cell in row]


def _why_it_ended(child: subprocess.Popen[bytes], until: float) -> str:
    """A process at the end of its memory cannot always say so: the system ends it, or it ends by an error."""
    if time.monotonic() > until:
        return "takes_too_long"
    try:
        ended = -child.wait(1)
    except subprocess.TimeoutExpired:
        return "reading_broke_off"
    if ended == signal.SIGXCPU:
        return "takes_too_long"
    return "too_much_memory" if ended == signal.SIGKILL else "reading_broke_off"
