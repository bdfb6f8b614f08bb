"""What comparing sites and channels needs of a fit: kept by the worker, read by the few areas a page shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import delete, insert, select

from shadowing.core.database import db
from shadowing.core.vocabulary import Level
from shadowing.scoring.models import KeptAreaSides, KeptFitSides
from shadowing.scoring.panel_rows import PanelRows
from shadowing.scoring.solved_level import SolvedLevel
from shadowing.scoring.statistics.equations import Variances
from shadowing.scoring.statistics.linking import linked_groups
from shadowing.scoring.statistics.sides import (
    OUTSIDE,
    AreaSides,
    FitSides,
    OneSide,
    apart,
    area_sides,
    fit_sides,
    rows_of_side,
    score_of,
)
from shadowing.scoring.store import KnownAreas

Rows = Sequence[dict[str, Any]]
#: Of the fits, and of the areas.
KeptSides = tuple[Rows, Rows]


@dataclass(frozen=True)
class LevelSides:
    """One level of a panel, as far as it was asked for.

    sites: id -> its number; where the fit has no β, the one site that all rows are of.
    linked: of an import, area id -> number of its group of areas that observers connect.
    """

    fit: FitSides
    sites: Mapping[int, int]
    areas: Mapping[int, AreaSides]
    linked: Mapping[int, int]

    def side(self, area_id: int, site_id: int | None = None) -> OneSide | None:
        """An area at a site, or over everything. None: the fit does not know the area."""
        area = self.areas.get(area_id)
        if area is None:
            return None
        if site_id is None or (site_id in self.sites and not self.fit.sites):
            return OneSide(area_id, area)
        return OneSide(area_id, area, self.sites.get(site_id, OUTSIDE))

    def score(self, side: OneSide) -> tuple[float, float]:
        return score_of(self.fit, side)

    def rows(self, side: OneSide) -> int:
        return rows_of_side(side)

    def apart(self, one: OneSide, other: OneSide) -> tuple[float, float]:
        """How much higher the first is, and the standard error of that."""
        return apart(self.fit, one, other)


def sides_of(
    panel_id: int, rows: PanelRows, solved: Mapping[Level, SolvedLevel], areas: KnownAreas, live: bool
) -> KeptSides:
    """What is kept of the fits and of every area in its present epoch. Reads and writes nothing."""
    numbers = {unit: number for number, unit in enumerate(rows.units)}
    present = {id: numbers[id, map.epoch] for id, (_, map, _) in areas.items() if (id, map.epoch) in numbers}
    of_touchpoint: dict[int, list[int]] = defaultdict(list)
    for id in present:
        of_touchpoint[areas[id][1].touchpoint_id].append(id)
    fits, kept = [], []
    for level, each in solved.items():
        fit = fit_sides(each.fit)
        place = {"panel_id": panel_id, "level": level}
        fits.append(
            {**place, "sites": _sites_of(each, rows, level), "variances": vars(fit.variances), "numbers": fit.packed()}
        )
        linked = {} if live else _linked(each, rows)
        for id, area in area_sides(each.fit, each.parts, present, list(of_touchpoint.values())).items():
            beside = {str(other): near for other, near in area.beside.items()}
            kept.append({**place, "area_id": id, "linked": linked.get(id), "beside": beside, "numbers": area.packed()})
    return fits, kept


def write_sides(panel_id: int, kept: KeptSides) -> None:
    """Replace what was known. Callers commit."""
    fits, areas = kept
    db.session.execute(delete(KeptFitSides).where(KeptFitSides.panel_id == panel_id))
    db.session.execute(delete(KeptAreaSides).where(KeptAreaSides.panel_id == panel_id))
    if fits:
        db.session.execute(insert(KeptFitSides), list(fits))
    if areas:
        db.session.execute(insert(KeptAreaSides), list(areas))


def level_sides(panel_id: int, wanted: Mapping[Level, Sequence[int]]) -> dict[Level, LevelSides]:
    """wanted: level -> ids of the areas that are shown by it. A level that was not fitted is left out."""
    fits = db.session.scalars(select(KeptFitSides).where(KeptFitSides.panel_id == panel_id))
    return {each.level: _read(each, wanted[each.level]) for each in fits if each.level in wanted}


def _read(kept: KeptFitSides, area_ids: Sequence[int]) -> LevelSides:
    columns = (KeptAreaSides.area_id, KeptAreaSides.linked, KeptAreaSides.beside, KeptAreaSides.numbers)
    query = select(*columns).where(
        KeptAreaSides.panel_id == kept.panel_id,
        KeptAreaSides.level == kept.level,
        KeptAreaSides.area_id.in_(area_ids),
    )
    rows = db.session.execute(query).all()
    return LevelSides(
        fit=FitSides.unpacked(kept.numbers, Variances(**kept.variances), len(kept.sites) if len(kept.sites) > 1 else 0),
        sites={site: number for number, site in enumerate(kept.sites)},
        areas={
            id: AreaSides.unpacked(numbers, {int(other): near for other, near in beside.items()})
            for id, _, beside, numbers in rows
        },
        linked={id: linked for id, linked, _, _ in rows if linked is not None},
    )


def _sites_of(solved: SolvedLevel, rows: PanelRows, level: Level) -> list[int]:
    """Those of the fit in their order there; the one that all ratings of the level are of."""
    if solved.rows.site_columns:
        return rows.sites
    return [int(id) for id in np.unique(rows.site[~np.isnan(rows.measures[level])])]


def _linked(level: SolvedLevel, rows: PanelRows) -> dict[int, int]:
    """Area id -> number of its group of areas that the observers of an import connect."""
    pairs = zip(level.rows.observer.tolist(), level.rows.area.tolist(), strict=True)
    return linked_groups({(observer, rows.units[unit][0]) for observer, unit in pairs})
