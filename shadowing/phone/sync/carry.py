"""Everything a phone takes along: journeys in their current version, sites, personas, plans, suggestions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select

from shadowing.core import clock
from shadowing.core.database import canonical, db
from shadowing.core.reference_cache import remembered_here
from shadowing.core.vocabulary import CHANNELS
from shadowing.coverage.suggesting import suggestions_for
from shadowing.journeys.draft import Draft
from shadowing.journeys.models import Journey, JourneyVersion, Persona, Touchpoint
from shadowing.journeys.served import person_of
from shadowing.people.accounts import organisation
from shadowing.people.models import Person, Site
from shadowing.people.zones import home_zone
from shadowing.planning.plans.changing import seen_by
from shadowing.visits.models.plan import Plan
from shadowing.visits.models.visit import Visit
from shadowing.visits.planning import plan_document, started_plans

DAYS_AHEAD, DAYS_BACK = 14, 2
PHONES_ERASE_WITHIN = timedelta(days=90)


@dataclass(frozen=True)
class Luggage:
    """own: what is this person's and today's. journeys: the many pages that are everybody's, as JSON."""

    own: dict[str, Any]
    journeys: str

    @property
    def entity_tag(self) -> str:
        """Equal for two calls of one state: it knows no server time."""
        return hashlib.sha256((canonical(self.own) + self.journeys).encode()).hexdigest()[:32]

    def text(self, server_time: datetime) -> str:
        """The whole as JSON."""
        own = canonical({**self.own, "server_time": server_time.isoformat()})
        return f'{{"journeys":{self.journeys},{own[1:]}'


def carry(person: Person, now: datetime) -> Luggage:
    """What this person's phone needs without a network."""
    home = organisation()
    own = {
        "organisation": {"name": home.name, "time_zone": home.time_zone},
        "person": {"id": str(person.id), "name": person.name, "role": person.role},
        "channels": [{"slug": slug, "name": name} for slug, name in CHANNELS.items()],
        "sites": [
            {"id": str(s.id), "name": s.name, "kind": s.kind, "time_zone": s.time_zone or home.time_zone}
            for s in db.session.scalars(select(Site).where(Site.closed_at.is_(None)).order_by(Site.id))
        ],
        "personas": [
            {"id": str(p.id), "journey_id": str(p.journey_id) if p.journey_id else None, "name": p.name}
            for p in db.session.scalars(
                select(Persona).where(Persona.removed_at.is_(None)).order_by(Persona.position, Persona.id)
            )
        ],
        "plans": _plans(person, now),
        "suggestions": suggestions_for(person, now),
        "withdrawn": _withdrawn(person, now),
    }
    return Luggage(own, _journeys())


def _withdrawn(person: Person, now: datetime) -> list[str]:
    """This person's visits that customers took back lately: the phone erases what it still has of them."""
    mine = (Visit.person_id == person.id, Visit.withdrawn_at > now - PHONES_ERASE_WITHIN)
    return [str(id) for id in db.session.scalars(select(Visit.id).where(*mine).order_by(Visit.id))]


def _journeys() -> str:
    """As JSON, written once until something of a journey changes: hundreds of touchpoints are a megabyte."""
    shelf = remembered_here()
    known: str | None = shelf.get(_journeys)
    if known is None:
        known = shelf[_journeys] = canonical(_current_versions())
    return known


def _current_versions() -> list[dict[str, Any]]:
    rows = db.session.execute(
        select(Journey, JourneyVersion)
        .join(JourneyVersion, (JourneyVersion.journey_id == Journey.id) & (JourneyVersion.number == Journey.version))
        .where(Journey.archived_at.is_(None), Journey.origin != "import")
        .order_by(Journey.id)
    ).all()
    home = organisation()
    settings = {str(t.id): t for t in db.session.scalars(select(Touchpoint))}
    return [
        {
            "id": str(journey.id),
            "version": version.number,
            **_with_settings(version.snapshot, settings),
            "person": person_of(version.snapshot, journey, home),
        }
        for journey, version in rows
    ]


def _with_settings(snapshot: Draft, settings: dict[str, Touchpoint]) -> dict[str, Any]:
    """The snapshot with today's targets and importance, which live outside versions."""
    stages = [
        {
            **stage,
            "touchpoints": [
                {
                    **entry,
                    "targets": settings[entry["id"]].targets_by_level,
                    "importance": settings[entry["id"]].importance,
                }
                for entry in stage["touchpoints"]
            ],
        }
        for stage in snapshot["stages"]
    ]
    return {**snapshot, "stages": stages}


def _plans(person: Person, now: datetime) -> list[dict[str, Any]]:
    start = clock.day_begins(clock.day_at(now, home_zone()) - timedelta(days=DAYS_BACK), home_zone())
    rows = db.session.scalars(
        select(Plan)
        .where(
            or_(Plan.observer_id == person.id, Plan.observer_id.is_(None)),
            Plan.starts_at >= start,
            Plan.starts_at < now + timedelta(days=DAYS_AHEAD),
            Plan.cancelled_at.is_(None),
            Plan.declined_at.is_(None),
        )
        .order_by(Plan.starts_at, Plan.id)
    ).all()
    started = started_plans([plan.id for plan in rows])
    return [seen_by(plan_document(plan, started.get(plan.id), now), plan, person) for plan in rows]
