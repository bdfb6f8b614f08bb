"""What a journey's visits say as a whole: outcome, satisfaction, who and when. Kept with the fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.people.models import Person
from shadowing.people.zones import zones
from shadowing.scoring.kept import KeptAnswers
from shadowing.visits.models.visit import Visit

EARLY = 14


class VisitAnswer(NamedTuple):
    """One visit: where, by whom, and what the customer said on the whole."""

    id: UUID
    journey: int
    site: int | None
    person: int | None
    started_at: datetime
    outcome: str | None
    satisfaction: int | None
    come_again: int | None
    #: Whether it began before two in the afternoon, by the site's clock: asked of all visits at every change.
    early: bool


COLUMNS = (
    Visit.id,
    Visit.journey_id,
    Visit.site_id,
    Visit.person_id,
    Visit.started_at,
    Visit.outcome,
    Visit.satisfaction,
    Visit.come_again,
)


def load_answers(panel_id: int, since: datetime, visits: Collection[UUID] | None = None) -> list[VisitAnswer]:
    """Of the visits that count since then. visits: of these alone, some hundreds at the most."""
    query = select(*COLUMNS).where(Visit.panel_id == panel_id, Visit.started_at >= since, Visit.counts)
    if visits is not None:
        query = query.where(Visit.id.in_(visits))
    rows: Iterable[Any] = db.session.execute(query)
    return [_answer(*row) for row in rows]


def _answer(id: UUID, journey: int, site: int | None, person: int | None, at: datetime, *said: Any) -> VisitAnswer:
    early = clock.hour_at(at, zones().at(site)) < EARLY
    return VisitAnswer._make((id, journey, site, person, at, *said, early))


def departments() -> dict[int, int]:
    """Person -> department, of those who have one."""
    rows = db.session.execute(select(Person.id, Person.department_id).where(Person.department_id.is_not(None)))
    return {person: department for person, department in rows if department is not None}


def visit_answers(visits: Iterable[VisitAnswer], department_of: Mapping[int, int]) -> KeptAnswers:
    """Counts over visits by answer; departments by id."""
    visits = list(visits)
    people = Counter(visit.person for visit in visits if visit.person is not None)
    by_department: Counter[int] = Counter()
    for person, n in people.items():
        if person in department_of:
            by_department[department_of[person]] += n
    return {
        "n": len(visits),
        "observers": len(people),
        "outcome": _by(visit.outcome for visit in visits),
        "satisfaction": _by(visit.satisfaction for visit in visits),
        "come_again": _by(visit.come_again for visit in visits),
        "departments": _by(by_department.elements()),
        "before_two": sum(visit.early for visit in visits),
        "first": _moment(min(visits, key=_began)) if visits else None,
        "last": _moment(max(visits, key=_began)) if visits else None,
    }


def _began(visit: VisitAnswer) -> tuple[datetime, UUID]:
    return visit.started_at, visit.id


def _by(values: Iterable[str | int | None]) -> dict[str, int]:
    counted = Counter(value for value in values if value is not None)
    return {str(value): n for value, n in sorted(counted.items(), key=lambda pair: str(pair[0]))}


def _moment(visit: VisitAnswer) -> str:
    """As the site's clock showed it: its day is the one it was there."""
    return clock.local(visit.started_at, zones().at(visit.site)).isoformat()
