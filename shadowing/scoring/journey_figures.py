"""Index, pyramid and emotion curve of one journey, computed where the fit is at hand (METHOD 4, 5.1). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from shadowing.core.vocabulary import LEVELS, Z90, Level
from shadowing.journeys.models import KeptStanding
from shadowing.scoring.kept import KeptFeeling, KeptGap, KeptIndex, KeptLevel, KeptOfRows, KeptSeen
from shadowing.scoring.panel_rows import PanelRows, different
from shadowing.scoring.solved_level import SolvedLevel
from shadowing.scoring.statistics.equations import Rows
from shadowing.scoring.statistics.index import LevelIndex, area_weights, combine
from shadowing.scoring.statistics.normal import cumulative
from shadowing.scoring.statistics.scoring import Fit, fit

LEAST_EMOTIONS = 3


@dataclass(frozen=True)
class MapArea:
    """One area of the journey map: customers a month (None = unmeasured) and its settings.

    fixed_at, standing: while a fix is being seen again (METHOD 6.1); then what was seen before it counts as well.
    """

    area_id: int
    epoch: int
    touchpoint_id: int
    stage: str
    channel: str
    reach: float | None
    importance: int
    targets: Mapping[Level, float]
    fixed_at: datetime | None = None
    standing: KeptStanding | None = None

    @property
    def counted(self) -> tuple[int, ...]:
        """The epochs whose visits count."""
        return tuple(range(1, self.epoch + 1)) if self.standing else (self.epoch,)


def figures_of(
    rows: PanelRows,
    solved: Mapping[Level, SolvedLevel],
    areas: Sequence[MapArea],
    site: int | None = None,
    curve: Mapping[str, KeptFeeling] | None = None,
) -> KeptOfRows:
    """What the summary and the pyramid card show, ready to keep as JSON.

    site: at one site alone, by its id; curve: the feelings as they were kept, where they are not to be fitted anew.
    """
    at = None if site is None else rows.sites.index(site)
    here = rows if site is None else rows.only(rows.site == site)
    solved = {level: each for level, each in solved.items() if not np.isnan(here.measures[level]).all()}
    weights = area_weights([np.nan if a.reach is None else a.reach for a in areas], [a.importance for a in areas])
    unit_of = {unit: number for number, unit in enumerate(rows.units)}
    numbers = [unit_of.get((a.area_id, a.epoch)) for a in areas]
    indexes = {level: each.index(at, *_split(each.fit, weights, numbers)) for level, each in solved.items()}
    seen = _seen(here, areas)
    ratings = int(sum(np.count_nonzero(~np.isnan(here.measures[level])) for level in LEVELS))
    covered = sum(float(w) for w, a in zip(weights, areas, strict=True) if str(a.area_id) in seen["areas"])
    return {
        "rows": ratings,
        "weights": {str(a.area_id): float(w) for a, w in zip(areas, weights, strict=True)},
        "index": _index(indexes, covered, ratings),
        "pyramid": {level: _level(index, level, areas, weights) for level, index in indexes.items()},
        "seen": seen,
        "cells": {cell: n for cell, (n, _) in seen["cells"].items()},
        "emotions": _emotion_curve(here, areas) if curve is None else dict(curve),
    }


def expectation_gaps(
    units: Sequence[tuple[int, int]], solved: Fit | None, areas: Sequence[MapArea]
) -> dict[str, KeptGap]:
    """Area id -> its gap (METHOD 4), of areas where anybody was asked in their present epoch."""
    if solved is None:
        return {}
    number = {unit: n for n, unit in enumerate(units)}
    of_area = {area.area_id: number.get((area.area_id, area.epoch)) for area in areas}
    return {
        str(area): {
            "value": float(solved.scores[n]),
            "error": float(solved.errors[n]),
            "n": int(solved.area_rows[n]),
        }
        for area, n in of_area.items()
        if n is not None and solved.area_rows[n]
    }


def _seen(rows: PanelRows, areas: Sequence[MapArea]) -> KeptSeen:
    """Different visits and the moment of the last one by area, touchpoint and "stage channel", in epochs that count.

    Visits overlap between areas, so they cannot be added up later.
    """
    return {
        "areas": _seen_by(rows, {(a.area_id, e): str(a.area_id) for a in areas for e in a.counted}),
        "touchpoints": _seen_by(rows, {(a.area_id, e): str(a.touchpoint_id) for a in areas for e in a.counted}),
        "cells": _seen_by(rows, {(a.area_id, e): f"{a.stage} {a.channel}" for a in areas for e in a.counted}),
    }


def _seen_by(rows: PanelRows, of_unit: Mapping[tuple[int, int], str]) -> dict[str, list[int]]:
    """Name of the group -> visits, and seconds since 1970 of the last row."""
    groups = sorted(set(of_unit.values()))
    elsewhere = len(groups)
    numbers = np.array([groups.index(of_unit[u]) if u in of_unit else elsewhere for u in rows.units], dtype=np.int64)
    group = numbers[rows.unit] if len(rows) else np.zeros(0, dtype=np.int64)
    visits, last = different(group, rows.visit, elsewhere + 1), np.zeros(elsewhere + 1)
    np.maximum.at(last, group, rows.moment)
    return {name: [int(visits[i]), int(last[i])] for i, name in enumerate(groups) if visits[i]}


def _level(part: LevelIndex, level: Level, areas: Sequence[MapArea], weights: np.ndarray) -> KeptLevel:
    target = 25 * (float(np.dot(weights, [a.targets[level] for a in areas])) - 1)
    return {
        "value": part.value,
        "error": part.error,
        "low": part.value - Z90 * part.error,
        "high": part.value + Z90 * part.error,
        "target": target,
        "p_below": float(cumulative((target - part.value) / part.error)),
    }


def _index(levels: Mapping[Level, LevelIndex], covered: float, rows: int) -> KeptIndex | None:
    if not levels:
        return None
    index = combine(levels, covered, rows)
    return {
        "value": index.value,
        "error": index.error,
        "levels": list(index.levels),
        "covered": index.covered,
        "rows": index.rows,
        "low": index.low,
        "high": index.high,
        "band": index.band,
        "provisional": index.provisional,
    }


def _split(solved: Fit, weights: np.ndarray, numbers: list[int | None]) -> tuple[np.ndarray, list[float]]:
    """Weights of the areas this level knows something of, in the fit's order, and of those it does not."""
    seen, unseen = np.zeros(len(solved.area_effects)), []
    for weight, number in zip(weights, numbers, strict=True):
        if number is not None and (solved.area_rows[number] or solved.follows[number]):
            seen[number] += weight
        else:
            unseen.append(float(weight))
    return seen, unseen


