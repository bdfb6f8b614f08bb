"""Plans of the demonstration: what was walked, missed and declined lately, and what lies ahead."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.i18n import words
from shadowing.core.vocabulary import Words
from shadowing.journeys.models import Journey, Touchpoint
from shadowing.operations.demo.cast import ZONE
from shadowing.people.models import Person, Site
from shadowing.visits.models.plan import Plan
from shadowing.visits.models.visit import Visit

#: Days from today, hour, minute, observer, site, touchpoint, channel, kind, companion, declined because.
AHEAD: tuple[tuple[int, int, int, str | None, int, str | None, str | None, str, str | None, Words | None], ...] = (
    (1, 10, 0, "james@demo.example", 0, "consultation", "chat", "normal", None, None),
    (1, 8, 20, None, 0, "payment", "counter", "normal", "james@demo.example", None),
    (2, 10, 0, None, 1, "tests", "counter", "normal", "lena@demo.example", None),
    (2, 9, 30, "zhao@demo.example", 0, "wayfinding", "place", "verify", None, None),
    (
        3,
        14,
        0,
        "tom@demo.example",
        2,
        None,
        None,
        "normal",
        None,
        Words(en="On leave until Monday.", zh="休假，周一回来。"),
    ),
    (4, 16, 30, None, 0, "waiting_room", "place", "normal", "abena@demo.example", None),
    (-3, 11, 0, "priya@demo.example", 1, "pharmacy", "post", "normal", None, None),
)
#: So many of the newest visits had been planned.
WALKED = 3


def plan_around_today(
    journey: Journey, people: dict[str, Person], sites: list[Site], now: datetime, language: str
) -> None:
    """The caller commits."""
    places = {t.key: t for t in db.session.scalars(select(Touchpoint).where(Touchpoint.journey_id == journey.id))}
    today = clock.local(now, ZoneInfo(ZONE)).replace(second=0, microsecond=0)
    lead = people["wei@demo.example"]
    for days, hour, minute, observer, site, key, channel, kind, companion, declined in AHEAD:
        db.session.add(
            Plan(
                journey_id=journey.id,
                site_id=sites[site].id,
                starts_at=today.replace(hour=hour, minute=minute) + timedelta(days=days),
                observer_id=people[observer].id if observer else None,
                companion_id=people[companion].id if companion else None,
                touchpoint_ids=[str(places[key].id)] if key else None,
                channel=channel,
                kind=kind,
                planned_by=lead.id,
                changed_at=now,
                declined_reason=words(declined, language) or None,
                declined_at=now if declined else None,
            )
        )


def plan_what_was_walked(people: dict[str, Person], now: datetime) -> None:
    """The newest visits followed a plan. The caller commits."""
    lead = people["wei@demo.example"]
    for visit in db.session.scalars(select(Visit).order_by(Visit.started_at.desc()).limit(WALKED)):
        plan = Plan(
            journey_id=visit.journey_id,
            site_id=visit.site_id,
            starts_at=visit.started_at,
            observer_id=visit.person_id,
            planned_by=lead.id,
            changed_at=now,
        )
        db.session.add(plan)
        db.session.flush()
        visit.plan_id = plan.id
