"""From a panel's rows to what is known of each unit: fits per level, verdicts, counts. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

import numpy as np

from shadowing.core.vocabulary import LEVELS, Level
from shadowing.scoring.panel_rows import PanelRows
from shadowing.scoring.statistics import pyramid, verdicts
from shadowing.scoring.statistics.equations import DEFAULT_VARIANCES, Rows, Variances
from shadowing.scoring.statistics.scoring import Fit, fit

Unit = tuple[int, int]
Flag = tuple[int, int, Level]


@dataclass(frozen=True)
class LevelScore:
    """One level of one unit, on 1-5."""

    n: int
    observers: int
    raw_mean: float
    score: float
    error: float
    target: float
    probability: float
    gain: float
    gain_variance: float
    verdict: verdicts.Verdict


@dataclass(frozen=True)
class UnitCounts:
    """How much was seen: rows are observations with at least one rating."""

    rows: int
    visits: int
    observers: int
    days: int
    last: float


@dataclass(frozen=True)
class UnitResult:
    """Everything known of one area in one epoch."""

    levels: Mapping[Level, LevelScore]
    counts: UnitCounts

    @property
    def findings(self) -> dict[Level, pyramid.LevelFinding]:
        return {
            level: pyramid.LevelFinding(score.verdict.slug, score.probability, score.gain)
            for level, score in self.levels.items()
        }


def fit_levels(rows: PanelRows, variances: Mapping[Level, Variances]) -> dict[Level, Fit]:
    """One fit per level that has rows (METHOD 1.2); variances: level -> those that hold."""
    return {
        level: fit(said, variances.get(level, DEFAULT_VARIANCES))
        for level in LEVELS
        if (said := rows_of(rows, level)) is not None
    }


def rows_of(rows: PanelRows, measure: str) -> Rows | None:
    """The rows that say something on one measure; None when nobody did."""
    said = ~np.isnan(rows.measures[measure])
    if not said.any():
        return None
    return Rows(
        area=rows.unit[said],
        observer=rows.observer[said],
        visit=rows.visit[said],
        rating=rows.measures[measure][said],
        areas=len(rows.units),
        observers=len(rows.observers),
        visits=rows.visits,
    )


def judge_units(
    rows: PanelRows, fits: Mapping[Level, Fit], targets: Mapping[int, Mapping[Level, float]], flagged: Set[Flag]
) -> dict[Unit, UnitResult]:
    """Scores, verdicts and counts of every unit with rows.

    targets: area id -> level -> target; flagged: (area id, epoch, level) under a flag at present.
    """
    counts = _counts(rows)
    per_level = {level: _judge_level(rows, solved, level, targets, flagged) for level, solved in fits.items()}
    return {
        unit: UnitResult(
            levels={level: scores[number] for level, scores in per_level.items() if number in scores},
            counts=counts[number],
        )
        for number, unit in enumerate(rows.units)
        if number in counts
    }


def _judge_level(
    rows: PanelRows, solved: Fit, level: Level, targets: Mapping[int, Mapping[Level, float]], flagged: Set[Flag]
) -> dict[int, LevelScore]:
    aims = np.array([targets[area][level] for area, _ in rows.units])
    short = verdicts.shortfall(aims, solved.scores, solved.errors)
    found = {}
    for number in np.flatnonzero(solved.area_rows):
        area, epoch = rows.units[number]
        n, observers = int(solved.area_rows[number]), int(solved.area_observers[number])
        probability = float(short.probability[number])
        found[int(number)] = LevelScore(
            n=n,
            observers=observers,
            raw_mean=float(solved.raw_means[number]),
            score=float(solved.scores[number]),
            error=float(solved.errors[number]),
            target=float(aims[number]),
            probability=probability,
            gain=float(short.gain[number]),
            gain_variance=float(short.variance[number]),
            verdict=verdicts.verdict(n, observers, solved.panel_size, probability, (area, epoch, level) in flagged),
        )
    return found


def _counts(rows: PanelRows) -> dict[int, UnitCounts]:
    rated = ~np.all(np.isnan([rows.measures[level] for level in LEVELS]), axis=0)
    unit, size = rows.unit[rated], len(rows.units)
    if not len(unit):
        return {}
    last = np.zeros(size)
    np.maximum.at(last, unit, rows.moment[rated])
    n = np.bincount(unit, minlength=size)
    visits, observers, days = (different(unit, values[rated], size) for values in (rows.visit, rows.observer, rows.day))
    return {
        int(i): UnitCounts(int(n[i]), int(visits[i]), int(observers[i]), int(days[i]), float(last[i]))
        for i in np.flatnonzero(n)
    }


def different(unit: np.ndarray, other: np.ndarray, size: int) -> np.ndarray:
    """How many different values of `other`, whole numbers from 0 on, each unit has."""
    most = int(other.max(initial=0)) + 1
    return np.bincount(np.unique(unit * most + other) // most, minlength=size)
