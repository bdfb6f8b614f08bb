"""The rows of one panel's window, read once and turned into arrays of unit numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import DateTime, Select, String, cast, or_, select, type_coerce

from shadowing.core.database import db
from shadowing.journeys.models import AreaEpoch
from shadowing.scoring.panel_rows import MEASURES, Ints, PanelRows
from shadowing.visits.models.totals import Panel
from shadowing.visits.models.visit import Observation, Visit

MOMENT = "datetime64[us]"


def load_rows(panel: Panel, since: datetime) -> PanelRows:
    """Everything of the panel that counts, from then on. Never touches notes or bodies."""
    found = db.session.execute(_counted_rows(panel, since)).all()
    columns: Sequence[Sequence[Any]] = list(zip(*found, strict=True)) or [()] * (6 + len(MEASURES))
    area, person, visit, site, moment, offset, *measures = columns
    at = np.array(moment, dtype=MOMENT)
    number, walked = _visits(panel, visit)
    opened = _openings()
    units, unit = _pairs(_whole(area), _epochs(_whole(area), at, opened))
    units += _unseen_epochs(units, opened)
    observers, observer = _pairs(_whole(person) + _pseudonyms(panel, visit), walked)
    seconds = at.astype(np.int64) / 1e6
    return PanelRows(
        units=units,
        parents=parents_of(units),
        sites=sorted({int(id) for id in _whole(site)}),
        observers=[f"{who}{'w' if walking else ''}" for who, walking in observers],
        unit=unit,
        observer=observer,
        visit=number,
        site=_whole(site),
        day=((seconds + 60 * _whole(offset)) // 86_400).astype(np.int64),
        moment=seconds,
        walked=walked,
        measures={name: np.array(values, dtype=float) for name, values in zip(MEASURES, measures, strict=True)},
    )


def _counted_rows(panel: Panel, since: datetime) -> Select[Any]:
    return (
        select(
            Observation.area_id,
            Observation.person_id,
            cast(Observation.visit_id, String),
            Observation.site_id,
            type_coerce(Observation.observed_at, DateTime()),
            Observation.offset_minutes,
            *(getattr(Observation, name) for name in MEASURES),
        )
        .where(
            Observation.panel_id == panel.id,
            Observation.scored.is_(True),
            Observation.observed_at >= since,
        )
        .order_by(Observation.observed_at, Observation.area_id, Observation.visit_id)
    )


def _visits(panel: Panel, names: Sequence[str]) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """The number of each row's visit, shared where observers shared the customer, and whether it was walked."""
    visits, number = _numbered(names)
    encounters, walks = _special_visits(panel)
    _, shared = _numbered([encounters.get(name, name) for name in visits])
    return shared[number], np.array([name in walks for name in visits], dtype=bool)[number]


def _special_visits(panel: Panel) -> tuple[dict[str, str], set[str]]:
    """Visits that share their customer with another observer, and visits that were walked."""
    rows = db.session.execute(
        select(cast(Visit.id, String), cast(Visit.encounter_id, String), Visit.mode).where(
            Visit.panel_id == panel.id, or_(Visit.encounter_id.is_not(None), Visit.mode == "walked")
        )
    ).all()
    encounters = {visit: encounter for visit, encounter, _ in rows if encounter}
    return encounters, {visit for visit, _, mode in rows if mode == "walked"}


def _pseudonyms(panel: Panel, names: Sequence[str]) -> Ints:
    """What tells imported observers apart; 0 where the file named none, and for all visits of ours."""
    rows = db.session.execute(
        select(cast(Visit.id, String), Visit.pseudonym).where(Visit.panel_id == panel.id, Visit.pseudonym.is_not(None))
    )
    known = {visit: number for visit, number in rows}
    return np.array([known.get(name, 0) for name in names] if known else np.zeros(len(names)), dtype=np.int64)


def parents_of(units: Sequence[tuple[int, int]]) -> list[int]:
    """For each unit the number of the newest earlier epoch of its area that is there, -1 where there is none."""
    number = {unit: n for n, unit in enumerate(units)}
    earlier = [[number[area, e] for e in range(1, epoch) if (area, e) in number] for area, epoch in units]
    return [found[-1] if found else -1 for found in earlier]


def _openings() -> dict[int, list[datetime]]:
    """Area id -> when its later epochs began, in order."""
    rows = db.session.execute(select(AreaEpoch.area_id, type_coerce(AreaEpoch.opened_at, DateTime())))
    found: dict[int, list[datetime]] = {}
    for area_id, opened in rows:
        found.setdefault(area_id, []).append(opened)
    return found


def _epochs(area: Ints, at: npt.NDArray[np.datetime64], openings: Mapping[int, Sequence[datetime]]) -> Ints:
    """The epoch each row belongs to, by the moment it was observed."""
    epoch = np.ones(len(area), dtype=np.int64)
    for area_id, moments in openings.items():
        for opened in moments:
            epoch += (area == area_id) & (at >= np.datetime64(opened))
    return epoch


def _unseen_epochs(
    units: Sequence[tuple[int, int]], openings: Mapping[int, Sequence[datetime]]
) -> list[tuple[int, int]]:
    """The present epoch of what was fixed and not seen since: it starts where the one before ended (METHOD 1.2)."""
    present = {area: len(moments) + 1 for area, moments in openings.items()}
    known = set(units)
    return sorted({(area, present[area]) for area, _ in units if area in present} - known)


def _whole(values: Sequence[int | None]) -> Ints:
    """Whole numbers; 0 where there is none."""
    whole: Ints = np.nan_to_num(np.array(values, dtype=float)).astype(np.int64)
    return whole


def _pairs(first: Ints, second: npt.NDArray[Any]) -> tuple[list[tuple[int, int]], Ints]:
    """Different pairs, and the number of each row's pair."""
    size = int(second.max(initial=0)) + 1
    keys, number = np.unique(first * size + second, return_inverse=True)
    return [(int(key) // size, int(key) % size) for key in keys], number


def _numbered(names: Sequence[str]) -> tuple[list[str], Ints]:
    """Different names in order of first appearance, and the number of each row's name."""
    numbers: dict[str, int] = {}
    rows = np.fromiter((numbers.setdefault(name, len(numbers)) for name in names), dtype=np.int64, count=len(names))
    return list(numbers), rows
