"""What became of what one observer noted, and how that observer's eye compares. For that person alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select

from shadowing.backlog.models import Evidence, Improvement
from shadowing.core.database import db
from shadowing.core.i18n import language
from shadowing.journeys.models import Area, Touchpoint
from shadowing.people.models import Person
from shadowing.scoring.leniency import over_levels
from shadowing.scoring.models import ALL, PanelFit
from shadowing.visits.media.erasing import erase_unreadable_photos
from shadowing.visits.media.models import Photo
from shadowing.visits.media.serving import ids_to_show
from shadowing.visits.models.totals import Panel
from shadowing.visits.models.visit import Observation
from shadowing.visits.tallies import LIVE

MOST_ITEMS = 12
#: So long somebody may still remember what was on it.
TOLD_DAYS = timedelta(days=30)
#: The dots of the track; a declined item stays where it was, and says so. That something is fixed is not said before
#: it is proven: whoever looks again shall not know (DECISIONS 41).
STEPS = {
    "proposed": "noted",
    "declined": "noted",
    "merged": "noted",
    "accepted": "in_work",
    "in_progress": "in_work",
    "reopened": "in_work",
    "shipped": "in_work",
    "verifying": "in_work",
    "verified": "proven",
}

BLIND = {"shipped": "in_progress", "verifying": "in_progress"}


def echo(person: Person, now: datetime) -> dict[str, Any]:
    """Newest change first, titles in the phone’s language; `total` counts all items this person gave evidence for."""
    rows = db.session.execute(_items(person).order_by(Improvement.changed_at.desc(), Improvement.id.desc())).all()
    shown = rows[:MOST_ITEMS]
    noted = _noted_by(person, [item.id for item, _, _ in shown])
    others = _others(person, [item.id for item, _, _ in shown])
    pictures = ids_to_show(Photo, [id for ids in noted.values() for id in ids])
    items = [
        {
            "id": str(item.id),
            "title": item.title_in(language()),
            "place": touchpoint.name,
            "channel": area.channel,
            "level": item.level,
            "serious": item.serious,
            "state": BLIND.get(item.state, item.state),
            "step": STEPS[item.state],
            "others": others.get(item.id, 0),
            "photo": next((pictures[id][0] for id in noted[item.id] if id in pictures), None),
            "changed_at": item.changed_at.isoformat(),
        }
        for item, area, touchpoint in shown
    ]
    return {"items": items, "total": len(rows), "unreadable": _unreadable(person, now), "eye": _eye(person)}


def has_unreadable_bytes(person: Person) -> bool:
    """Whether something is kept that this person's phone has not been told is unreadable."""
    kept = (Photo.person_id == person.id, Photo.state == "unreadable", Photo.erased_at.is_(None))
    return bool(db.session.scalar(select(exists().where(*kept))))


def forget_unreadable(told: Sequence[str], now: datetime) -> None:
    """The phone has been told which pictures cannot be read, so their bytes may go. Commits."""
    erase_unreadable_photos(Photo.id.in_([UUID(id) for id in told]), now)
    db.session.commit()


def _unreadable(person: Person, now: datetime) -> list[dict[str, Any]]:
    """Pictures that came lately and cannot be shown, the newest first, each with where it was taken."""
    query = (
        select(Photo, Observation.observed_at, Touchpoint.name)
        .join(Observation, Observation.id == Photo.observation_id)
        .outerjoin(Area, Area.id == Observation.area_id)
        .outerjoin(Touchpoint, Touchpoint.id == Area.touchpoint_id)
        .where(Photo.person_id == person.id, Photo.state == "unreadable", Photo.removed_at.is_(None))
        .where(Photo.received_at > now - TOLD_DAYS)
        .order_by(Photo.received_at.desc(), Photo.id)
        .limit(MOST_ITEMS)
    )
    return [
        {"id": str(photo.id), "observation_id": str(photo.observation_id), "place": name, "observed_at": at.isoformat()}
        for photo, at, name in db.session.execute(query)
    ]


def _items(person: Person) -> Any:
    mine = select(Evidence.improvement_id).join(Observation, Observation.id == Evidence.observation_id)
    return (
        select(Improvement, Area, Touchpoint)
        .join(Area, Area.id == Improvement.area_id)
        .join(Touchpoint, Touchpoint.id == Area.touchpoint_id)
        .where(Improvement.id.in_(mine.where(Observation.person_id == person.id)))
    )


def _noted_by(person: Person, items: Sequence[int]) -> dict[int, list[UUID]]:
    """Item -> this person's observations that speak for it, the newest first."""
    query = select(Evidence.improvement_id, Observation.id).join(Observation, Observation.id == Evidence.observation_id)
    query = query.where(Evidence.improvement_id.in_(items), Observation.person_id == person.id)
    found: dict[int, list[UUID]] = {item: [] for item in items}
    for item, observation in db.session.execute(query.order_by(Observation.observed_at.desc(), Observation.id)):
        found[item].append(observation)
    return found


def _others(person: Person, items: Sequence[int]) -> dict[int, int]:
    """Item -> how many other people noted the same. How many, never who."""
    query = select(Evidence.improvement_id, func.count(Observation.person_id.distinct()))
    query = query.join(Observation, Observation.id == Evidence.observation_id)
    query = query.where(Evidence.improvement_id.in_(items), Observation.person_id != person.id)
    return {item: n for item, n in db.session.execute(query.group_by(Evidence.improvement_id))}


def _eye(person: Person) -> dict[str, float] | None:
    fits = (
        select(PanelFit.eyes)
        .join(Panel, Panel.id == PanelFit.panel_id)
        .where(Panel.kind == LIVE, PanelFit.scope == ALL)
    )
    settled = [eyes[str(person.id)] for eyes in db.session.scalars(fits) if eyes and str(person.id) in eyes]
    eye = over_levels(settled)
    return None if eye is None else {name: round(value, 3) for name, value in eye._asdict().items()}
