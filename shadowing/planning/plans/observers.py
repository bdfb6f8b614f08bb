"""Whom one may ask to shadow: whoever has never done so first, then whoever has least planned (no sums per person)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from shadowing.backlog.models import Improvement
from shadowing.core.database import db
from shadowing.coverage.pages import offered_places
from shadowing.coverage.path_summary import ways_of
from shadowing.journeys.models import Area, Journey, Touchpoint
from shadowing.people.models import Person
from shadowing.planning.plans.figures import ObserverChoice, Together
from shadowing.scoring.queries import panel_of_journey
from shadowing.visits.models.plan import Plan
from shadowing.visits.models.visit import Visit

#: Ahead of now, how far plans count as load.
AHEAD = timedelta(days=14)
PROVING = ("shipped", "verifying")


def observer_choices(
    planner: Person, now: datetime, chosen: str = "", touchpoint_ids: Iterable[str] = ()
) -> tuple[ObserverChoice, ...]:
    """Everybody may shadow. not_blind: owns a fix that is being proved at one of these touchpoints."""
    people = db.session.scalars(
        select(Person).options(joinedload(Person.department)).where(Person.left_at.is_(None)).order_by(Person.name)
    ).all()
    own = planner.bound_to
    near = [each for each in people if each.is_of(own)]
    walked = set(db.session.scalars(select(Visit.person_id).where(Visit.import_id.is_(None)).distinct()))
    load, owners = _load(now), _owners([int(id) for id in touchpoint_ids])
    made = [
        ObserverChoice(
            id=str(person.id),
            name=person.name,
            initials=person.initials,
            department=person.department.name if person.department else None,
            first_time=person.id not in walked,
            load=load.get(person.id, 0),
            not_blind=person.id in owners,
            chosen=str(person.id) == chosen,
        )
        for person in near
    ]
    return tuple(sorted(made, key=lambda one: (one.not_blind, not one.first_time, one.load, one.name)))


def _load(now: datetime) -> dict[int, int]:
    rows = db.session.execute(
        select(Plan.observer_id, func.count())
        .where(
            Plan.observer_id.is_not(None),
            Plan.starts_at >= now,
            Plan.starts_at < now + AHEAD,
            Plan.cancelled_at.is_(None),
            Plan.declined_at.is_(None),
        )
        .group_by(Plan.observer_id)
    )
    return {person: n for person, n in rows if person is not None}


def _owners(touchpoint_ids: list[int]) -> set[int]:
    if not touchpoint_ids:
        return set()
    mine = (Area.touchpoint_id.in_(touchpoint_ids), Improvement.state.in_(PROVING), Improvement.owner_id.is_not(None))
    rows = db.session.scalars(select(Improvement.owner_id).join(Area, Area.id == Improvement.area_id).where(*mine))
    return {owner for owner in rows if owner}


def together(journey: Journey, planner: Person, now: datetime) -> tuple[Together, ...]:
    """Observers at the planner's sites whose eyes nothing connects, and where one could walk beside another."""
    panel_id = panel_of_journey(journey)
    found = ways_of(journey, panel_id, offered_places(journey, panel_id), None, now).overlaps
    if not found:
        return ()
    ids = {each.newcomer for each in found} | {each.settled for each in found}
    staff = db.session.scalars(select(Person).where(Person.id.in_(ids), Person.left_at.is_(None)))
    people = {person.id: person for person in staff if person.is_of(planner.bound_to)}
    rows = db.session.execute(
        select(Area, Touchpoint).join(Touchpoint).where(Area.id.in_({each.place for each in found}))
    )
    places = {area.id: (area, touchpoint) for area, touchpoint in rows}
    return tuple(
        Together(
            newcomer_id=str(each.newcomer),
            newcomer=people[each.newcomer].name,
            settled_id=str(each.settled),
            settled=people[each.settled].name,
            touchpoint_id=str(places[each.place][1].id),
            touchpoint=places[each.place][1].name,
            channel=places[each.place][0].channel,
        )
        for each in found
        if each.newcomer in people and each.settled in people and each.place in places
    )
