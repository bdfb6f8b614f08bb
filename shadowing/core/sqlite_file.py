"""What SQLite needs: its settings, and connections that notice when the file was exchanged under them."""

from __future__ import annotations

import os
import sqlite3
from functools import lru_cache
from typing import Any

from sqlalchemy.exc import DisconnectionError, OperationalError

from shadowing.core.file_turn import FileTurn

#: Somebody who waits longer to write is told that the database is locked.
LONGEST_SECONDS = 10
SETTINGS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # what was acknowledged to a phone survives a power cut
    "foreign_keys=ON",
    f"busy_timeout={LONGEST_SECONDS * 1000}",
    "cache_size=-32000",
    "temp_store=MEMORY",
)


def prepare(connection: Any, record: Any) -> None:
    """Ready a new connection of the driver."""
    connection.isolation_level = None  # we say BEGIN ourselves
    for setting in SETTINGS:
        connection.execute(f"PRAGMA {setting}")
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    record.info["file"] = path, _identity(path)


def still_the_same(_connection: Any, record: Any, _proxy: Any) -> None:
    """Before each use. Writing into a file that was moved away or deleted would acknowledge what nobody finds again."""
    path, identity = record.info["file"]
    if path and _identity(path) != identity:
        raise DisconnectionError(f"{path} is another file now")  # the pool opens it anew


def take_turn(info: dict[str, Any]) -> None:
    """Wait for one's turn to write; it is given back with the connection. info: the connection's.

    SQLite itself lets those who come second look again, ever more seldom; under load some look in vain for seconds.
    """
    path = info["file"][0]
    if path and "turn" not in info:
        turn = _turn_at(path)
        if not turn.take(LONGEST_SECONDS):
            raise OperationalError("BEGIN IMMEDIATE", None, sqlite3.OperationalError("database is locked"))
        info["turn"] = turn


def give_turn(_connection: Any, record: Any, *_: Any) -> None:
    turn = record.info.pop("turn", None)
    if turn is not None:
        turn.give()


@lru_cache(maxsize=4)
def _turn_at(path: str) -> FileTurn:
    """One for a database; more than one has only who tests."""
    return FileTurn(f"{path}-turn")


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
