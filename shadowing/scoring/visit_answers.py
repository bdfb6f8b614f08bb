"""What a journey's visits say as a whole: outcome, satisfaction, who and when. Kept with the fit."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVarTuple

from sqlalchemy import Select, UnaryExpression, func, select
from sqlalchemy.orm import InstrumentedAttribute

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.people.models import Person
from shadowing.people.zones import zones
from shadowing.scoring.kept import KeptAnswers
from shadowing.visits.models.visit import Visit

Answers = TypeVarTuple("Answers")


def visit_answers(panel_id: int, journey_id: int, site: int | None, since: datetime) -> KeptAnswers:
    """Counts over the visits of a journey in the window, by answer; departments by id."""
    return {
        "n": _one(_of(select(func.count()), panel_id, journey_id, site, since)),
        "observers": _one(_of(select(func.count(Visit.person_id.distinct())), panel_id, journey_id, site, since)),
        "outcome": _by(Visit.outcome, panel_id, journey_id, site, since),
        "satisfaction": _by(Visit.satisfaction, panel_id, journey_id, site, since),
        "come_again": _by(Visit.come_again, panel_id, journey_id, site, since),
        "departments": _departments(panel_id, journey_id, site, since),
        "before_two": _before_two(panel_id, journey_id, site, since),
        "first": _moment(Visit.started_at.asc(), panel_id, journey_id, site, since),
        "last": _moment(Visit.started_at.desc(), panel_id, journey_id, site, since),
    }


def _of(query: Select[*Answers], panel_id: int, journey_id: int, site: int | None, since: datetime) -> Select[*Answers]:
    query = query.select_from(Visit).where(
        Visit.panel_id == panel_id,
        Visit.journey_id == journey_id,
        Visit.started_at >= since,
        Visit.counts,
    )
    return query if site is None else query.where(Visit.site_id == site)


def _one(query: Select[int]) -> int:
    return db.session.scalar(query) or 0


def _by(column: InstrumentedAttribute[Any], *place: Any) -> dict[str, int]:
    rows = db.session.execute(_of(select(column, func.count()), *place).where(column.is_not(None)).group_by(column))
    return {str(value): n for value, n in rows}


def _departments(*place: Any) -> dict[str, int]:
    query = _of(select(Person.department_id, func.count()), *place).join(Person, Person.id == Visit.person_id)
    rows = db.session.execute(query.where(Person.department_id.is_not(None)).group_by(Person.department_id))
    return {str(department): n for department, n in rows}


def _before_two(*place: Any) -> int:
    """Visits that began before 14:00 where they were made."""
    known = zones()
    rows = db.session.execute(_of(select(Visit.started_at, Visit.site_id), *place))
    return sum(clock.hour_at(at, known.at(site)) < 14 for at, site in rows if at is not None)


def _moment(order: UnaryExpression[datetime | None], *place: Any) -> str | None:
    """The first in this order, as the site's clock showed it: its day is the one it was there."""
    query = _of(select(Visit.started_at, Visit.site_id), *place).where(Visit.started_at.is_not(None))
    row = db.session.execute(query.order_by(order, Visit.id).limit(1)).first()
    return None if row is None or row[0] is None else clock.local(row[0], zones().at(row[1])).isoformat()
