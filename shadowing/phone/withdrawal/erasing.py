"""Erasing a visit: bodies, revisions and photos go, totals subtract, a tombstone stays. Callers commit."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, select, text

from shadowing.backlog.drafting import note_event
from shadowing.backlog.models import Evidence, Improvement
from shadowing.core.database import db, is_sqlite
from shadowing.scoring.trends import forget_trends
from shadowing.visits.labels import forget_planned_label
from shadowing.visits.media.erasing import erase_media_of
from shadowing.visits.models.totals import VisitPath
from shadowing.visits.models.visit import Observation, Revision, Visit
from shadowing.visits.tallies import TallyChanges

#: What a tombstone keeps: whose it was and where it stood, so that a late copy is known and totals stay right.
KEPT_OF_VISIT = {
    "id",
    "person_id",
    "panel_id",
    "journey_id",
    "journey_version",
    "revision",
    "mode",
    "status",
    "practice",
    "plan_id",
}
KEPT_OF_OBSERVATION = {"id", "person_id", "visit_id", "revision", "counted", "scored"}
TIMES = {"created_at", "received_at", "withdrawn_at", "deleted_at"}
WITHDRAWN = "withdrawn"


class Erased(NamedTuple):
    """How much went."""

    notes: int
    photos: int


def erase(visit: Visit, now: datetime, counts: TallyChanges) -> Erased:
    """Erase a visit and all that belongs to it. The caller is alone with it and writes the counts."""
    _leave_no_copies_in_free_pages()
    observations = db.session.scalars(
        select(Observation).where(Observation.visit_id == visit.id).with_for_update()
    ).all()
    ids = [observation.id for observation in observations]
    notes = sum(1 for observation in observations if not observation.deleted_at and not observation.withdrawn_at)
    visit.withdrawn_at = now
    counts.recount_visit(visit)
    forget_trends(visit.panel_id)
    photos = erase_media_of(ids, now)
    _leave_improvements(ids, now)
    db.session.execute(delete(Revision).where(Revision.record_id.in_([visit.id, *ids])))
    db.session.execute(delete(VisitPath).where(VisitPath.visit_id == visit.id))
    forget_planned_label(visit)
    for observation in observations:
        bury(observation, now)
    _blank(visit, KEPT_OF_VISIT)
    visit.marks = [WITHDRAWN]
    db.session.flush()
    return Erased(notes, photos)


def bury(observation: Observation, now: datetime) -> None:
    """Only that there was an observation stays."""
    _blank(observation, KEPT_OF_OBSERVATION)
    observation.withdrawn_at = now
    observation.observed_at = now
    observation.marks = [WITHDRAWN]


def _blank(row: Visit | Observation, kept: set[str]) -> None:
    """Every column that may be empty is emptied, also one that is added some day."""
    for column in row.__mapper__.column_attrs:
        if column.key not in kept | TIMES and column.columns[0].nullable:
            setattr(row, column.key, None)
    if isinstance(row, Observation):
        row.speaks = False
    row.offset_minutes = 0


def _leave_improvements(ids: list[UUID], now: datetime) -> None:
    """Decisions already taken stand; that some of their evidence was taken back is a fact in their life."""
    found = select(Improvement).join(Evidence).where(Evidence.observation_id.in_(ids)).distinct()
    for item in db.session.scalars(found.order_by(Improvement.id)).all():
        note_event(item, "evidence_withdrawn", now)
        item.revision += 1
    db.session.execute(delete(Evidence).where(Evidence.observation_id.in_(ids)))


def _leave_no_copies_in_free_pages() -> None:
    """SQLite only forgets where a deleted row lay; it is told to overwrite it."""
    if is_sqlite(db.engine):
        db.session.execute(text("PRAGMA secure_delete=ON"))
