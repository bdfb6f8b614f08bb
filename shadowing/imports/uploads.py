"""A spreadsheet on its way in: kept as it came, matched by a person, tried and taken in by the worker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TypedDict

from pydantic import ValidationError
from sqlalchemy import ColumnElement, select, true

from shadowing.core import clock
from shadowing.core.bytes.store import store
from shadowing.core.database import db
from shadowing.core.jobs.queue import enqueue
from shadowing.core.problems import Problem
from shadowing.core.table_errors import BadFile
from shadowing.core.tables import CEILINGS, IN_A_REQUEST, Ceilings, Cell, Source, read_table
from shadowing.imports.column_map import SpreadsheetMap, load_map, shipped_maps
from shadowing.imports.guess_columns import Column, by_known_map, columns_of, map_of
from shadowing.imports.store_rows import take_in
from shadowing.imports.trial import ImportOutcome, try_out
from shadowing.people.models import Person
from shadowing.people.reader import Reader
from shadowing.visits.models.imported import Import, ImportDraft

JOB = "spreadsheet"
MOST_REFUSED_KEPT = 5000
MOST_CHANGED_KEPT = 200
#: Cells of a file whose columns are shown in the answer to its upload; larger ones are read by the worker.
MOST_AT_ONCE = 250_000
#: No fault of the file: it only needs more time than a page has.
LATER = ("takes_too_long", "one_at_a_time")


class FileToRead(TypedDict):
    """What the job `spreadsheet` carries: the draft's number."""

    draft: int


def bring(source: Source, person_id: int, now: datetime) -> ImportDraft:
    """Read a file's columns and keep it; what takes longer than a page may is read by the worker. Nothing of its rows
    is stored. Ends the transaction before it reads. Raises BadFile. The caller commits, then wakes the worker.
    """
    db.session.rollback()
    try:
        columns, rows = _columns_of(source, IN_A_REQUEST, MOST_AT_ONCE)
    except BadFile as bad:
        if bad.code not in LATER:
            raise
        columns, rows = [], 0
    draft = ImportDraft(
        person_id=person_id,
        file_name=source.name[:255],
        journey_name=(Path(source.name).stem.removesuffix(".csv"))[:120] or source.name,
        columns=[],
        rows=rows,
        changed_at=now,
    )
    db.session.add(draft)
    db.session.flush()
    store().put(upload_key(draft.id), source.raw)
    if columns:
        _propose(draft, columns)
    else:
        ask_worker(draft, "read", now)
    return draft


def _columns_of(source: Source, ceilings: Ceilings, most: int | None = None) -> tuple[list[Column], int]:
    """Guesses and the number of rows. most: cells to be counted at all. Raises BadFile."""
    with closing(read_table(source, ceilings=ceilings)) as table:
        header = next(table, [])
        if not any(str(name).strip() for name in header):
            raise BadFile("empty", file=source.name)
        return columns_of(header, table if most is None else _up_to(most, table, source))


def _up_to(most: int, table: Iterable[list[Cell]], source: Source) -> Iterator[list[Cell]]:
    """Counting the cells of a large file would keep the other threads of this process waiting."""
    for row in table:
        most -= len(row)
        if most < 0:
            raise BadFile("takes_too_long", file=source.name)
        yield row


def _propose(draft: ImportDraft, columns: list[Column]) -> None:
    known, matched = _recognised(columns)
    draft.columns = [column.document() for column in matched]
    if known is not None:
        draft.journey_name, draft.known_map = known.name.en, known.name.en


def columns_in(draft: ImportDraft) -> list[Column]:
    return [Column.of(each) for each in draft.columns]


def ask_worker(draft: ImportDraft, wanted: str, now: datetime) -> None:
    """`read`, `try` or `import`; the worker does it after the commit."""
    draft.state, draft.wanted, draft.progress, draft.complaint, draft.changed_at = "waiting", wanted, 0, None, now
    payload: FileToRead = {"draft": draft.id}
    enqueue(JOB, payload, now, key=f"{JOB}:{draft.id}:{now.timestamp()}")


def work_on(payload: FileToRead) -> None:
    """The worker's part; safe to repeat, since rows that are in are known again. Commits."""
    draft = db.session.get(ImportDraft, payload["draft"])
    if draft is None or draft.state != "waiting":
        return
    draft_id, wanted, journey, day = draft.id, draft.wanted, draft.journey_name, draft.day
    bound = db.session.get_one(Person, draft.person_id).bound_to
    source = Source(draft.file_name, store().get(upload_key(draft.id)))
    try:
        if wanted == "read":
            _read_columns(draft_id, source)
            return
        map = checked_map(draft)
        db.session.rollback()
        work = take_in if wanted == "import" else try_out
        outcome = work(source, map, journey, day, lambda n: _progress(draft_id, n), bound)
    except BadFile as bad:
        db.session.rollback()
        _fail(draft_id, bad)
        return
    _finish(draft_id, outcome, wanted == "import")


def gave_up(payload: FileToRead, job_id: int) -> None:
    """After the last failure: the page says so, with a way out. Commits."""
    draft = db.session.get(ImportDraft, payload["draft"])
    if draft is not None and draft.state == "waiting":
        _fail(draft.id, BadFile("gave_up", job=job_id))


def checked_map(draft: ImportDraft) -> SpreadsheetMap:
    """The map the draft's columns make. Raises BadFile."""
    try:
        return map_of(draft.journey_name, columns_in(draft))
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


def _progress(draft_id: int, rows: int) -> None:
    db.session.get_one(ImportDraft, draft_id).progress = rows
    db.session.commit()


def _read_columns(draft_id: int, source: Source) -> None:
    db.session.rollback()
    columns, rows = _columns_of(source, CEILINGS)
    draft = db.session.get_one(ImportDraft, draft_id)
    _propose(draft, columns)
    draft.rows, draft.state, draft.changed_at = rows, "matching", clock.now()
    db.session.commit()


def _fail(draft_id: int, bad: BadFile) -> None:
    """Back to where a person can do something: to the columns, or to the file where nobody has seen its columns."""
    draft = db.session.get_one(ImportDraft, draft_id)
    draft.state = "matching" if draft.columns else "failed"
    draft.outcome, draft.complaint = None, bad.document()
    db.session.commit()


def _finish(draft_id: int, outcome: ImportOutcome, imported: bool) -> None:
    draft = db.session.get_one(ImportDraft, draft_id)
    draft.outcome = {
        "rows": outcome.rows,
        "new": outcome.new,
        "known": outcome.known,
        "changed": len(outcome.changed),
        "changed_rows": [[row, number] for row, number in outcome.changed[:MOST_CHANGED_KEPT]],
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
