"""Mail to whoever is to shadow: assigned, moved, cancelled. Only when mail is set up; sent by the worker.

Never with a customer's label: a mail is kept where nobody erases it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypedDict

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.formatting import day_and_time, zone_name
from shadowing.core.jobs.queue import enqueue
from shadowing.core.sentences import Sentence, plain
from shadowing.journeys.models import Journey
from shadowing.journeys.served import served
from shadowing.people.letters import can_send_links, deliver, language_of
from shadowing.people.links import base_address
from shadowing.people.models import Person
from shadowing.people.zones import home_zone, zone_of
from shadowing.planning.plans.wording import PlanTold, moment_told, visit_asked, visit_cancelled
from shadowing.visits.models.plan import Plan

JOB = "plan_mail"
#: Later than this the day has told it itself.
LATEST = timedelta(hours=24)


class PlanToSend(TypedDict):
    """What the job carries: which plan, to whom, who changed it, and when (ISO)."""

    plan_id: int
    observer_id: int
    by: str
    asked_at: str


def promise_letter(plan: Plan, by: Person, now: datetime) -> None:
    """Tell the observer surely once this transaction commits, unless it is the observer who did it."""
    if plan.observer_id is None or plan.observer_id == by.id or not can_send_links():
        return
    payload: PlanToSend = {
        "plan_id": plan.id,
        "observer_id": plan.observer_id,
        "by": by.name,
        "asked_at": now.isoformat(),
    }
    enqueue(JOB, payload, now, key=f"plan {plan.id} {plan.observer_id} {plan.revision}")


def send_plan(payload: PlanToSend) -> None:
    """The worker's part. Raises Undelivered, so that it is tried again."""
    plan = db.session.get(Plan, payload["plan_id"])
    if plan is None or plan.observer_id != payload["observer_id"]:
        return  # given to somebody else meanwhile
    person = db.session.get(Person, payload["observer_id"])
    deliver(person, payload["asked_at"], LATEST, lambda to: plan_letter(plan, to, payload["by"]))


def plan_letter(plan: Plan, person: Person, by: str) -> tuple[str, str]:
    """Subject and text, in the reader's language and at the site's clock."""
    language = language_of(person)
    told = PlanTold(
        name=person.name,
        by=by,
        journey=db.session.get_one(Journey, plan.journey_id).name,
        site=plan.site.name,
        when=_when(plan, language),
        note=plan.note or "",
        address=f"{base_address()}/slots",
        served=served(plan.journey_id, of=language),
    )
    subject, text = visit_cancelled(told) if plan.cancelled_at else visit_asked(told)
    return plain(subject, language).replace("\n", " "), plain(text, language)


def _when(plan: Plan, language: str) -> Sentence:
    """A mail is read anywhere: where the site's clock is not the organisation's, it says which one is meant."""
    at, zone = plan.starts_at, zone_of(plan.site)
    elsewhere = clock.offset_at(at, zone) != clock.offset_at(at, home_zone())
    return moment_told(day_and_time(at, language, zone), zone_name(at, language, zone) if elsewhere else "")
