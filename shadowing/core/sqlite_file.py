"""What SQLite needs: its settings, and connections that notice when the file was exchanged under them."""

from __future__ import annotations

import os
from typing import Any

from sqlalchemy.exc import DisconnectionError

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


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
