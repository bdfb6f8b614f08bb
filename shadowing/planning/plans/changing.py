"""Making plans and changing them: assign, take, give back, decline, cancel. Each is a fact in the audit trail.

The caller commits.
"""

from __future__ import annotations

import calendar
import uuid
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from shadowing.core import clock
from shadowing.core.database import advisory_lock, db
from shadowing.core.problems import Problem
from shadowing.people import audit
from shadowing.people.models import Person
from shadowing.people.zones import zones
from shadowing.planning.plans.letters import promise_letter
from shadowing.planning.plans.schemas import INTERVALS, NewPlan, PlanChange
from shadowing.planning.plans.validation import check_plan, leads_at
from shadowing.visits.models.plan import Plan
from shadowing.visits.planning import plan_document, plan_state, started_plans

IDS = ("journey_id", "site_id", "persona_id", "observer_id", "companion_id")
#: States of a plan that nothing has followed yet.
CHANGEABLE = ("planned", "missed", "declined", "cancelled")


def make_plans(wanted: NewPlan, person: Person, now: datetime) -> list[Plan]:
    """One plan, two of a double-shadowed visit, or a series. Raises Problem invalid."""
    if wanted.second_observer_id and wanted.kind != "double":
        raise Problem("invalid", [("second_observer_id", _("Two observers belong to a double-shadowed visit."))])
    if wanted.second_observer_id and wanted.second_observer_id == wanted.observer_id:
        raise Problem("invalid", [("second_observer_id", _("Somebody else walks along."))])
    first = _plan_of(wanted, person, now)
    check_plan(first, person, now, NewPlan.model_fields)
    times = _times(first, wanted)
    series = uuid.uuid4() if len(times) > 1 else None
    made = []
    for starts_at in times:
        pair = uuid.uuid4() if wanted.kind == "double" else None
        observers = [first.observer_id] if pair is None else [first.observer_id, _number(wanted.second_observer_id)]
        for observer_id in observers:
            plan = _plan_of(wanted, person, now)
            plan.starts_at, plan.observer_id, plan.series, plan.encounter_id = starts_at, observer_id, series, pair
            if observer_id != first.observer_id:
                check_plan(plan, person, now, {"observer_id"})
            made.append(plan)
    db.session.add_all(made)
    db.session.flush()
    for plan in made:
        audit.note("add", "plan", plan.id, {"observer": plan.observer_id, "series": bool(series)})
    for observer_id in {plan.observer_id for plan in made}:
        promise_letter(next(plan for plan in made if plan.observer_id == observer_id), person, now)
    return made


def found_plan(plan_id: int) -> Plan:
    """Locked until the transaction ends. Raises not_found."""
    advisory_lock(f"plan:{plan_id}")
    plan = db.session.get(Plan, plan_id, with_for_update={"of": Plan})
    if plan is None:
        raise Problem("not_found")
    return plan


def change_plan(plan: Plan, wanted: PlanChange, person: Person, now: datetime) -> list[Plan]:
    """Carry it out, also for the later ones of its series if asked, at the sites of whoever asks.

    Raises Problem: not_allowed, stale, invalid, illegal_transition. Who may comes before what is stale.
    """
    stale = wanted.revision != plan.revision
    if stale and takes_slot(wanted, person) and not _is_seen_by(plan, person):
        gone = {"id": str(plan.id), "revision": plan.revision, "observer_id": None}
        raise Problem("stale", current=gone)  # somebody was quicker; who it is is not told
    _refuse_strangers(plan, wanted, person)
    if stale:
        raise Problem("stale", current=plan_for(plan, person, now))
    plans = [plan]
    if wanted.series and plan.series:
        later = select(Plan).where(Plan.series == plan.series, Plan.starts_at > plan.starts_at).order_by(Plan.starts_at)
        plans += [each for each in db.session.scalars(later) if leads_at(person, each.site_id)]
    states = started_plans([each.id for each in plans])
    if plan_state(plan, states.get(plan.id), now) not in CHANGEABLE:
        raise Problem("illegal_transition", [("state", _("The visit has begun; the plan stays as it is."))])
    for each in plans:
        if plan_state(each, states.get(each.id), now) in CHANGEABLE:
            _change_one(each, wanted, person, now, follows=each is not plan)
    return plans


def plan_for(plan: Plan, person: Person, now: datetime) -> dict[str, Any]:
    """The plan as this reader may see it: a customer's label is for the observer and whoever plans (DECISIONS 6)."""
    document = plan_document(plan, started_plans([plan.id]).get(plan.id), now)
    return seen_by(document, plan, person)


