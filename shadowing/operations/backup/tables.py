"""Rows as lines of JSON, the same from every engine: a table goes out of one and into another."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Double,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
    func,
    select,
    text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from shadowing.core.database import db

CHUNK = 1000
#: Not worth keeping: who works just now.
LEFT_OUT = ("lease",)


class ColumnKind(NamedTuple):
    """A kind of value: the columns it is of, how it is stored, how it is read back from JSON."""

    of: type[TypeEngine[Any]]
    column: type[TypeEngine[Any]]
    read: Callable[[Any], Any]


def _as_it_is(value: Any) -> Any:
    return value


KINDS: dict[str, ColumnKind] = {
    "truth": ColumnKind(Boolean, Boolean, _as_it_is),
    "whole": ColumnKind(Integer, BigInteger, _as_it_is),
    "number": ColumnKind(Float, Double, _as_it_is),
    "moment": ColumnKind(DateTime, DateTime, datetime.fromisoformat),
    "day": ColumnKind(Date, Date, date.fromisoformat),
    "uuid": ColumnKind(Uuid, Uuid, UUID),
    "text": ColumnKind(String, Text, _as_it_is),
    "bytes": ColumnKind(LargeBinary, LargeBinary, base64.b64decode),
}


def kept_tables() -> list[Table]:
    """Every table to keep, parents before their children."""
    return [table for table in db.metadata.sorted_tables if table.name not in LEFT_OUT]


def columns_of(table: Table) -> dict[str, str]:
    """Column name -> kind."""
    return {column.name: _kind_of(column.type) for column in table.columns}


def plain(name: str, columns: dict[str, str]) -> Table:
    """The table with nothing but stored values: documents are text, moments have no zone."""
    return Table(name, MetaData(), *(Column(each, KINDS[kind].column()) for each, kind in columns.items()))


def write_rows(connection: Connection, table: Table, path: Path) -> int:
    """Every row as a line. Returns how many."""
    stored = plain(table.name, columns_of(table))
    rows = connection.execution_options(yield_per=CHUNK).execute(
        select(stored).order_by(*(stored.c[key.name] for key in table.primary_key.columns))
    )
    return write_lines((tuple(row) for row in rows), path)


def write_lines(rows: Iterator[tuple[Any, ...]], path: Path) -> int:
    written = 0
    with gzip.GzipFile(path, "wb", compresslevel=5, mtime=0) as file:
        for row in rows:
            file.write(json.dumps(row, default=_plain_value).encode() + b"\n")
            written += 1
    return written


def read_rows(path: Path, columns: dict[str, str]) -> Iterator[dict[str, Any]]:
    readers = [(name, KINDS[kind].read) for name, kind in columns.items()]
    with gzip.open(path, "rb") as file:
        for line in file:
            values = json.loads(line)
            yield {
                name: None if value is None else read(value)
                for (name, read), value in zip(readers, values, strict=True)
            }


def insert_rows(connection: Connection, name: str, columns: dict[str, str], path: Path) -> int:
    """Put every line back, and let new rows be numbered after them."""
    stored, chunk, done = plain(name, columns), [], 0
    for row in read_rows(path, columns):
        chunk.append(row)
        if len(chunk) == CHUNK:
            connection.execute(stored.insert(), chunk)
            done, chunk = done + len(chunk), []
    if chunk:
        connection.execute(stored.insert(), chunk)
    _number_on(connection, stored)
    return done + len(chunk)


def _number_on(connection: Connection, table: Table) -> None:
    """PostgreSQL counts by itself and does not look at the rows."""
    if connection.dialect.name != "postgresql" or not isinstance(table.c.get("id", Column(Text)).type, Integer):
        return
    last = connection.scalar(select(func.max(table.c.id)))
    if last is not None:
        where = text("select setval(pg_get_serial_sequence(:name, 'id'), :last)")
        connection.execute(where, {"name": f'"{table.name}"', "last": last})


def _kind_of(found: TypeEngine[Any]) -> str:
    stored = found.impl_instance if isinstance(found, TypeDecorator) else found
    for name, kind in KINDS.items():
        if isinstance(stored, kind.of):
            return name
    raise TypeError(f"{found!r} has no form in a backup yet; add it to KINDS")


def _plain_value(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type(value).__name__)