def _emotion_curve(rows: PanelRows, areas: Sequence[MapArea]) -> dict[str, KeptFeeling]:
    """Touchpoint id -> mean feeling with its interval; what was walked is not a customer's feeling."""
    own = _of_customers(rows, areas)
    touchpoints = {a.area_id: a.touchpoint_id for a in areas}
    names = sorted(set(touchpoints.values()))
    if not len(own):
        return {}
    number = {name: n for n, name in enumerate(names)}
    of_unit = np.array([number.get(touchpoints.get(area, -1), -1) for area, _ in own.units], dtype=np.int64)
    place = of_unit[own.unit]
    felt = own.measures["emotion"]
    solved = fit(Rows(place, own.observer, own.visit, felt, len(names), len(own.observers), own.visits))
    low, high = solved.interval()
    return {
        str(names[i]): {
            "value": float(solved.scores[i]),
            "low": float(low[i]),
            "high": float(high[i]),
            "n": int(solved.area_rows[i]),
        }
        for i in np.flatnonzero(solved.area_rows)
    }


def _of_customers(rows: PanelRows, areas: Sequence[MapArea]) -> PanelRows:
    mapped = {a.area_id for a in areas}
    in_journey = np.array([area in mapped for area, _ in rows.units], dtype=bool)
    here = in_journey[rows.unit] if len(rows) else np.zeros(0, dtype=bool)
    return rows.only(here & ~np.isnan(rows.measures["emotion"]) & ~rows.walked)
