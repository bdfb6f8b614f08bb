"""Plans as lines of a page: names instead of numbers, times at the site's clock, nothing a reader may not see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.vocabulary import Words
from shadowing.journeys.models import Journey, Touchpoint
from shadowing.people.accounts import organisation
from shadowing.people.models import Person
from shadowing.planning.plans.changing import seen_by
from shadowing.planning.plans.figures import Day, PlanRow, Week
from shadowing.planning.plans.listing import plans_between
from shadowing.visits.models.plan import Plan
from shadowing.visits.planning import plan_document, started_plans

LENGTH = timedelta(hours=1)
WEEK = timedelta(days=7)
#: Weeks one may leaf to even where nothing is planned.
SHOWN_BACK, SHOWN_AHEAD = 2 * WEEK, 8 * WEEK
NO_NAME = Words(en="", zh="")


def plan_rows(plans: Sequence[Plan], person: Person, now: datetime) -> list[PlanRow]:
    """In the order given."""
    states = started_plans([plan.id for plan in plans])
    home = organisation()
    journeys = {j.id: j.name for j in db.session.scalars(select(Journey))} if plans else {}
    wanted = {int(id) for plan in plans for id in plan.touchpoint_ids or ()}
    names = {t.id: t.name for t in db.session.scalars(select(Touchpoint).where(Touchpoint.id.in_(wanted)))}
    return [
        _row(
            plan, seen_by(plan_document(plan, states.get(plan.id), now), plan, person), journeys, names, home.time_zone
        )
        for plan in plans
    ]


def week_of(person: Person, monday: date, journey_id: int | None, now: datetime) -> Week:
    """Seven days of the organisation's calendar."""
    zone = ZoneInfo(organisation().time_zone)
    start = datetime(monday.year, monday.month, monday.day, tzinfo=zone)
    # A day early and late: sites may lie in other zones; each plan stands on its site's day.
    plans = plans_between(person, start - timedelta(days=1), start + timedelta(days=8), journey_id)
    rows, today = plan_rows(plans, person, now), clock.today(organisation().time_zone)
    days = [monday + timedelta(days=n) for n in range(7)]
    return Week(
        days=tuple(Day(day, day == today, tuple(row for row in rows if row.day == day)) for day in days),
        before=monday - WEEK if monday > today - SHOWN_BACK or _any(Plan.starts_at < start) else None,
        after=monday + WEEK if monday < today + SHOWN_AHEAD or _any(Plan.starts_at >= start + WEEK) else None,
        this=monday <= today < monday + timedelta(days=7),
    )


def _any(condition: ColumnElement[bool]) -> bool:
    return db.session.scalar(select(Plan.id).where(condition).limit(1)) is not None


def _row(
    plan: Plan, said: dict[str, object], journeys: dict[int, Words], names: dict[int, Words], zone: str
) -> PlanRow:
    local = plan.starts_at.astimezone(ZoneInfo(plan.site.time_zone or zone))
    hidden = plan.observer_id is not None and said["observer_id"] is None
    return PlanRow(
        id=plan.id,
        revision=plan.revision,
        day=local.date(),
        time=f"{local:%H:%M}",
        until=f"{local + LENGTH:%H:%M}",
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
