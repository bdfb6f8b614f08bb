"""The ways of many visits as arrays, for whatever the kept-up totals do not tell apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import func, or_, select

from shadowing.core.database import db
from shadowing.journeys.models import Area, AreaEpoch, Journey
from shadowing.scoring.filter import Asked
from shadowing.scoring.queries import panel_of_journey
from shadowing.visits.models.totals import VisitPath
from shadowing.visits.paths import SIGNS, unpacked

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class PathArrays:
    """Steps of visits in time order within each visit, as arrays of one length.

    area, at (seconds since 1970), handover (paths.HANDOVER_NUMBERS), visit, customer (shared by observers who walked
    beside the same one), person (0 = unknown), site (0 = none).
    """

    area: Ints
    at: Ints
    handover: Ints
    visit: Ints
    customer: Ints
    person: Ints
    site: Ints

    def __len__(self) -> int:
        return len(self.area)

    def only(self, keep: npt.NDArray[np.bool_]) -> PathArrays:
        return replace(self, **{name: values[keep] for name, values in vars(self).items()})

    def seen_by(self, group_of_area: Mapping[int, str]) -> dict[str, tuple[int, int]]:
        """Group -> different customers, and when the last was seen (seconds since 1970)."""
        names = sorted(set(group_of_area.values()))
        if not names or not len(self):
            return {}
        lookup = np.full(max(*group_of_area, int(self.area.max())) + 1, len(names))
        for area, name in group_of_area.items():
            lookup[area] = names.index(name)
        group = lookup[self.area]
        met = np.zeros((int(self.customer.max()) + 1, len(names) + 1), dtype=bool)
        met[self.customer, group] = True
        last = np.zeros(len(names) + 1, dtype=np.int64)
        np.maximum.at(last, group, self.at)
        customers = met.sum(axis=0)
        return {name: (int(customers[i]), int(last[i])) for i, name in enumerate(names) if customers[i]}


def paths_asked(journey: Journey, asked: Asked, now: datetime) -> PathArrays | None:
    """What a filtered view counts, read once for all its parts; None = everything is asked for, which is kept up."""
    if asked.everything:
        return None
    filters = {"site_id": asked.site_id, "persona_id": asked.persona_id, "scenario": asked.scenario}
    return load_paths(panel_of_journey(journey), journey.id, asked.start(now), **filters)


def load_paths(panel_id: int, journey_id: int | None, since: datetime, **wanted: Any) -> PathArrays:
    """What was seen since then, in the epochs that count. wanted: site_id, persona_id, scenario; None = any."""
    whose, where = func.coalesce(VisitPath.person_id, 0), func.coalesce(VisitPath.site_id, 0)
    query = select(VisitPath.steps, VisitPath.encounter, whose, where).where(
        VisitPath.panel_id == panel_id, VisitPath.last_at >= since
    )
    if journey_id is not None:
        query = query.where(VisitPath.journey_id == journey_id)
    for name, value in wanted.items():
        if value is not None:
            query = query.where(getattr(VisitPath, name) == value)
    rows = db.session.connection().execute(query).all()  # plain rows: a session looks at each of them once more
    if not rows:
        return PathArrays(*(np.zeros(0, dtype=np.int64) for _ in range(7)))
    texts, encounters, people, sites = zip(*rows, strict=True)
    steps = unpacked(texts)
    each = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) // SIGNS
    numbers: dict[str, int] = {}
    customer = np.fromiter((numbers.setdefault(e, len(numbers)) for e in encounters), np.int64, len(encounters))
    paths = PathArrays(
        area=steps["area"].astype(np.int64),
        at=steps["at"].astype(np.int64),
        handover=steps["handover"].astype(np.int64),
        visit=np.repeat(np.arange(len(texts)), each),
        customer=np.repeat(customer, each),
        person=np.repeat(np.array(people, dtype=np.int64), each),
        site=np.repeat(np.array(sites, dtype=np.int64), each),
    )
    return paths.only((paths.at >= int(since.timestamp())) & (paths.at >= _opened(paths)))


def _opened(paths: PathArrays) -> Ints:
    """When what counts of each step's area began; 0 = always. What a fix closed counts until it is taken over."""
    if not len(paths):
        return np.zeros(0, dtype=np.int64)
    since = np.zeros(int(paths.area.max()) + 1, dtype=np.int64)
    present = (
        select(AreaEpoch.area_id, AreaEpoch.opened_at)
        .join(Area, (Area.id == AreaEpoch.area_id) & (Area.epoch == AreaEpoch.number))
        .where(or_(AreaEpoch.standing.is_(None), AreaEpoch.taken_over_at.is_not(None)))
    )
    for area_id, opened in db.session.execute(present):
        if area_id < len(since):
            since[area_id] = int(np.ceil(opened.timestamp()))
    return since[paths.area]
