"""From low ratings to the open improvements that look like the same cause as one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from shadowing.backlog.models import UNDECIDED, Improvement
from shadowing.backlog.same_cause.figures import SameCause
from shadowing.backlog.same_cause.rule import LowRatings, shared_cause
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.vocabulary import FACTORS, LOW_RATING, REASONS, Level
from shadowing.journeys.models import Area
from shadowing.people.reader import Reader
from shadowing.people.zones import home_zone
from shadowing.visits.models.visit import Observation
from shadowing.visits.window import window_start

#: Of the low ratings of an area, the newest tell why.
LATEST = 400


def same_causes(item: Improvement, reader: Reader, now: datetime) -> tuple[SameCause, ...]:
    """Judged by low ratings that this reader may see. Nothing for what was serious: that is put right by itself."""
    others = list(_others(item, now)) if _may_become_one(item, now) else []
    if not others:
        return ()
    here = low_ratings(item.area, item.panel_id, item.level, reader, now)
    found = []
    for other in others:
        shared = shared_cause(here, low_ratings(other.area, other.panel_id, other.level, reader, now))
        if shared is not None:
            merged, into = (item, other) if item.state == "proposed" else (other, item)
            found.append(
                SameCause(
                    other_id=str(other.id),
                    title=other.names,
                    touchpoint=other.area.touchpoint.name,
                    channel=other.area.channel,
                    level=other.level,
                    shared=shared,
                    merged_id=merged.id,
                    merged_revision=merged.revision,
                    into_id=into.id,
                )
            )
    return tuple(found)


def low_ratings(area: Area, panel_id: int, level: Level, reader: Reader, now: datetime) -> LowRatings:
    """Within the window; of an import all of them."""
    conditions = [
        Observation.area_id == area.id,
        Observation.panel_id == panel_id,
        Observation.scored.is_(True),
        getattr(Observation, level) <= LOW_RATING,
        reader.at_sites(Observation.site_id),
    ]
    if area.touchpoint.journey.origin != "import":
        conditions.append(Observation.observed_at >= window_start(now))
    newest = select(Observation.counted).where(*conditions).order_by(Observation.observed_at.desc()).limit(LATEST)
    seen = [counted["facts"] if counted else [] for counted in db.session.scalars(newest)]
    named = Counter((kind, key) for facts in seen for kind, key in facts)
    return LowRatings(
        total=len(seen),
        reasons={slug: n for slug in REASONS[level] if (n := named[f"reason:{level}", slug])},
        factors={slug: n for slug in FACTORS if (n := named[f"factor:{slug}", "hurt"])},
    )


def _others(item: Improvement, now: datetime) -> Iterator[Improvement]:
    """Of the same touchpoint and level at another channel; one of the two still waits to be decided."""
    query = select(Improvement).join(Area, Area.id == Improvement.area_id)
    same = Improvement.panel_id == item.panel_id, Improvement.level == item.level, Improvement.state.in_(UNDECIDED)
    elsewhere = Area.touchpoint_id == item.area.touchpoint_id, Area.id != item.area_id
    for other in db.session.scalars(query.where(*same, *elsewhere).order_by(Improvement.id)):
        if _may_become_one(other, now) and "proposed" in (item.state, other.state):
            yield other


def _may_become_one(item: Improvement, now: datetime) -> bool:
    asleep = item.asleep(clock.day_at(now, home_zone()))
    return item.state in UNDECIDED and item.serious is None and not asleep
