"""The rows of one panel's window, read once and turned into arrays of unit numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import String, cast, or_, select

from shadowing.database import db
from shadowing.journeys.models import AreaEpoch
from shadowing.visits.models import Observation, Panel, Visit
from shadowing.vocabulary import LEVELS

WINDOW = timedelta(days=180)
MEASURES = (*LEVELS, "emotion", "expectation")

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class PanelRows:
    """Observations of a window as arrays of one length n.

    units: (area id, epoch) of each unit number; observers: `12`, or `12w` for the same person walking;
    unit, observer, visit, site, day (n,) int; measures: name -> (n,) float, nan where nothing was said;
    moment (n,) seconds since 1970; walked (n,) bool.
    """

    units: list[tuple[int, int]]
    observers: list[str]
    unit: Ints
    observer: Ints
    visit: Ints
    site: Ints
    day: Ints
    moment: Floats
    walked: npt.NDArray[np.bool_]
    measures: dict[str, Floats]

    def __len__(self) -> int:
        return len(self.unit)

    @property
    def visits(self) -> int:
        return int(self.visit.max()) + 1 if len(self.visit) else 0

    def only(self, keep: npt.NDArray[np.bool_]) -> PanelRows:
        """The rows where `keep` is true; unit, observer and visit numbers stay as they are."""
        arrays = ("unit", "observer", "visit", "site", "day", "moment", "walked")
        cut: dict[str, Any] = {name: getattr(self, name)[keep] for name in arrays}
        return replace(self, **cut, measures={name: values[keep] for name, values in self.measures.items()})


def window_start(panel: Panel, now: datetime) -> datetime:
    """An import's window ends at its newest row; ours ends now."""
    return (panel.anchored_at or now) - WINDOW


def load_rows(panel: Panel, now: datetime) -> PanelRows:
    """Everything that counts in the panel's window. Never touches notes or bodies."""
    found = db.session.execute(
        select(
            Observation.area_id,
            Observation.person_id,
            cast(Observation.visit_id, String),
            Observation.site_id,
            Observation.observed_at,
            Observation.offset_minutes,
            *(getattr(Observation, name) for name in MEASURES),
        )
        .where(
            Observation.panel_id == panel.id,
            Observation.scored.is_(True),
            Observation.observed_at >= window_start(panel, now),
        )
        .order_by(Observation.observed_at, Observation.id)
    ).all()
    columns: Sequence[Sequence[Any]] = list(zip(*found, strict=True)) or [()] * (6 + len(MEASURES))
    area, person, visit, site, moment, offset, *measures = columns
    encounters, walks = _special_visits(panel)
    seconds = np.array([at.timestamp() for at in moment])
    walked = np.array([name in walks for name in visit], dtype=bool)
    units, unit = _numbered(list(zip(area, _epochs(area, moment), strict=True)))
    observers, observer = _numbered([f"{p or 0}{'w' if w else ''}" for p, w in zip(person, walked, strict=True)])
    _, visit_number = _numbered([encounters.get(name, name) for name in visit])
    return PanelRows(
        units=units,
        observers=observers,
        unit=unit,
        observer=observer,
        visit=visit_number,
        site=np.array([number or 0 for number in site], dtype=np.int64),
        day=((seconds + 60 * np.array(offset, dtype=float)) // 86_400).astype(np.int64),
        moment=seconds,
        walked=walked,
        measures={
            name: np.array([np.nan if value is None else value for value in values], dtype=float)
            for name, values in zip(MEASURES, measures, strict=True)
        },
    )


def _special_visits(panel: Panel) -> tuple[dict[str, str], set[str]]:
    """Visits that share their customer with another observer, and visits that were walked."""
    rows = db.session.execute(
        select(cast(Visit.id, String), cast(Visit.encounter_id, String), Visit.mode).where(
            Visit.panel_id == panel.id, or_(Visit.encounter_id.is_not(None), Visit.mode == "walked")
        )
    ).all()
    encounters = {visit: encounter for visit, encounter, _ in rows if encounter}
    return encounters, {visit for visit, _, mode in rows if mode == "walked"}


def _epochs(areas: Sequence[int], moments: Sequence[datetime]) -> list[int]:
    """The epoch each row belongs to, by the moment it was observed."""
    opened: dict[int, list[datetime]] = defaultdict(list)
    for area, at in db.session.execute(select(AreaEpoch.area_id, AreaEpoch.opened_at).order_by(AreaEpoch.opened_at)):
        opened[area].append(at)
    if not opened:
        return [1] * len(areas)
    return [1 + bisect_right(opened.get(area, []), at) for area, at in zip(areas, moments, strict=True)]


def _numbered(names: list[Any]) -> tuple[list[Any], Ints]:
    """Different names in order of first appearance, and the number of each row's name."""
    numbers: dict[Any, int] = {}
    rows = np.fromiter((numbers.setdefault(name, len(numbers)) for name in names), dtype=np.int64, count=len(names))
    return list(numbers), rows
