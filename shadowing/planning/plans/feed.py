"""A person's own calendar behind a secret address, which they make, show once, and end."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select

from shadowing.core.database import db
from shadowing.core.i18n import LOCALES, words
from shadowing.core.sentences import plain
from shadowing.core.vocabulary import Words
from shadowing.journeys.models import Journey
from shadowing.journeys.served import served
from shadowing.people.accounts import digest_of, organisation
from shadowing.people.models import Person
from shadowing.planning.plans.calendar_text import Entry, calendar_text
from shadowing.planning.plans.wording import calendar_entry, calendar_name
from shadowing.visits.models.plan import Plan

BACK, AHEAD = timedelta(days=60), timedelta(days=366)


def new_address(person: Person) -> str:
    """The secret part of a new address; the one before ends. Only its digest is kept. The caller commits."""
    secret = secrets.token_urlsafe(32)
    person.calendar_digest = digest_of(secret)
    return secret


def end_address(person: Person) -> None:
    """Nobody reads this person's calendar any more. The caller commits."""
    person.calendar_digest = None


def person_of_address(secret: str) -> Person | None:
    """Whose calendar it is; None for an address that is over or made up, and of people who left."""
    if not secret or len(secret) > 200:
        return None
    found = db.session.scalar(select(Person).where(Person.calendar_digest == digest_of(secret)))
    return found if found is not None and found.is_active else None


def calendar_of(person: Person, now: datetime) -> str:
    """Visits that are this person's to make, in their language; never with a customer's label."""
    rows = db.session.execute(
        select(Plan, Journey.name)
        .join(Journey, Journey.id == Plan.journey_id)
        .where(Plan.observer_id == person.id, Plan.starts_at > now - BACK, Plan.starts_at < now + AHEAD)
        .order_by(Plan.starts_at, Plan.id)
    ).all()
    home = organisation()
    language = person.locale if person.locale in LOCALES else home.languages[0]
    entries = [_entry(plan, journey, language) for plan, journey in rows]
    return calendar_text(plain(calendar_name(home.name), language), entries)


def _entry(plan: Plan, journey: Words, language: str) -> Entry:
    return Entry(
        uid=f"plan-{plan.id}.{_house()}@shadowing",
        starts_at=plan.starts_at,
        summary=plain(calendar_entry(journey, served(plan.journey_id, of=language)), language),
        location=words(plan.site.name, language),
        description="\n".join(part for part in (plan.scenario, plan.note) if part),
        changed_at=plan.changed_at or plan.created_at,
        number=plan.revision,
        cancelled=bool(plan.cancelled_at or plan.declined_at),
    )


def _house() -> str:
    """Tells this installation's plans from another one's; no secret can be read from it."""
    return hashlib.sha256(f"calendar {current_app.config['SECRET_KEY']}".encode()).hexdigest()[:16]
