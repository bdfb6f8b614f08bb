"""From a panel's rows to what is known of each unit: fits per level, verdicts, counts. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

import numpy as np

from shadowing.core.vocabulary import LEVELS, Level
from shadowing.scoring.panel_rows import PanelRows, different
from shadowing.scoring.solved_level import LevelAsSeen, SolvedLevel
from shadowing.scoring.statistics import pyramid, verdicts
from shadowing.scoring.statistics.equations import DEFAULT_VARIANCES, Rows, Variances
from shadowing.scoring.statistics.explanation import Steps
from shadowing.scoring.statistics.parts import site_parts
from shadowing.scoring.statistics.scoring import Fit, fit

Unit = tuple[int, int]
Flag = tuple[int, int, Level]


@dataclass(frozen=True)
class LevelScore:
    """One level of one unit, on 1-5. n is 0 right after a fix; then nothing is explained and there is no mean.

    steps: how the score comes from what was given; towards: what few ratings are pulled to.
    """

    n: int
    observers: int
    raw_mean: float | None
    score: float
    error: float
    target: float
    probability: float
    gain: float
    gain_variance: float
    verdict: verdicts.Verdict
    steps: Steps | None = None
    towards: float | None = None


@dataclass(frozen=True)
class UnitCounts:
    """How much was seen: rows are observations with at least one rating; last: seconds since 1970."""

    rows: int = 0
    visits: int = 0
    observers: int = 0
    days: int = 0
    last: float | None = None


@dataclass(frozen=True)
class UnitResult:
    """Everything known of one area in one epoch. counts: of this epoch; of_all: of all epochs in the window."""

    levels: Mapping[Level, LevelScore]
    counts: UnitCounts
    of_all: UnitCounts

    @property
    def findings(self) -> dict[Level, pyramid.LevelFinding]:
        return {
            level: pyramid.LevelFinding(score.verdict.slug, score.probability, score.gain)
            for level, score in self.levels.items()
        }


def solve_levels(rows: PanelRows, variances: Mapping[Level, Variances]) -> dict[Level, SolvedLevel]:
    """One fit per level that has rows (METHOD 1.2); variances: level -> those that hold."""
    rated = {level: said for level in LEVELS if (said := rows_of(rows, level)) is not None}
    fits = {level: fit(said, variances.get(level, DEFAULT_VARIANCES)) for level, said in rated.items()}
    return {level: solved_level(rated[level], fitted) for level, fitted in fits.items()}


def solved_level(said: Rows, fitted: Fit) -> SolvedLevel:
    """With the sites as parts of every area, where there are two or more (METHOD 1.8)."""
    return SolvedLevel(said, fitted, site_parts(said, fitted) if said.site_columns else None)


def rows_of(rows: PanelRows, measure: str) -> Rows | None:
    """The rows that say something on one measure; None when nobody did."""
    said = ~np.isnan(rows.measures[measure])
    if not said.any():
        return None
    apart = different_sites(rows, said) > 1
    return cut_of(rows, measure, said, apart, rows.visits)


def cut_of(rows: PanelRows, measure: str, said: np.ndarray, apart: bool, visits: int) -> Rows:
    """The rows where `said` is true, on one measure. apart: whether they are of two or more sites."""
    site = np.searchsorted(rows.sites, rows.site[said]) if apart else np.zeros(int(said.sum()), dtype=np.int64)
    return Rows(
        area=rows.unit[said],
        observer=rows.observer[said],
        visit=rows.visit[said],
        rating=rows.measures[measure][said],
        areas=len(rows.units),
        observers=len(rows.observers),
        visits=visits,
        site=site,
        sites=len(rows.sites) if apart else 1,
        parents=np.array(rows.parents, dtype=np.int64),
    )


def different_sites(rows: PanelRows, said: np.ndarray) -> int:
    """How many sites these rows come from."""
    return int(np.count_nonzero(np.bincount(np.searchsorted(rows.sites, rows.site[said]))))


def judge_units(
    rows: PanelRows,
    solved: Mapping[Level, SolvedLevel],
    targets: Mapping[int, Mapping[Level, float]],
    flagged: Set[Flag] = frozenset(),
    site: int | None = None,
    among: Set[int] | None = None,
) -> dict[Unit, UnitResult]:
    """Scores, verdicts and counts of every unit with rows, and of what was fixed and not seen since.

    targets: area id -> level -> target; flagged: (area id, epoch, level) under a flag at present.
    site: as they stand at one site, by its id: parts of the same fit (METHOD 1.8).
    among: numbers of the only units asked for; then `rows` may be theirs alone.
    """
    here = rows if site is None else rows.only(rows.site == site)
    counts = _counts(here)
    of_all = counts if rows.no_fixes else _counts(replace(here, unit=rows.places[here.unit]))
    at, places = None if site is None else rows.sites.index(site), rows.places
    per_level = {
        level: _judged(rows, each.as_seen(at), level, targets, flagged, among)
        for level, each in solved.items()
        if not np.isnan(here.measures[level]).all()
    }
    found = {number for scores in per_level.values() for number in scores} | (counts.keys() & (among or counts.keys()))
    return {
        rows.units[number]: UnitResult(
            levels={level: scores[number] for level, scores in per_level.items() if number in scores},
            counts=counts.get(number, UnitCounts()),
            of_all=of_all.get(int(places[number]), UnitCounts()),
        )
        for number in sorted(found)
    }


def _judged(
    rows: PanelRows,
    seen: LevelAsSeen,
    level: Level,
    targets: Mapping[int, Mapping[Level, float]],
    flagged: Set[Flag],
    among: Set[int] | None,
) -> dict[int, LevelScore]:
    aims = np.array([targets[area][level] for area, _ in rows.units])
    short = verdicts.shortfall(aims, seen.scores, seen.errors)
    found = {}
    for number in np.flatnonzero(seen.shown):
        if among is not None and number not in among:
            continue
        area, epoch = rows.units[number]
        n, observers, mean = int(seen.rows[number]), int(seen.observers[number]), float(seen.raw[number])
        probability = float(short.probability[number])
        found[int(number)] = LevelScore(
            n=n,
            observers=observers,
            raw_mean=mean if n else None,
            score=float(seen.scores[number]),
            error=float(seen.errors[number]),
            target=float(aims[number]),
            probability=probability,
            gain=float(short.gain[number]),
            gain_variance=float(short.variance[number]),
            verdict=verdicts.verdict(n, observers, seen.panel_size, probability, (area, epoch, level) in flagged),
            steps=seen.steps(int(number)),
            towards=float(seen.towards[number]),
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
