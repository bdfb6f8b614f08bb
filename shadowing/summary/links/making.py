"""A link made, found and withdrawn. Callers commit."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select

from shadowing.core.database import db
from shadowing.core.problems import Problem
from shadowing.journeys.models import Journey
from shadowing.people import audit
from shadowing.people.accounts import digest_of
from shadowing.people.models import Person
from shadowing.people.reader import Reader
from shadowing.summary.links.models import SharedLink

LONGEST_SECRET = 100


def make_link(
    journey: Journey, label: str, days: int, frozen: dict[str, str] | None, person: Person, now: datetime
) -> str:
    """Returns the secret part of its address, which is shown once."""
    secret = secrets.token_urlsafe(32)
    link = SharedLink(
        digest=digest_of(secret),
        journey_id=journey.id,
        person_id=person.id,
        label=label,
        made_at=now,
        ends_at=now + timedelta(days=days),
        frozen=frozen,
    )
    db.session.add(link)
    db.session.flush()
    audit.note("share", "summary", link.id, {"journey": journey.id, "days": days, "frozen": frozen is not None})
    return secret


def link_of(secret: str, now: datetime) -> SharedLink:
    """Raises not_found alike for one that has ended, was withdrawn, or never was; also once its maker has left."""
    found = None
    if secret.isascii() and len(secret) <= LONGEST_SECRET:
        found = db.session.scalar(select(SharedLink).where(SharedLink.digest == digest_of(secret)))
    if found is None or not found.works(now) or not found.person.is_active or found.journey.archived_at is not None:
        raise Problem("not_found")
    return found


def links_that_work(reader: Reader, now: datetime) -> list[SharedLink]:
    """One's own; administrators see everybody's. The newest first."""
    query = select(SharedLink).where(SharedLink.withdrawn_at.is_(None), SharedLink.ends_at > now)
    if reader.role != "admin":
        query = query.where(SharedLink.person_id == reader.person_id)
    return list(db.session.scalars(query.order_by(SharedLink.id.desc())))


def withdraw_link(id: int, reader: Reader, now: datetime) -> None:
    """From now on nobody reads by it. Raises not_found for somebody else's, but for administrators."""
    link = next((each for each in links_that_work(reader, now) if each.id == id), None)
    if link is None:
        raise Problem("not_found")
    link.withdrawn_at, link.frozen = now, None
    audit.note("withdraw", "summary", link.id)
