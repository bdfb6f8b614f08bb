"""Taking in what phones send: each record is stored or its problem named; nothing is half stored (DECISIONS 8-12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from flask_babel import gettext

from shadowing.core.database import advisory_lock
from shadowing.core.problems import Problem
from shadowing.people.models import Person
from shadowing.phone.sync.lookups import Lookups
from shadowing.phone.sync.new_rows import NewRows
from shadowing.phone.sync.parsing import InvalidRecord, digest, read
from shadowing.phone.sync.revisions import Held, Standing, standing
from shadowing.phone.sync.schemas import ObservationRecord, Record, VisitRecord
from shadowing.phone.sync.storing import SyncContext, store_observation, store_visit
from shadowing.phone.withdrawal.erasing import WITHDRAWN
from shadowing.phone.withdrawal.withdraw import bury_late, erase_on_arrival
from shadowing.visits.models.visit import Visit
from shadowing.visits.tallies import TallyChanges

STANDINGS = {Standing.NEW: "current", Standing.NEWER: "current", Standing.LATE: "late", Standing.CONFLICT: "conflict"}
WIRE: dict[str, type[Record]] = {"visit": VisitRecord, "observation": ObservationRecord}


@dataclass(frozen=True)
class Answer:
    """What became of a record: 201 stored, 200 same again, newer, late or withdrawn."""

    id: str
    status: int
    revision: int
    marks: list[str] = field(default_factory=list)

    def document(self) -> dict[str, Any]:
        return {"id": self.id, "status": self.status, "revision": self.revision, "marks": self.marks}


class Sent(NamedTuple):
    """A record as it arrived: `visit` or `observation`, and whatever the phone sent."""

    kind: str
    document: Any


class ParsedRecord(NamedTuple):
    """A record that reads well: its fields, its content as kept, and the digest of that."""

    record: Any
    content: dict[str, Any]
    mark: str


class Delivery(NamedTuple):
    """What one request brings, checked as far as the database need not be asked.

    behind: by how much the sender's clock is behind ours.
    """

    checked: Sequence[ParsedRecord | Problem]
    person_id: int
    behind: timedelta = timedelta(0)

    @property
    def records(self) -> list[Any]:
        return [each.record for each in self.checked if isinstance(each, ParsedRecord)]


def receive(
    sent: Sequence[Sent], person: Person, now: datetime, behind: timedelta = timedelta(0)
) -> list[Answer | Problem]:
    """Take one sender's records in, in order: a receipt or a problem for each. The caller commits."""
    return receive_all([Delivery(check(sent), person.id, behind)], now)[0]


def check(sent: Sequence[Sent]) -> list[ParsedRecord | Problem]:
    """What can be read of each record without the database. Problem: invalid."""
    return [_check(*each) for each in sent]


def receive_all(deliveries: Sequence[Delivery], now: datetime) -> list[list[Answer | Problem]]:
    """Take in what several senders brought, in order: a receipt or a problem for each record. The caller commits.

    Problems: invalid, not_yours, conflict. They are found before anything of their record is written, so they
    leave nothing behind; only of a conflict the version that lost is kept.
    """
    records = [record for delivery in deliveries for record in delivery.records]
    # A visit and its observations may come over two lines at once: whoever is second must see the first one's rows.
    # A customer may take it back at this very moment, too: one of the two must see what the other did.
    advisory_lock(*(name for record in records for name in _whom_to_wait_for(record)))
    lookups, counts, new = Lookups(records), TallyChanges(), NewRows()
    answers = []
    for delivery in deliveries:
        context = SyncContext(delivery.person_id, now, lookups, counts, new, delivery.behind)
        answers.append([_answer(each, context) for each in delivery.checked])
    new.write()
    counts.write()
    return answers


def _check(kind: str, document: Any) -> ParsedRecord | Problem:
    try:
        record, content = read(WIRE[kind], document)
    except InvalidRecord as refusal:
        return Problem("invalid", [(c.path, gettext(c.sentence) % c.context) for c in refusal.complaints])
    if isinstance(record, VisitRecord) and record.consent and record.consent.answer == "no":
        record = record.model_copy(update={"customer_label": None})  # whoever declined is called nothing
        content.pop("customer_label", None)
    return ParsedRecord(record, content, digest(content))


def _whom_to_wait_for(record: Any) -> list[str]:
    code = getattr(record, "withdrawal_hash", None)
    return [f"visit:{_visit_of(record)}", *([f"withdrawal:{code}"] if code else [])]


def _visit_of(record: Any) -> UUID:
    found: UUID = record.id if isinstance(record, VisitRecord) else record.visit_id
    return found


def _answer(checked: ParsedRecord | Problem, context: SyncContext) -> Answer | Problem:
    if isinstance(checked, Problem):
        return checked
    try:
        return _take_in(checked, context)
    except Problem as problem:
        return problem


def _take_in(checked: ParsedRecord, context: SyncContext) -> Answer:
    record, content, mark = checked
    is_visit = isinstance(record, VisitRecord)
    rows: dict[Any, Any] = context.lookups.visits if is_visit else context.lookups.observations
    row: Any = context.new.in_session(rows.get(record.id))
    if row is not None and row.person_id != context.person_id:
        raise Problem("not_yours")
    if row is not None and row.withdrawn_at:
        return _gone(record, row.revision)
    if not is_visit and _is_gone(context.lookups.visits.get(record.visit_id), context.person_id):
        rows[record.id] = bury_late(row, record.id, context.lookups.visits[record.visit_id], context.now)
        return _gone(record, record.revision)
    held = None if row is None else Held(row.revision, digest(row.body or {}))
    took_it = _took(record, context) if held and record.revision < held.number else None
    stands = standing(held, record.revision, record.base_revision, mark, took_it)
    if stands in (Standing.NEW, Standing.NEWER):
        store: Any = store_visit if is_visit else store_observation
        row = rows[record.id] = store(row, record, content, context)
        if is_visit and erase_on_arrival(row, context.now, context.counts):
            return _gone(record, row.revision)
    if stands is not Standing.SAME:
        _remember(checked, stands, context)
    if stands is Standing.CONFLICT:
        author = row.person.name if row.person else None
        raise Problem("conflict", current={"revision": row.revision, "author": author, "body": row.body})
    return Answer(str(record.id), 201 if stands is Standing.NEW else 200, row.revision, row.marks)


def _took(record: Any, context: SyncContext) -> str | None:
    """The content that counted under this number, when another phone was there first."""
    marks = context.lookups.remembered.get((record.id, record.revision), {})
    return next((mark for mark, stands in marks.items() if stands == "current"), None)


def _is_gone(visit: Visit | None, person_id: int) -> bool:
    return visit is not None and visit.withdrawn_at is not None and visit.person_id == person_id


def _gone(record: Any, revision: int) -> Answer:
    """The customer has taken it back: nothing of it is kept, and the phone need not come again."""
    return Answer(str(record.id), 200, revision, [WITHDRAWN])


def _remember(checked: ParsedRecord, stands: Standing, context: SyncContext) -> None:
    """Append to the history; the same revision twice is one row."""
    record, content, mark = checked
    remembered = context.lookups.remembered.setdefault((record.id, record.revision), {})
    if stands is not Standing.NEW and mark in remembered:
        return
    remembered[mark] = STANDINGS[stands]
    context.new.remember(
        {
            "record_id": record.id,
            "kind": "visit" if isinstance(record, VisitRecord) else "observation",
            "number": record.revision,
            "base": record.base_revision,
            "author_id": context.person_id,
            "standing": STANDINGS[stands],
            "digest": mark,
            "body": content,
            "received_at": context.now,
        }
    )
