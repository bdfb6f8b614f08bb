"""What became of what one observer noted, and how that observer's eye compares. For that person alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from shadowing.backlog.models import Evidence, Improvement
from shadowing.core.database import db
from shadowing.journeys.models import Area, Touchpoint
from shadowing.people.models import Person
from shadowing.scoring.leniency import over_levels
from shadowing.scoring.models import ALL, PanelFit
from shadowing.visits.media.models import Photo
from shadowing.visits.media.serving import ids_to_show
from shadowing.visits.models.totals import Panel
from shadowing.visits.models.visit import Observation
from shadowing.visits.tallies import LIVE

MOST_ITEMS = 12
#: The four dots of the track; a declined item stays where it was, and says so.
STEPS = {
    "proposed": "noted",
    "declined": "noted",
    "merged": "noted",
    "accepted": "in_work",
    "in_progress": "in_work",
    "reopened": "in_work",
    "shipped": "shipped",
    "verifying": "shipped",
    "verified": "proven",
}


def echo(person: Person) -> dict[str, Any]:
    """The newest change first; `total` counts all items this person gave evidence for."""
    rows = db.session.execute(_items(person).order_by(Improvement.changed_at.desc(), Improvement.id.desc())).all()
    shown = rows[:MOST_ITEMS]
    noted = _noted_by(person, [item.id for item, _, _ in shown])
    others = _others(person, [item.id for item, _, _ in shown])
    pictures = ids_to_show(Photo, [id for ids in noted.values() for id in ids])
    items = [
        {
            "id": str(item.id),
            "title": item.title,
            "place": touchpoint.name,
            "channel": area.channel,
            "level": item.level,
            "serious": item.serious,
            "state": item.state,
            "step": STEPS[item.state],
            "others": others.get(item.id, 0),
            "photo": next((pictures[id][0] for id in noted[item.id] if id in pictures), None),
            "changed_at": item.changed_at.isoformat(),
        }
        for item, area, touchpoint in shown
    ]
    return {"items": items, "total": len(rows), "eye": _eye(person)}


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
