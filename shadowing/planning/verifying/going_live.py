"""A fix goes live, and the visits that are to prove it go into the plan; or both are taken back. The caller commits."""

from __future__ import annotations

from datetime import date, datetime

from shadowing.backlog.changing import change
from shadowing.backlog.models import Improvement
from shadowing.backlog.schemas import ImprovementChange
from shadowing.backlog.shipping import pilot_sites
from shadowing.core import clock
from shadowing.people.models import Person
from shadowing.people.reader import own_sites, reader_of
from shadowing.people.zones import zones
from shadowing.planning.plans.changing import CHANGEABLE, change_plan, make_plans
from shadowing.planning.plans.schemas import NewPlan, PlanChange
from shadowing.planning.plans.validation import leads_at
from shadowing.planning.verifying.pages import hours_to_look
from shadowing.visits.models.plan import Plan
from shadowing.visits.planning import plan_state, started_plans, verifying_plans


def plan_visits(item: Improvement, visits: int, first: date, person: Person, now: datetime) -> list[Plan]:
    """So many open slots at comparable hours, at sites of whoever plans where it is live. Raises Problem invalid."""
    reader = reader_of(person)
    at = pilot_sites(item) or [site.id for site in own_sites(reader, closed=False)]
    known, made = zones(), []
    for hour in hours_to_look(item, visits, first, reader, at):
        wanted = NewPlan(
            journey_id=str(item.area.touchpoint.journey_id),
            touchpoint_ids=[str(item.area.touchpoint_id)],
            channel=item.area.channel,
            site_id=str(hour.site_id),
            starts_at=clock.moment_at(hour.day, hour.at, known.at(hour.site_id)),
            kind="verify",
        )
        made += make_plans(wanted, person, now)
    return made


def take_back(item: Improvement, revision: int, person: Person, now: datetime) -> int:
    """It was not live: every number is as it was, and visits nobody has begun are cancelled. Returns how many.

    Raises Problem stale, or illegal_transition once somebody has seen it.
    """
    since = item.shipped_at or now
    plans = verifying_plans(item.area, since)
    change(item, ImprovementChange(revision=revision, state="in_progress"), person, now)
    states = started_plans([plan.id for plan in plans])
    waiting = [
        plan
        for plan in plans
        if leads_at(person, plan.site_id)
        and plan.cancelled_at is None
        and plan_state(plan, states.get(plan.id), now) in CHANGEABLE
    ]
    for plan in waiting:
        change_plan(plan, PlanChange(revision=plan.revision, state="cancelled"), person, now)
    return len(waiting)
