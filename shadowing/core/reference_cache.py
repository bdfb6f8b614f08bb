"""What many requests ask for and hardly anybody changes stays in memory as long as one mark in the database stands.

Every change of a model that says `kept_in_memory` puts another mark in its place, in the same transaction; so a process
notices what another one changed with its next look, and a look is one tiny read. The mark is random: a database put
back from its backup brings the mark of what it holds.
"""

from __future__ import annotations

import secrets
from contextlib import closing
from typing import Any

from flask import Flask, current_app
from sqlalchemy import String, event, select
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, mapped_column

from shadowing.core.database import Base, db, upsert

MARKED = "reference_mark_moved"
#: The transaction of the last look, and what it saw: a page asks thousands of times, and once is enough.
LOOKED = "reference_mark_seen"
#: Said of a statement that changes only what nobody keeps (when somebody was last seen).
QUIET = {"references_stand": True}


class ReferenceMark(Base):
    """One row: the mark of what is kept in memory everywhere."""

    __tablename__ = "reference_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(String(32))


def watch_references(app: Flask) -> None:
    """Give the app its memory, and move the mark with every change."""
    app.extensions["reference_cache"] = (None, {})
    for name, listener in (
        ("before_flush", _before_flush),
        ("do_orm_execute", _before_statement),
        ("after_commit", _after),
        ("after_rollback", _after),
    ):
        if not event.contains(db.session, name, listener):
            event.listen(db.session, name, listener)


def remembered() -> dict[Any, Any]:
    """What is in memory and still holds, to look into and to add to: what was read after this call, never before."""
    return _shelf(_current_mark())


def remembered_here() -> dict[Any, Any]:
    """As remembered, for whoever adds what the session reads: it may have begun before the last change was made."""
    session = db.session()
    within, mark = session.info.get(LOOKED, (None, None))
    if within is None or within is not session.get_transaction() or session.info.get(MARKED):
        mark = session.scalar(select(ReferenceMark.mark).where(ReferenceMark.id == 1))
        session.info[LOOKED] = session.get_transaction(), mark
    return _shelf(mark)


def references_changed() -> None:
    """Move the mark, in the caller's transaction; for statements that pass the session by."""
    session = db.session()
    if session.info.get(MARKED):
        return
    session.info[MARKED] = True
    new = upsert(ReferenceMark)
    moved = new.on_conflict_do_update(index_elements=["id"], set_={"mark": new.excluded.mark})
    session.execute(moved, [{"id": 1, "mark": secrets.token_hex(16)}])


def _shelf(mark: str | None) -> dict[Any, Any]:
    known, shelf = current_app.extensions["reference_cache"]
    if mark is None:
        return {}
    if known != mark:
        shelf = {}
        current_app.extensions["reference_cache"] = (mark, shelf)
    found: dict[Any, Any] = shelf
    return found


def _current_mark() -> str | None:
    """Beside whatever the session is doing: a look must not begin its transaction.

    None, too, when the driver fails: then nothing is remembered, and whoever asks the database says what is wrong.
    """
    driver: Any = db.engine.dialect.loaded_dbapi
    try:
        with closing(db.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
            cursor.execute("select mark from reference_mark where id = 1")
            row = cursor.fetchone()
    except driver.Error:
        return None
    return row[0] if row else None


def _before_flush(session: Session, _context: Any, _instances: Any) -> None:
    touched = [*session.new, *session.deleted, *session.dirty]
    if any(_is_kept(type(row)) and (row not in session.dirty or session.is_modified(row)) for row in touched):
        references_changed()


def _before_statement(state: ORMExecuteState) -> None:
    if not (state.is_insert or state.is_update or state.is_delete) or state.bind_mapper is None:
        return
    if _is_kept(state.bind_mapper.class_) and not state.execution_options.get("references_stand"):
        references_changed()


def _after(session: Session) -> None:
    session.info.pop(MARKED, None)


def _is_kept(model: type[Any]) -> bool:
    return bool(getattr(model, "kept_in_memory", False))
