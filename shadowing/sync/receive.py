"""Taking in what phones send: each record commits or is named; nothing is half stored (DECISIONS 8-12)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext

from shadowing.accounts.models import Person
from shadowing.database import db
from shadowing.problems import Problem
from shadowing.sync.checking import Refusal, digest, read
from shadowing.sync.known import Known
from shadowing.sync.revisions import Held, Standing, standing
from shadowing.sync.storing import store_observation, store_visit
from shadowing.sync.wire import ObservationRecord, Record, VisitRecord
from shadowing.visits.models import Observation, Revision, Visit

STANDINGS = {Standing.NEW: "current", Standing.NEWER: "current", Standing.LATE: "late", Standing.CONFLICT: "conflict"}


@dataclass(frozen=True)
class Receipt:
    """What became of a record: 201 stored, 200 same again, newer, late or withdrawn."""

    id: str
    status: int
    revision: int
    marks: list[str] = field(default_factory=list)

    def document(self) -> dict[str, Any]:
        return {"id": self.id, "status": self.status, "revision": self.revision, "marks": self.marks}


def receive_visit(document: Any, person: Person, now: datetime, known: Known | None = None) -> Receipt:
    """Store a visit. Raises Problem: invalid, not_yours, conflict. The caller commits."""
    return _receive(VisitRecord, Visit, store_visit, document, person, now, known or Known())


def receive_observation(document: Any, person: Person, now: datetime, known: Known | None = None) -> Receipt:
    """Store an observation, which may come before its visit and its photos. Raises as receive_visit."""
    return _receive(ObservationRecord, Observation, store_observation, document, person, now, known or Known())


def _receive(
    wire: type[Any],
    model: type[Any],
    store: Callable[..., list[str]],
    document: Any,
    person: Person,
    now: datetime,
    known: Known,
) -> Receipt:
    record, content = _read(wire, document)
    row: Any = db.session.get(model, record.id, with_for_update=True)
    if row is not None and row.person_id != person.id:
        raise Problem("not_yours")
    if row is not None and row.withdrawn_at:
        return Receipt(str(record.id), 200, row.revision, ["withdrawn"])
    mark = digest(content)
    stands = standing(_held(row), record.revision, record.base_revision, mark)
    if stands is Standing.SAME:
        return Receipt(str(record.id), 200, row.revision, row.marks)
    if stands is Standing.LATE:
        _remember(record, content, mark, stands, person, now)
        return Receipt(str(record.id), 200, row.revision, row.marks)
    if stands is Standing.CONFLICT:
        _refuse_conflict(record, content, mark, row, person, now)
    marks = store(row, record, content, person, now, known)
    _remember(record, content, mark, stands, person, now)
    return Receipt(str(record.id), 201 if stands is Standing.NEW else 200, record.revision, marks)


def _read(wire: type[Record], document: Any) -> tuple[Any, dict[str, Any]]:
    try:
        return read(wire, document)
    except Refusal as refusal:
        errors = [(c.path, gettext(c.sentence) % c.context) for c in refusal.complaints]
        raise Problem("invalid", errors) from refusal


def _held(row: Any) -> Held | None:
    return None if row is None else Held(row.revision, digest(row.body or {}))


def _refuse_conflict(
    record: Record, content: dict[str, Any], mark: str, row: Any, person: Person, now: datetime
) -> None:
    """Keep the version that lost, then say what we hold. The kept version survives the refusal."""
    _remember(record, content, mark, Standing.CONFLICT, person, now)
    author = row.person.name if row.person else None
    raise Conflict(current={"revision": row.revision, "author": author, "body": row.body})


class Conflict(Problem):
    """A conflict whose loser has been kept: callers commit before they answer."""

    def __init__(self, **extra: Any) -> None:
        super().__init__("conflict", **extra)


def _remember(
    record: Record, content: dict[str, Any], mark: str, stands: Standing, person: Person, now: datetime
) -> None:
    """Append to the history; the same revision twice is one row."""
    known = db.session.query(Revision.id).filter_by(record_id=record.id, number=record.revision, digest=mark)
    if known.first() is not None:
        return
    db.session.add(
        Revision(
            record_id=record.id,
            kind="visit" if isinstance(record, VisitRecord) else "observation",
            number=record.revision,
            base=record.base_revision,
            author_id=person.id,
            standing=STANDINGS[stands],
            digest=mark,
            body=content,
            received_at=now,
        )
    )
