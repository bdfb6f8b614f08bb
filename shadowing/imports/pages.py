"""What the pages about imports are drawn from."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flask_babel import gettext
from sqlalchemy import select

from shadowing.core.database import db
from shadowing.core.ids import our_id
from shadowing.core.table_errors import FILE_REASONS, ROW_REASONS
from shadowing.imports.figures import MOST_COLUMNS, Brought, DataPage, DraftPage, RefusedRowShown, ShownColumns
from shadowing.imports.forms import ColumnsForm
from shadowing.imports.guess_columns import Column, open_questions
from shadowing.imports.uploads import brought_for, columns_in
from shadowing.journeys.models import Journey
from shadowing.people.models import Person
from shadowing.people.reader import Reader
from shadowing.visits.models.imported import Import, ImportDraft

SHOWN_REFUSALS = 200


def data_page(reader: Reader, complaint: str = "") -> DataPage:
    """What was brought in."""
    rows = db.session.execute(
        select(ImportDraft, Person, Import)
        .join(Person, Person.id == ImportDraft.person_id)
        .outerjoin(Import, Import.id == ImportDraft.import_id)
        .where(brought_for(reader))
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


def draft_page(draft: ImportDraft, view: ColumnsForm, complaint: str = "") -> DraftPage:
    columns = tuple(columns_in(draft))
    numbers = {column.name: number for number, column in enumerate(columns)}
    questions = tuple((numbers[name], columns[numbers[name]], what) for name, what in open_questions(columns))
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
        shown=shown_columns(columns, {number for number, _, _ in questions}, view),
        questions=questions,
        outcome=draft.outcome,
        refused=refused_rows(draft, SHOWN_REFUSALS),
        complaint=complaint or _complaint(draft),
        at=draft.changed_at,
        who=db.session.get_one(Person, draft.person_id).name,
        taken_back=bool(record and record.taken_back_at),
    )


def shown_columns(columns: Sequence[Column], asked: Collection[int], view: ColumnsForm) -> ShownColumns:
    """asked: numbers of columns with open questions."""
    q, only = view.q.data or "", "open" if view.only.data == "open" and asked else ""
    found = [
        (number, column)
        for number, column in enumerate(columns)
        if q.casefold() in column.name.casefold() and (not only or number in asked)
    ]
    pages = max(1, -(-len(found) // MOST_COLUMNS))
    page = min(max(1, our_id(view.page.data) or 1), pages)
    here = found[(page - 1) * MOST_COLUMNS : page * MOST_COLUMNS]
    return ShownColumns(tuple(here), len(found), page, pages, q, only)


def refused_rows(draft: ImportDraft, most: int | None = None) -> tuple[RefusedRowShown, ...]:
    """Each with its reason and what one can do. most: so many of them."""
    made = []
    for refusal in draft.outcome["refusals"][:most] if draft.outcome else ():
        why = ROW_REASONS[refusal["code"]]
        sentence = gettext(why.sentence, **dict(refusal["details"]))
        made.append(RefusedRowShown(refusal["row"], refusal["column"], refusal["value"], sentence, gettext(why.remedy)))
    return tuple(made)


def _complaint(draft: ImportDraft) -> str:
    if not draft.complaint:
        return ""
    return gettext(FILE_REASONS[draft.complaint["code"]], **draft.complaint["details"])
