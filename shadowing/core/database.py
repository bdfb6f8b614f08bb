"""Storage: the declarative base, the column types of our own, and how transactions begin."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, ClassVar

from flask import Flask, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Engine, MetaData, Text, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import (
    DatabaseError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from shadowing.core import clock, postgres, sqlite_file

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
#: None = decide by the request (GET and HEAD only read); True or False = said by the caller.
_reading: ContextVar[bool | None] = ContextVar("reading", default=None)


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC."""

    impl = DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Document(TypeDecorator[Any]):
    """JSON as text, the same on every engine; NUL characters stay escaped, so any text can be kept."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        return None if value is None else json.loads(value)


class Base(DeclarativeBase):
    """Every table knows when each row was made."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: Moment}
    #: Whether processes keep its rows in memory (reference_cache.py).
    kept_in_memory: ClassVar[bool] = False

    created_at: Mapped[datetime] = mapped_column(default=clock.now, sort_order=99)


#: Models subclass Base, which mypy understands; the extension only needs their metadata.
db = SQLAlchemy(metadata=Base.metadata)


_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces: equal documents have equal texts."""
    return _encoder.encode(value)


def connect(app: Flask) -> None:
    """Attach the database to an app, with the settings its engine needs."""
    db.init_app(app)
    with app.app_context():
        if is_sqlite(db.engine):
            event.listen(db.engine, "connect", sqlite_file.prepare)
            event.listen(db.engine, "checkout", sqlite_file.still_the_same)
            event.listen(db.engine, "checkin", sqlite_file.give_turn)
            event.listen(db.engine, "invalidate", sqlite_file.give_turn)
            event.listen(db.engine, "begin", _on_begin)
        else:
            event.listen(db.engine, "connect", postgres.prepare)


@contextmanager
def reading() -> Iterator[None]:
    """`with reading():` what is asked inside takes no write lock and leaves no transaction open.

    Rows do not outlive it; take along plain values.
    """
    with _said(reads=True):
        try:
            yield
        finally:
            db.session.rollback()


@contextmanager
def reading_connection() -> Iterator[Connection]:
    """A connection of its own that only reads, beside whatever the session is doing."""
    with _said(reads=True), db.engine.connect() as connection:
        yield connection


@contextmanager
def writing() -> Iterator[None]:
    """`with writing():` for the few records that a reading request leaves (access log, last seen)."""
    with _said(reads=False):
        yield


@contextmanager
def _said(reads: bool) -> Iterator[None]:
    token = _reading.set(reads)
    try:
        yield
    finally:
        _reading.reset(token)


def _on_begin(connection: Any) -> None:
    # A deferred transaction that turns from reading to writing fails at once under load, whatever
    # the busy timeout; so writers take the lock when they begin.
    if _only_reads():
        connection.exec_driver_sql("BEGIN")
        return
    sqlite_file.take_turn(connection.info)
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _only_reads() -> bool:
    said = _reading.get()
    if said is not None:
        return said
    return has_request_context() and request.method in ("GET", "HEAD", "OPTIONS")


def is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def upsert(model: type[Base]) -> Any:
    """An INSERT that can say what to do on conflict, in the dialect at hand; one statement however many rows."""
    dialect: Any = sqlite if is_sqlite(db.engine) else postgresql
    return dialect.insert(model.__table__)


def lost_a_race(error: DBAPIError) -> bool:
    """Whether another transaction was quicker, so that doing it all again after a rollback will do."""
    return isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", None) in postgres.RACES


def is_outage(error: DBAPIError) -> bool:
    """Whether the database cannot be used just now, as against a statement that is wrong."""
    if isinstance(error, OperationalError | InterfaceError | InternalError) or type(error) is DatabaseError:
        return True
    return getattr(error.orig, "sqlstate", None) in postgres.NOT_MIGRATED


def advisory_lock(*names: str) -> None:
    """Until this transaction ends, whoever else is alone with one of these names waits.

    For what two transactions may not do at once although they touch no common row. SQLite's writers are alone
    anyway. Say it first: only what is read afterwards is sure to be the newest.
    """
    if is_sqlite(db.engine):
        return
    numbers = sorted(postgres.lock_number(name) for name in set(names))  # in one order, or two wait for each other
    db.session.execute(text("select pg_advisory_xact_lock(n) from unnest(cast(:n as bigint[])) as n"), {"n": numbers})
