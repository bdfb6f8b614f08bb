"""What SQLite needs: its settings, and connections that notice when the file was exchanged under them."""

from __future__ import annotations

import os
import sqlite3
from functools import lru_cache
from typing import Any

from sqlalchemy.exc import DisconnectionError, OperationalError

from shadowing.core.write_turn import WriteTurn

SETTINGS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # what was acknowledged to a phone survives a power cut
    "foreign_keys=ON",
    "busy_timeout=10000",
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
    """Wait for one's turn to write; it is given back with the connection. info: the connection's."""
    path = info["file"][0]
    if path and "turn" not in info:
        turn = _turn_at(path)
        try:
            turn.take()
        except sqlite3.OperationalError as error:
            raise OperationalError("BEGIN IMMEDIATE", None, error) from error
        info["turn"] = turn


def give_turn(_connection: Any, record: Any, *_: Any) -> None:
    turn = record.info.pop("turn", None)
    if turn is not None:
        turn.give()


@lru_cache(maxsize=4)
def _turn_at(path: str) -> WriteTurn:
    """One for a file; more than one file has only who tests."""
    return WriteTurn(path)


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
