"""What the pages about imports are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext
from sqlalchemy import select

from shadowing.core.database import db
from shadowing.core.table_errors import FILE_REASONS, ROW_REASONS
from shadowing.core.vocabulary import Words
from shadowing.imports.guess_columns import Column, open_questions
from shadowing.imports.uploads import columns_in
from shadowing.journeys.models import Journey
from shadowing.people.models import Person
from shadowing.visits.models.imported import Import, ImportDraft

SHOWN_REFUSALS = 200


@dataclass(frozen=True)
class Brought:
    """One file that is in, or on its way."""

    id: int
    file_name: str
    journey: Words | str
    rows: int
    state: str
    at: datetime
    who: str


@dataclass(frozen=True)
class DataPage:
    files: tuple[Brought, ...]
    complaint: str = ""


@dataclass(frozen=True)
class RefusedRowShown:
    row: int
    column: str
    value: str
    why: str
    remedy: str


@dataclass(frozen=True)
class DraftPage:
    """/data/<id>: matching, waiting for the worker, or the result."""

    id: int
    file_name: str
    journey_name: str
    journey_id: int | None
    day: str
    rows: int
    state: str
    wanted: str | None
    progress: int
    known_map: str | None
    columns: tuple[Column, ...]
    questions: tuple[tuple[int, Column, str], ...]
    outcome: dict[str, Any] | None
    refused: tuple[RefusedRowShown, ...]
    complaint: str
    at: datetime
    who: str
    taken_back: bool

    @property
    def has_date(self) -> bool:
        return any(column.kind == "date" for column in self.columns)

    @property
    def scale_questions(self) -> int:
        """How many columns wait for which end is best; from two on they are asked once for all."""
        return sum(what == "scale" and column.largest <= 5 for _, column, what in self.questions)

    @property
    def matched(self) -> int:
        return sum(column.kind != "leave" for column in self.columns)

    @property
    def step(self) -> int:
        """1 file, 2 match, 3 questions, 4 result."""
        if self.state == "done":
            return 4
        return 3 if self.questions else 2


def data_page(complaint: str = "") -> DataPage:
    rows = db.session.execute(
        select(ImportDraft, Person, Import)
        .join(Person, Person.id == ImportDraft.person_id)
        .outerjoin(Import, Import.id == ImportDraft.import_id)
        .order_by(ImportDraft.id.desc())
        .limit(50)
    )
    files = tuple(
        Brought(
            draft.id,
            draft.file_name,
            draft.journey_name,
            draft.rows,
            "taken_back" if record is not None and record.taken_back_at else draft.state,
            draft.changed_at,
            person.name,
        )
        for draft, person, record in rows
    )
    return DataPage(files, complaint)


def draft_page(draft: ImportDraft, complaint: str = "") -> DraftPage:
    columns = tuple(columns_in(draft))
    numbers = {column.name: number for number, column in enumerate(columns)}
    record = db.session.get(Import, draft.import_id) if draft.import_id else None
    journey = db.session.scalar(select(Journey.id).where(Journey.id == record.journey_id)) if record else None
    return DraftPage(
        id=draft.id,
        file_name=draft.file_name,
        journey_name=draft.journey_name,
        journey_id=journey,
        day=draft.day.isoformat() if draft.day else "",
        rows=draft.rows,
        state=draft.state,
        wanted=draft.wanted,
        progress=draft.progress,
        known_map=draft.known_map,
        columns=columns,
        questions=tuple((numbers[name], columns[numbers[name]], what) for name, what in open_questions(columns)),
        outcome=draft.outcome,
        refused=_refused(draft),
        complaint=complaint or _complaint(draft),
        at=draft.changed_at,
        who=db.session.get_one(Person, draft.person_id).name,
        taken_back=bool(record and record.taken_back_at),
    )


def _refused(draft: ImportDraft) -> tuple[RefusedRowShown, ...]:
    made = []
    for refusal in (draft.outcome or {}).get("refusals", ())[:SHOWN_REFUSALS]:
        why = ROW_REASONS[refusal["code"]]
        sentence = gettext(why.sentence) % dict(refusal["details"])
        made.append(RefusedRowShown(refusal["row"], refusal["column"], refusal["value"], sentence, gettext(why.remedy)))
    return tuple(made)


def _complaint(draft: ImportDraft) -> str:
    if not draft.complaint:
        return ""
    return gettext(FILE_REASONS[draft.complaint["code"]]) % draft.complaint["details"]
