"""Which clocks of serious failures a reader may see: those at their sites (DECISIONS 34)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import ColumnElement, case, func, select

from shadowing.backlog.figures import ImprovementRow
from shadowing.backlog.models import OPEN_STATES, Evidence, Improvement
from shadowing.backlog.serious.figures import SeriousClock
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.people.reader import Reader
from shadowing.visits.models.visit import Observation, Visit


def clocks(items: Iterable[Improvement], reader: Reader) -> dict[int, SeriousClock]:
    """By the id of the improvement."""
    running = [item for item in items if item.right_due_at is not None]
    if reader.sites is not None and running:
        near = select(Improvement.id).where(Improvement.id.in_([item.id for item in running]), at_own_sites(reader))
        seen = set(db.session.scalars(near))
        running = [item for item in running if item.id in seen]
    return {item.id: made for item in running if (made := _clock(item, reader)) is not None}


def with_clocks(rows: Mapping[Improvement, ImprovementRow], reader: Reader) -> dict[Improvement, ImprovementRow]:
    """The same rows in the same order."""
    known = clocks(rows, reader)
    return {item: replace(row, clock=known[item.id]) if item.id in known else row for item, row in rows.items()}


def to_put_right(reader: Reader) -> tuple[int, int]:
    """How many clocks run, and how many of these have run out."""
    late = func.sum(case((Improvement.right_due_at < clock.now(), 1), else_=0))
    row = db.session.execute(select(func.count(), late).where(*still_owed(), at_own_sites(reader))).one()
    return row[0] or 0, row[1] or 0


def still_owed() -> tuple[ColumnElement[bool], ...]:
    return (
        Improvement.right_due_at.is_not(None),
        Improvement.righted_at.is_(None),
        Improvement.state.in_(OPEN_STATES),
    )


def at_own_sites(reader: Reader) -> ColumnElement[bool]:
    """Seen at a site of theirs."""
    if reader.sites is None:
        return Improvement.id.is_not(None)
    evidence = select(Evidence.improvement_id).join(Observation, Observation.id == Evidence.observation_id)
    return Improvement.id.in_(
        evidence.join(Visit, Visit.id == Observation.visit_id).where(reader.at_sites(Visit.site_id))
    )


def _clock(item: Improvement, reader: Reader) -> SeriousClock | None:
    if item.right_due_at is None:
        return None
    return SeriousClock(
        due_at=item.right_due_at,
        overdue=item.righted_at is None and item.is_open and item.right_due_at < clock.now(),
        righted_at=item.righted_at,
        righted_by=item.righted_by.name if item.righted_by else "",
        words=item.righted_words or "",
        may_record=reader.leads and item.righted_at is None,
    )
