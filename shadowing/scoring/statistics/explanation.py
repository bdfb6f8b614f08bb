"""This number, explained (METHOD 1.9): what was given, who looked, what kind of visits, how few."""

import math
from dataclasses import dataclass

import numpy as np

from shadowing.scoring.statistics.equations import FloatArray, Rows
from shadowing.scoring.statistics.scoring import Fit


@dataclass(frozen=True)
class Steps:
    """Four steps that add up to the score, on 1-5: raw + who + visits + few."""

    raw: float
    who: float
    visits: float
    few: float

    @property
    def score(self) -> float:
        return self.raw + self.who + self.visits + self.few

    @property
    def stations(self) -> tuple[int, int, int, int]:
        """In whole points 0-100: as given, corrected for who looked, for the visits, and the score.

        A step is the difference of two of them, so that steps add up as they are shown.
        """
        reached = (self.raw, self.raw + self.who, self.raw + self.who + self.visits, self.score)
        first, second, third, last = (_points(value) for value in reached)
        return first, second, third, last


def explained(rows: Rows, solved: Fit) -> list[Steps | None]:
    """Of every area, (I,); None where nobody has rated."""
    lenient = solved.panel_shares @ solved.observer_effects
    who = lenient - _mean(rows, solved.observer_effects[rows.observer])
    if rows.site_columns:
        shares = _site_shares_of_rows(rows)
        who = who + ((solved.site_shares - shares) @ solved.site_effects)
    company = np.bincount(rows.visit, minlength=rows.visits)[rows.visit] > 1
    visits = 0.0 - _mean(rows, np.where(company, solved.visit_effects[rows.visit], 0.0))  # no -0.0: engines differ
    few = solved.scores - solved.raw_means - who - visits
    return [
        Steps(float(solved.raw_means[i]), float(who[i]), float(visits[i]), float(few[i])) if n else None
        for i, n in enumerate(solved.area_rows)
    ]


def explained_part(raw: float, seen: float, score: float) -> Steps:
    """Of a site or another part of an area: what was seen there is pulled towards the whole; no visits."""
    return Steps(raw, seen - raw, 0.0, score - seen)


def _mean(rows: Rows, values: FloatArray) -> FloatArray:
    """(I,) over the rows of each area; 0 without rows."""
    n = np.bincount(rows.area, minlength=rows.areas)
    total = np.bincount(rows.area, weights=values, minlength=rows.areas)
    return np.divide(total, n, out=np.zeros(rows.areas), where=n > 0)


def _site_shares_of_rows(rows: Rows) -> FloatArray:
    """n_is/n_i of the rows of each area's present epoch alone, (I, S)."""
    cell = rows.area * rows.sites + rows.site
    n = np.bincount(cell, minlength=rows.areas * rows.sites).reshape(rows.areas, rows.sites)
    return np.asarray(n / np.maximum(n.sum(axis=1, keepdims=True), 1))


def _points(value: float) -> int:
    return math.floor(25 * (min(max(value, 1.0), 5.0) - 1) + 0.5)
