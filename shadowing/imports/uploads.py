"""A spreadsheet on its way in: kept as it came, matched by a person, tried and taken in by the worker."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, TypedDict

from pydantic import ValidationError
from sqlalchemy import ColumnElement, select, true

from shadowing.core import clock
from shadowing.core.bytes.store import store
from shadowing.core.database import db
from shadowing.core.jobs.queue import enqueue
from shadowing.core.problems import Problem
from shadowing.core.table_errors import BadFile
from shadowing.core.tables import Source, read_table
from shadowing.imports.column_map import SpreadsheetMap, load_map, shipped_maps
from shadowing.imports.guess_columns import Column, by_known_map, columns_of, map_of
from shadowing.imports.store_rows import take_in
from shadowing.imports.trial import ImportOutcome, try_out
from shadowing.people.models import Person
from shadowing.people.reader import Reader
from shadowing.visits.models.imported import Import, ImportDraft

JOB = "spreadsheet"
MOST_REFUSED_KEPT = 5000


class FileToRead(TypedDict):
    """What the job `spreadsheet` carries: the draft's number."""

    draft: int


def bring(source: Source, person_id: int, now: datetime) -> ImportDraft:
    """Read a file's columns and keep it. Nothing of its rows is stored. Raises BadFile. The caller commits."""
    table = read_table(source)
    header = next(table, [])
    if not any(str(name).strip() for name in header):
        raise BadFile("empty", file=source.name)
    columns, rows = columns_of(header, table)
    known, columns = _recognised(columns)
    draft = ImportDraft(
        person_id=person_id,
        file_name=source.name[:255],
        journey_name=(known.name.en if known else Path(source.name).stem.removesuffix(".csv"))[:120] or source.name,
        known_map=known.name.en if known else None,
        columns=[column.document() for column in columns],
        rows=rows,
        changed_at=now,
    )
    db.session.add(draft)
    db.session.flush()
    store().put(upload_key(draft.id), source.raw)
    return draft


def columns_in(draft: ImportDraft) -> list[Column]:
    return [Column(**{**each, **_tuples(each)}) for each in draft.columns]


def ask_worker(draft: ImportDraft, wanted: str, now: datetime) -> None:
    """`try` or `import`; the worker does it after the commit."""
    draft.state, draft.wanted, draft.progress, draft.complaint, draft.changed_at = "waiting", wanted, 0, None, now
    enqueue(JOB, {"draft": draft.id}, now, key=f"{JOB}:{draft.id}:{now.timestamp()}")


def work_on(payload: FileToRead) -> None:
    """The worker's part; safe to repeat, since rows that are in are known again. Commits."""
    draft = db.session.get(ImportDraft, payload["draft"])
    if draft is None or draft.state != "waiting":
        return
    draft_id, wanted, journey, day = draft.id, draft.wanted, draft.journey_name, draft.day
    bound = db.session.get_one(Person, draft.person_id).bound_to
    source = Source(draft.file_name, store().get(upload_key(draft.id)))
    try:
        map = checked_map(draft)
        db.session.rollback()
        if wanted == "import":
            outcome = take_in(source, map, journey, day, lambda n: _progress(draft_id, n), bound)
        else:
            outcome = try_out(source, map, day, lambda n: _progress(draft_id, n), bound)[0]
    except BadFile as bad:
        db.session.rollback()
        _fail(draft_id, bad)
        return
    _finish(draft_id, outcome, wanted == "import")


def checked_map(draft: ImportDraft) -> SpreadsheetMap:
    """The map the draft's columns make. Raises BadFile."""
    try:
        return SpreadsheetMap.model_validate(map_of(draft.journey_name, columns_in(draft)))
    except ValidationError as error:
        raise BadFile("map", detail=error.errors()[0]["msg"]) from error


def brought_for(reader: Reader) -> ColumnElement[bool]:
    """Which drafts a reader works on: their own; administrators, what anybody brought."""
    return true() if reader.role == "admin" else ImportDraft.person_id == reader.person_id


def draft_or_404(draft_id: int, reader: Reader) -> ImportDraft:
    """Raises not_found, also for what somebody else brought: imports belong to their maker and administrators."""
    draft = db.session.scalar(select(ImportDraft).where(ImportDraft.id == draft_id, brought_for(reader)))
    if draft is None:
        raise Problem("not_found")
    return draft


def upload_key(draft_id: int) -> str:
    return f"uploads/{draft_id}"


def _recognised(columns: list[Column]) -> tuple[SpreadsheetMap | None, list[Column]]:
    """The first map, of earlier imports or shipped ones, whose columns this sheet all has."""
    earlier = db.session.scalars(select(Import.map).order_by(Import.id.desc()).limit(20)).all()
    maps = [SpreadsheetMap.model_validate(document) for document in earlier]
    for known in [*maps, *(load_map(name) for name in shipped_maps())]:
        matched = by_known_map(columns, known)
        if matched is not None:
            return known, matched
    return None, columns


def _tuples(each: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(each.get(name) or ()) for name in ("values", "formats", "not_marks", "refused")}


def _progress(draft_id: int, rows: int) -> None:
    db.session.get_one(ImportDraft, draft_id).progress = rows
    db.session.commit()


def _fail(draft_id: int, bad: BadFile) -> None:
    draft = db.session.get_one(ImportDraft, draft_id)
    draft.state, draft.outcome = "matching", None
    draft.complaint = bad.document()
    db.session.commit()


def _finish(draft_id: int, outcome: ImportOutcome, imported: bool) -> None:
    draft = db.session.get_one(ImportDraft, draft_id)
    draft.outcome = {
        "rows": outcome.rows,
        "new": outcome.new,
        "known": outcome.known,
        "refused": len(outcome.refused),
        "ratings": outcome.ratings,
        "not_marks": outcome.not_marks,
        "refusals": [refusal.document() for refusal in outcome.refused[:MOST_REFUSED_KEPT]],
    }
    draft.state, draft.changed_at = ("done" if imported else "matching"), clock.now()
    if imported:
        draft.import_id = outcome.import_id
        if outcome.import_id is not None:
            db.session.get_one(Import, outcome.import_id).person_id = draft.person_id
    db.session.commit()
    if imported:
        store().delete(upload_key(draft_id))
