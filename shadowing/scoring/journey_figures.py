"""Index, pyramid and emotion curve of one journey, computed where the fit is at hand (METHOD 4, 5.1). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from shadowing.core.vocabulary import LEVELS, Z90, Level
from shadowing.scoring.fitting import different
from shadowing.scoring.kept import KeptFeeling, KeptIndex, KeptLevel, KeptOfRows, KeptPeakEnd, KeptSeen
from shadowing.scoring.panel_rows import PanelRows
from shadowing.scoring.statistics import emotion
from shadowing.scoring.statistics.equations import Rows
from shadowing.scoring.statistics.index import area_weights, combine, level_index
from shadowing.scoring.statistics.normal import cumulative
from shadowing.scoring.statistics.scoring import Fit, fit

LEAST_EMOTIONS = 3


@dataclass(frozen=True)
class MapArea:
    """One area of the journey map: customers a month (None = unmeasured) and its settings."""

    area_id: int
    epoch: int
    touchpoint_id: int
    stage: str
    channel: str
    reach: float | None
    importance: int
    targets: Mapping[Level, float]


def figures_of(rows: PanelRows, fits: Mapping[Level, Fit], areas: Sequence[MapArea]) -> KeptOfRows:
    """What the summary and the pyramid card show, ready to keep as JSON."""
    weights = area_weights([np.nan if a.reach is None else a.reach for a in areas], [a.importance for a in areas])
    unit_of = {unit: number for number, unit in enumerate(rows.units)}
    numbers = [unit_of.get((a.area_id, a.epoch)) for a in areas]
    levels = {level: _level(solved, level, areas, weights, numbers) for level, solved in fits.items()}
    seen = _seen(rows, areas)
    return {
        "rows": int(sum(np.count_nonzero(~np.isnan(rows.measures[level])) for level in LEVELS)),
        "weights": {str(a.area_id): float(w) for a, w in zip(areas, weights, strict=True)},
        "index": _index(fits, weights, numbers),
        "pyramid": levels,
        "seen": seen,
        "cells": {cell: n for cell, (n, _) in seen["cells"].items()},
        "emotions": _emotion_curve(rows, areas),
        "peak_end": _peak_end(rows, areas),
    }


def _seen(rows: PanelRows, areas: Sequence[MapArea]) -> KeptSeen:
    """Different visits and the moment of the last one, by area, touchpoint and "stage channel" of the present epochs.

    Visits overlap between areas, so they cannot be added up later.
    """
    return {
        "areas": _seen_by(rows, {(a.area_id, a.epoch): str(a.area_id) for a in areas}),
        "touchpoints": _seen_by(rows, {(a.area_id, a.epoch): str(a.touchpoint_id) for a in areas}),
        "cells": _seen_by(rows, {(a.area_id, a.epoch): f"{a.stage} {a.channel}" for a in areas}),
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


def _level(
    solved: Fit, level: Level, areas: Sequence[MapArea], weights: np.ndarray, numbers: list[int | None]
) -> KeptLevel:
    part = level_index(solved, *_split(solved, weights, numbers))
    target = 25 * (float(np.dot(weights, [a.targets[level] for a in areas])) - 1)
    return {
        "value": part.value,
        "error": part.error,
        "low": part.value - Z90 * part.error,
        "high": part.value + Z90 * part.error,
        "target": target,
        "p_below": float(cumulative((target - part.value) / part.error)),
    }


def _index(fits: Mapping[Level, Fit], weights: np.ndarray, numbers: list[int | None]) -> KeptIndex | None:
    if not fits:
        return None
    levels = {level: level_index(solved, *_split(solved, weights, numbers)) for level, solved in fits.items()}
    rows = sum(solved.rows for solved in fits.values())
    seen = {n for solved in fits.values() for n in numbers if n is not None and solved.area_rows[n]}
    covered = sum(float(w) for w, n in zip(weights, numbers, strict=True) if n in seen)
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
    """Weights of the areas this level has rows for, in the fit's order, and of those it has not."""
    seen, unseen = np.zeros(len(solved.area_effects)), []
    for weight, number in zip(weights, numbers, strict=True):
        if number is not None and solved.area_rows[number]:
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
    place = np.array([names.index(touchpoints[own.units[unit][0]]) for unit in own.unit])
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


def _peak_end(rows: PanelRows, areas: Sequence[MapArea]) -> KeptPeakEnd | None:
    own = _of_customers(rows, areas)
    per_visit: dict[int, list[int]] = {}
    for visit, felt in zip(own.visit, own.measures["emotion"], strict=True):  # rows come in time order
        per_visit.setdefault(int(visit), []).append(int(felt))
    values = [value for felt in per_visit.values() if (value := emotion.peak_end(felt)) is not None]
    mean = emotion.journey_peak_end(values)
    if mean is None:
        return None
    return {"value": mean.value, "low": mean.low, "high": mean.high, "count": mean.count}


def _of_customers(rows: PanelRows, areas: Sequence[MapArea]) -> PanelRows:
    mapped = {a.area_id for a in areas}
    in_journey = np.array([area in mapped for area, _ in rows.units], dtype=bool)
    here = in_journey[rows.unit] if len(rows) else np.zeros(0, dtype=bool)
    return rows.only(here & ~np.isnan(rows.measures["emotion"]) & ~rows.walked)
