"""The rows of one panel's window, read once and turned into arrays of unit numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
from sqlalchemy import DateTime, Select, String, cast, or_, select, type_coerce

from shadowing.core.database import db
from shadowing.journeys.models import AreaEpoch
from shadowing.scoring.panel_rows import MEASURES, Ints, PanelRows
from shadowing.visits.models.totals import Panel
from shadowing.visits.models.visit import Observation, Visit

MOMENT = "datetime64[us]"
#: Area, person, visit, site, moment and offset come before the measures.
WHOLE_COLUMNS = 6
AT_ONCE = 50_000
#: So many visits can be named in a query.
FEW = 500


@dataclass(frozen=True)
class LoadedPanel:
    """The rows, and which visit each came with: `visit_ids[source[row]]`.

    customers: visit id, or that of the encounter where observers shared the customer -> visit number of the rows.
    """

    rows: PanelRows
    visit_ids: list[UUID]
    source: Ints
    customers: dict[UUID, int]


def load_panel(panel: Panel, since: datetime, visits: Collection[UUID] | None = None) -> LoadedPanel:
    """Everything that counts in the panel since then. Never touches notes or bodies.

    visits: ids of the only ones to read, some hundreds at the most.
    """
    columns = _Columns()
    query = _counted_rows(panel, since, visits)
    for rows in db.session.execute(query, execution_options={"yield_per": AT_ONCE}).partitions():
        columns.add(rows)
    area, person, source, site, moment, offset, *measures = columns.joined()
    at, visit_ids = moment.astype(MOMENT), [UUID(name) for name in columns.visits]
    customers, number, walked = _customers(panel, visit_ids, source)
    opened = _openings()
    units, unit = _pairs(area, _epochs(area, at, opened))
    units += _unseen_epochs(units, opened)
    observers, observer = _pairs(person + _pseudonyms(panel, visit_ids)[source], walked)
    seconds = at.astype(np.int64) / 1e6
    found = PanelRows(
        units=units,
        parents=parents_of(units),
        sites=np.unique(site).tolist(),
        observers=[f"{who}{'w' if walking else ''}" for who, walking in observers],
        unit=unit,
        observer=observer,
        visit=number,
        site=site,
        day=((seconds + 60 * offset) // 86_400).astype(np.int64),
        moment=seconds,
        walked=walked,
        measures=dict(zip(MEASURES, measures, strict=True)),
    )
    return LoadedPanel(found, visit_ids, source, customers)


class _Columns:
    """Rows of the database as they come, column by column: a million rows are never held as rows."""

    def __init__(self) -> None:
        self.visits: dict[str, int] = {}
        self._pieces: list[list[npt.NDArray[Any]]] = []

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        area, person, visit, site, moment, offset, *measures = zip(*rows, strict=True)
        whole = [_whole(area), _whole(person), self._numbered(visit), _whole(site)]
        times = [np.array(moment, dtype=MOMENT).astype(np.int64), _whole(offset)]
        self._pieces.append([*whole, *times, *(np.array(values, dtype=float) for values in measures)])

    def joined(self) -> list[npt.NDArray[Any]]:
        kinds = [np.int64] * WHOLE_COLUMNS + [np.float64] * len(MEASURES)
        return [
            np.concatenate([np.zeros(0, dtype=kind), *(piece[n] for piece in self._pieces)])
            for n, kind in enumerate(kinds)
        ]

    def _numbered(self, names: Sequence[str]) -> Ints:
        known = self.visits
        return np.fromiter((known.setdefault(name, len(known)) for name in names), dtype=np.int64, count=len(names))


def _counted_rows(panel: Panel, since: datetime, visits: Collection[UUID] | None) -> Select[Any]:
    query = select(
        Observation.area_id,
        Observation.person_id,
        cast(Observation.visit_id, String),
        Observation.site_id,
        type_coerce(Observation.observed_at, DateTime()),
        Observation.offset_minutes,
        *(getattr(Observation, name) for name in MEASURES),
    ).where(Observation.panel_id == panel.id, Observation.scored.is_(True), Observation.observed_at >= since)
    if visits is not None:
        query = query.where(Observation.visit_id.in_(visits))
    return query.order_by(Observation.observed_at, Observation.area_id, Observation.visit_id)


def _customers(
    panel: Panel, visit_ids: Sequence[UUID], source: Ints
) -> tuple[dict[UUID, int], Ints, npt.NDArray[np.bool_]]:
    """The number of each row's visit, shared where observers shared the customer, and whether it was walked."""
    encounters, walks = _special_visits(panel, visit_ids if len(visit_ids) <= FEW else None)
    customers: dict[UUID, int] = {}
    keys = [encounters.get(visit, visit) for visit in visit_ids]
    number = np.array([customers.setdefault(key, len(customers)) for key in keys], dtype=np.int64)
    walked = np.array([visit in walks for visit in visit_ids], dtype=bool)
    return customers, number[source], walked[source]


def _special_visits(panel: Panel, among: Sequence[UUID] | None) -> tuple[dict[UUID, UUID], set[UUID]]:
    """Visits that share their customer with another observer, and visits that were walked."""
    query = select(Visit.id, Visit.encounter_id, Visit.mode).where(
        Visit.panel_id == panel.id, or_(Visit.encounter_id.is_not(None), Visit.mode == "walked")
    )
    rows = db.session.execute(query if among is None else query.where(Visit.id.in_(among))).all()
    encounters = {visit: encounter for visit, encounter, _ in rows if encounter}
    return encounters, {visit for visit, _, mode in rows if mode == "walked"}


def _pseudonyms(panel: Panel, visit_ids: Sequence[UUID]) -> Ints:
    """What tells imported observers apart, of each visit; 0 where the file named none, and for all visits of ours."""
    if panel.kind != "import":
        return np.zeros(len(visit_ids), dtype=np.int64)
    rows = db.session.execute(
        select(Visit.id, Visit.pseudonym).where(Visit.panel_id == panel.id, Visit.pseudonym.is_not(None))
    )
    known = {visit: number for visit, number in rows}
    return np.array([known.get(visit, 0) for visit in visit_ids], dtype=np.int64)


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