def seen_by(document: dict[str, Any], plan: Plan, person: Person) -> dict[str, Any]:
    """The document without what this reader may not see: of open slots the customer's label, of others' plans names."""
    planner = leads_at(person, plan.site_id)
    mine = plan.observer_id == person.id and person.role != "executive"
    if planner or mine:
        return document
    hidden = {"customer_label": None}
    if plan.observer_id not in (None, person.id):
        hidden |= {"observer_id": None, "note": None, "declined_reason": None}
    return {**document, **hidden}


def _plan_of(wanted: NewPlan, person: Person, now: datetime) -> Plan:
    said = wanted.model_dump(exclude={"second_observer_id", "repeat"})
    for name in IDS:
        said[name] = _number(said[name])
    said["touchpoint_ids"] = said["touchpoint_ids"] or None
    said |= {name: said[name] or None for name in ("channel", "scenario", "customer_label", "note")}
    return Plan(revision=1, planned_by=person.id, changed_at=now, **said)


def _number(said: str | None) -> int | None:
    return int(said) if said else None


def _times(plan: Plan, wanted: NewPlan) -> list[datetime]:
    """At the same hour of the site's clock, also over a change of summer time; a 31st becomes the month's last day."""
    if wanted.repeat is None:
        return [plan.starts_at]
    local = clock.local(plan.starts_at, zones().at(plan.site_id))
    days = INTERVALS[wanted.repeat.every]
    return [local + timedelta(days=days * n) if days else _months_on(local, n) for n in range(wanted.repeat.times)]


def _months_on(moment: datetime, months: int) -> datetime:
    years, month = divmod(moment.month - 1 + months, 12)
    year = moment.year + years
    return moment.replace(year=year, month=month + 1, day=min(moment.day, calendar.monthrange(year, month + 1)[1]))


def takes_slot(wanted: PlanChange, person: Person) -> bool:
    """Whether somebody asks for an open slot, and for nothing else."""
    only_observer = wanted.fields <= {"observer_id"}
    return only_observer and wanted.observer_id == str(person.id) and wanted.state in (None, "planned")


def _is_seen_by(plan: Plan, person: Person) -> bool:
    return plan.observer_id in (None, person.id) or leads_at(person, plan.site_id)


def _refuse_strangers(plan: Plan, wanted: PlanChange, person: Person) -> None:
    """Leads plan at their sites. Everybody may take an open slot, give back or decline what is theirs."""
    if leads_at(person, plan.site_id):
        return
    only_observer = wanted.fields <= {"observer_id"}
    if plan.observer_id is None:
        allowed = takes_slot(wanted, person)
    else:
        mine = plan.observer_id == person.id
        gives_back = "observer_id" in wanted.fields and wanted.observer_id is None and wanted.state is None
        declines = not wanted.fields and wanted.state == "declined"
        allowed = mine and only_observer and (gives_back or declines)
    if not allowed or wanted.series:
        raise Problem("not_allowed")


def _change_one(plan: Plan, wanted: PlanChange, person: Person, now: datetime, follows: bool) -> None:
    before = plan.observer_id
    fields = wanted.fields - ({"starts_at"} if follows else set())
    for name in fields:
        value = getattr(wanted, name)
        if value is None and name in ("journey_id", "site_id", "starts_at", "mode", "kind"):
            raise Problem("invalid", [(name, _("This is needed."))])
        setattr(plan, name, _number(value) if name in IDS else value or None)
    with db.session.no_autoflush:
        check_plan(plan, person, now, fields)
    if "observer_id" in fields and plan.observer_id is not None and wanted.state is None:
        plan.declined_at = plan.declined_reason = None
    _set_state(plan, wanted, now)
    plan.revision, plan.changed_at = plan.revision + 1, now
    audit.note("change", "plan", plan.id, {"fields": sorted(fields), "state": wanted.state})
    if plan.observer_id != before or (fields & {"starts_at", "site_id"}) or wanted.state == "cancelled":
        promise_letter(plan, person, now)


def _set_state(plan: Plan, wanted: PlanChange, now: datetime) -> None:
    if wanted.state == "cancelled":
        plan.cancelled_at = plan.cancelled_at or now
    elif wanted.state == "declined":
        if not wanted.reason:
            raise Problem("invalid", [("reason", _("Say in a few words why not, so that somebody else can go."))])
        plan.declined_at, plan.declined_reason = now, wanted.reason
    elif wanted.state == "planned":
        plan.cancelled_at = plan.declined_at = plan.declined_reason = None
