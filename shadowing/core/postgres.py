"""What PostgreSQL needs: a pool per process, patience with a limit, and text without NUL."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

from sqlalchemy.engine import make_url

#: Said on every new connection. Milliseconds: a writer waits as long as SQLite's busy timeout, then the phone is
#: told to come again; a process that hangs in a transaction does not keep the others out for ever.
SETTINGS = ("SET lock_timeout = 10000", "SET idle_in_transaction_session_timeout = 120000")
#: Deadlock found, transactions that cannot be put in an order.
RACES = ("40P01", "40001")
#: A table or column that the migrations have not made yet.
NOT_MIGRATED = ("42P01", "42703")
POOL = {
    "pool_pre_ping": True,  # a server that was restarted meanwhile is no reason for a failed request
    "pool_size": 8,
    "max_overflow": 16,  # more than a process has threads, so that nobody waits for a connection
    "pool_timeout": 10,
    "pool_recycle": 1800,
    "connect_args": {"connect_timeout": 5, "application_name": "shadowing"},
}


def with_driver(url: str) -> str:
    """The address with the driver we bring; what is not PostgreSQL stays as it is."""
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return f"postgresql+psycopg://{url.removeprefix(plain)}"
    return url


def is_address(url: str) -> bool:
    return make_url(url).get_backend_name() == "postgresql"


def prepare(connection: Any, _record: Any) -> None:
    """Ready a new connection of the driver."""
    connection.adapters.register_dumper(str, _text_without_nul())
    before, connection.autocommit = connection.autocommit, True
    for setting in SETTINGS:
        connection.execute(setting)
    connection.autocommit = before


def lock_number(name: str) -> int:
    """A name as the 64-bit number that PostgreSQL's advisory locks want."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)


@cache
def _text_without_nul() -> type:
    """PostgreSQL refuses NUL in text. It means nothing to a reader, so it goes; documents keep it escaped."""
    from psycopg.types.string import StrDumper  # noqa: PLC0415 - who has SQLite needs no driver

    class TextWithoutNul(StrDumper):
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\x00", "") if "\x00" in obj else obj)

    return TextWithoutNul
