"""Plans as lines of a page: names instead of numbers, times at the site's clock, nothing a reader may not see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo

from sqlalchemy import ColumnElement, select

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.formatting import zone_name
from shadowing.core.i18n import language
from shadowing.core.vocabulary import Words
from shadowing.journeys.models import Journey, Touchpoint
from shadowing.people.models import Person
from shadowing.people.zones import Zones, zones
from shadowing.planning.plans.changing import seen_by
from shadowing.planning.plans.figures import Day, PlanRow, Week
from shadowing.planning.plans.listing import plans_between
from shadowing.visits.models.plan import Plan
from shadowing.visits.planning import plan_document, started_plans

LENGTH = timedelta(hours=1)
WEEK = timedelta(days=7)
#: No two clocks on earth are further apart.
FARTHEST = timedelta(hours=26)
#: Weeks one may leaf to even where nothing is planned.
SHOWN_BACK, SHOWN_AHEAD = 2 * WEEK, 8 * WEEK
NO_NAME = Words(en="", zh="")


def plan_rows(plans: Sequence[Plan], person: Person, now: datetime) -> list[PlanRow]:
    """In the order given."""
    states = started_plans([plan.id for plan in plans])
    known = zones()
    journeys = {j.id: j.name for j in db.session.scalars(select(Journey))} if plans else {}
    wanted = {int(id) for plan in plans for id in plan.touchpoint_ids or ()}
    names = {t.id: t.name for t in db.session.scalars(select(Touchpoint).where(Touchpoint.id.in_(wanted)))}
    told = [seen_by(plan_document(plan, states.get(plan.id), now), plan, person) for plan in plans]
    rows = [_row(plan, said, journeys, names, known) for plan, said in zip(plans, told, strict=True)]
    return [replace(row, blind=not person.leads) for row in rows]


def week_of(person: Person, monday: date, zone: tzinfo, now: datetime) -> Week:
    """Seven days; zone says which of them is today. Each plan stands on its site's day."""
    start, end = clock.day_begins(monday, zone), clock.day_begins(monday + WEEK, zone)
    plans = plans_between(person, start - FARTHEST, end + FARTHEST)
    rows, today = plan_rows(plans, person, now), clock.day_at(now, zone)
    days = [monday + timedelta(days=n) for n in range(7)]
    return Week(
        days=tuple(Day(day, day == today, tuple(row for row in rows if row.day == day)) for day in days),
        before=monday - WEEK if monday > today - SHOWN_BACK or _any(Plan.starts_at < start) else None,
        after=monday + WEEK if monday < today + SHOWN_AHEAD or _any(Plan.starts_at >= end) else None,
        this=monday <= today < monday + timedelta(days=7),
    )


def _any(condition: ColumnElement[bool]) -> bool:
    return db.session.scalar(select(Plan.id).where(condition).limit(1)) is not None


def _row(
    plan: Plan, said: dict[str, object], journeys: dict[int, Words], names: dict[int, Words], known: Zones
) -> PlanRow:
    zone = known.at(plan.site_id)
    elsewhere = clock.offset_at(plan.starts_at, zone) != clock.offset_at(plan.starts_at, known.home)
    hidden = plan.observer_id is not None and said["observer_id"] is None
    return PlanRow(
        id=plan.id,
        revision=plan.revision,
        day=clock.day_at(plan.starts_at, zone),
        time=clock.clock_face(plan.starts_at, zone),
        until=clock.clock_face(plan.starts_at + LENGTH, zone),
        zone=zone_name(plan.starts_at, language(), zone) if elsewhere else "",
        journey_id=plan.journey_id,
        journey=journeys.get(plan.journey_id, NO_NAME),
        site=plan.site.name,
        state=str(said["state"]),
        kind=plan.kind,
        mode=plan.mode,
        observer="" if hidden else plan.observer.name if plan.observer else None,
        companion=plan.companion.name if plan.companion and not hidden else None,
        places=tuple(names[int(id)] for id in plan.touchpoint_ids or () if int(id) in names),
        channel=plan.channel,
        scenario=plan.scenario,
        note=None if said["note"] is None else plan.note,
        label=None if said["customer_label"] is None else plan.customer_label,
        reason=None if said["declined_reason"] is None else plan.declined_reason,
        series=plan.series is not None,
    )
