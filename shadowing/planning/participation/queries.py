"""Counting who took part, and finding what has not arrived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Text, func, or_, select, type_coerce

from shadowing.core.database import db
from shadowing.people.models import Department, Person
from shadowing.people.reader import Reader
from shadowing.planning.participation.figures import DAYS, Counted, Unsent
from shadowing.visits.media.models import Photo, Sound
from shadowing.visits.models.bodies import MediaField
from shadowing.visits.models.plan import Plan
from shadowing.visits.models.visit import Observation, Visit

#: What was announced arrives within minutes on a network; after this it may be lying on a phone.
LATE = timedelta(hours=1)
#: A visit nobody goes on with, and a plan whose hour is long over.
IDLE = timedelta(days=1)
#: Older than that it will not come any more; the receipt of the visit goes on saying what is missing.
LOOKING_BACK = timedelta(days=14)
MEDIA: tuple[tuple[MediaField, type[Photo] | type[Sound]], ...] = (("photos", Photo), ("sounds", Sound))


def counted(now: datetime, reader: Reader) -> list[Counted]:
    """Every open department, and people of none. Visits count at the sites of the reader."""
    seen = _visits_by_department(now - timedelta(days=DAYS), reader)
    people: dict[int | None, int] = {
        department: n
        for department, n in db.session.execute(
            select(Person.department_id, func.count()).where(Person.left_at.is_(None)).group_by(Person.department_id)
        )
    }
    open_ones = select(Department).where(Department.closed_at.is_(None)).order_by(Department.id)
    names = {department.id: department.name for department in db.session.scalars(open_ones)}
    return [Counted(names.get(id or 0), people.get(id, 0), *seen.get(id, (0, 0))) for id in (*names, None)]


def unsent(now: datetime, reader: Reader) -> list[Unsent]:
    """People whose phones may hold something, the oldest first."""
    found: dict[int, list[Hint]] = defaultdict(list)
    for hint in (*_missing_media(now, reader), *_idle_visits(now, reader), *_silent_plans(now, reader)):
        found[hint.person_id].append(hint)
    people = db.session.scalars(select(Person).where(Person.id.in_(found)))
    return sorted((_of(person, found[person.id]) for person in people), key=lambda each: each.since)


class Hint(NamedTuple):
    """One reason to think so."""

    person_id: int
    kind: str
    since: datetime


def _visits_by_department(since: datetime, reader: Reader) -> dict[int | None, tuple[int, int]]:
    """Active people and visits."""
    query = (
        select(Person.department_id, func.count(Person.id.distinct()), func.count(Visit.id))
        .join(Visit, Visit.person_id == Person.id)
        .where(
            Visit.started_at >= since,
            Visit.import_id.is_(None),
            Visit.counts,
            reader.at_sites(Visit.site_id),
        )
        .group_by(Person.department_id)
    )
    return {department: (active, visits) for department, active, visits in db.session.execute(query)}


def _missing_media(now: datetime, reader: Reader) -> Iterable[Hint]:
    """Photos and voice notes that observations speak of and that have not come."""
    body = type_coerce(Observation.body, Text)
    speaking = (
        select(Observation)
        .join(Visit, Visit.id == Observation.visit_id)
        .where(
            Observation.received_at.between(now - LOOKING_BACK, now - LATE),
            Observation.stands,
            reader.at_sites(Visit.site_id),
            or_(*(body.like(f'%"{field}":[{{%') for field, _ in MEDIA)),
        )
    )
    observations = db.session.scalars(speaking).all()
    here = _here([observation.id for observation in observations])
    for observation in observations:
        for field, _ in MEDIA:
            for entry in (observation.body or {}).get(field) or ():
                if UUID(entry["id"]) not in here and observation.person_id:
                    yield Hint(observation.person_id, "media", observation.observed_at)


def _here(observation_ids: list[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for _, medium in MEDIA:
        found |= set(db.session.scalars(select(medium.id).where(medium.observation_id.in_(observation_ids))))
    return found


def _idle_visits(now: datetime, reader: Reader) -> Iterable[Hint]:
    """Visits that began and were neither finished nor paused, while their maker's phone is silent."""
    query = (
        select(Visit.person_id, Visit.started_at)
        .join(Person, Person.id == Visit.person_id)
        .where(
            Visit.status == "in_progress",
            Visit.counts,
            reader.at_sites(Visit.site_id),
            Visit.started_at.between(now - LOOKING_BACK, now - IDLE),
            or_(Person.last_seen_at.is_(None), Person.last_seen_at < now - IDLE),
        )
    )
    for person_id, started_at in db.session.execute(query):
        assert person_id and started_at  # by the join, and by storing
        yield Hint(person_id, "open_visits", started_at)


def _silent_plans(now: datetime, reader: Reader) -> Iterable[Hint]:
    """Plans whose hour is over, without a visit here, and whose observer has not been heard since."""
    query = (
        select(Plan.observer_id, Plan.starts_at)
        .join(Person, Person.id == Plan.observer_id)
        .outerjoin(Visit, Visit.plan_id == Plan.id)
        .where(
            Visit.id.is_(None),
            Plan.cancelled_at.is_(None),
            Plan.declined_at.is_(None),
            Plan.starts_at.between(now - LOOKING_BACK, now - IDLE),
            or_(Person.last_seen_at.is_(None), Person.last_seen_at < Plan.starts_at),
            reader.at_sites(Plan.site_id),
        )
    )
    for observer_id, starts_at in db.session.execute(query):
        assert observer_id
        yield Hint(observer_id, "planned", starts_at)


def _of(person: Person, hints: list[Hint]) -> Unsent:
    count = {kind: sum(1 for hint in hints if hint.kind == kind) for kind in ("media", "open_visits", "planned")}
    return Unsent(person.name, person.initials, min(hint.since for hint in hints), person.last_seen_at, **count)
