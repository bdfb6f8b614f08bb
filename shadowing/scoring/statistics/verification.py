"""Did the fix work? The visits after it against a fair estimate from before (METHOD 6).

"Before" is the pulled-in score, not the plain mean: areas are picked because they looked bad, and plain means of picked
areas recover by themselves. What changed everywhere else in the same time is taken off.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from shadowing.core.vocabulary import Z90
from shadowing.scoring.statistics.equations import FloatArray, IntArray, Variances
from shadowing.scoring.statistics.scoring import Fit

FEWEST, MOST = 3, 20
Z80 = 0.8416
#: A change of which half a point is the least that is worth finding, in points.
LEAST_CHANGE = 0.5
#: Variance of what changed everywhere where fewer than ten rows tell it.
DRIFT_UNKNOWN, LEAST_CONTROL = 0.0225, 10
#: Spread of changes that the always-valid interval expects, and how sure it is meant to be.
MIXTURE, SURE = 0.75, 0.10
IRRELEVANT = 0.3

Verdict = Literal["not_enough", "improved", "worse", "no_relevant_change", "no_change_shown"]


@dataclass(frozen=True)
class Planned:
    """How many ratings are to decide, 3 to 20; unseen: the change in points below which they cannot show one."""

    visits: int
    unseen: float | None = None


@dataclass(frozen=True)
class MeasuredChange:
    """Δ in points of 1-5 and its standard error, from `n` ratings after the fix; after: their mean as corrected."""

    value: float
    error: float
    n: int
    after: float

    @property
    def z(self) -> float:
        return self.value / self.error

    @property
    def interval(self) -> tuple[float, float]:
        """90 %, for the agreed number of visits."""
        return self.value - Z90 * self.error, self.value + Z90 * self.error

    @property
    def always_valid(self) -> float:
        """Half the width of the interval that holds 90 % however often one looks."""
        wide = (MIXTURE / self.error) ** 2
        return self.error * math.sqrt((1 + 1 / wide) * (math.log(1 + wide) - 2 * math.log(SURE)))


@dataclass(frozen=True)
class Seen:
    """Ratings of a time: arrays of one length; numbers of the fit of before, below 0 what it does not know.

    Of observers and sites that it does not know each has a negative number of its own.
    """

    area: IntArray
    observer: IntArray
    site: IntArray
    visit: IntArray
    rating: FloatArray

    def __len__(self) -> int:
        return len(self.rating)


def row_variance(variances: Variances) -> float:
    """σw²: of one rating, its visit's part included."""
    return variances.residual + variances.visit


def planned_visits(score: float, error: float, target: float, variances: Variances) -> Planned:
    """The fewest that show δ = max(0.5, T − m_b) in 80 of 100 cases; none within 20: 20, and what they cannot show."""
    wanted = max(LEAST_CHANGE, target - score)
    for visits in range(FEWEST, MOST + 1):
        if wanted / _spread(error, visits, variances) >= Z90 + Z80:
            return Planned(visits)
    return Planned(MOST, (Z90 + Z80) * _spread(error, MOST, variances))


def change(before: Fit, area: int, score: float, after: Seen, control: Seen) -> MeasuredChange:
    """Of one level. score: m_b, frozen when the fix went live; after: of the area; control: of areas without a fix.

    ValueError without a rating after the fix.
    """
    if not len(after):
        raise ValueError("without a rating after the fix there is nothing to compare")
    drift, drift_variance, beside = _drift(before, control)
    at = before.site_shares[area] if before.site_shares.shape[1] else np.zeros(0)
    usual = before.panel_shares @ before.observer_effects + at @ before.site_effects
    corrected = after.rating - _effects(before.observer_effects, after.observer) - _sites(before, after)
    seen = float(corrected.mean() + usual)
    line = _line(before, after, area) - beside
    variance = before.variance_of(line) + row_variance(before.variances) / len(after) + drift_variance
    variance += _unknown(after.observer, before.variances.observer)
    if len(before.site_effects):
        variance += _unknown(after.site, before.variances.site)
    return MeasuredChange(seen - score - drift, math.sqrt(variance), len(after), seen)


def verdict(found: MeasuredChange, planned: int, stood: Verdict | None = None) -> Verdict:
    """At the planned number; before it only what the always-valid interval shows, after it only that changes it.

    stood: the verdict at the planned number, where it has been passed.
    """
    early = found.n >= FEWEST and abs(found.value) > found.always_valid
    by_sign: Verdict = "improved" if found.value > 0 else "worse"
    if found.n < planned:
        return by_sign if early else "not_enough"
    if found.n > planned and stood is not None and stood != "not_enough":
        return by_sign if early and stood == "no_change_shown" else stood
    if abs(found.z) > Z90:
        return by_sign
    low, high = found.interval
    return "no_relevant_change" if low >= -IRRELEVANT and high <= IRRELEVANT else "no_change_shown"


def _spread(error: float, visits: int, variances: Variances) -> float:
    return math.sqrt(error**2 + row_variance(variances) / visits + DRIFT_UNKNOWN)


def _drift(before: Fit, control: Seen) -> tuple[float, float, FloatArray]:
    """D, its variance, and the mean line of the control rows; nothing where fewer than ten tell it."""
    known = (control.area >= 0) & (control.observer >= 0)
    if len(before.site_effects):
        known &= control.site >= 0
    n = int(known.sum())
    if n < LEAST_CONTROL:
        return 0.0, DRIFT_UNKNOWN, np.zeros(len(before.inverse))
    rows = Seen(*(getattr(control, name)[known] for name in ("area", "observer", "site", "visit", "rating")))
    expected = before.mean + before.area_effects[rows.area] + before.observer_effects[rows.observer]
    left = rows.rating - expected - _sites(before, rows)
    spread, together = row_variance(before.variances), before.variances.visit / row_variance(before.variances)
    a_visit = n / len(np.unique(rows.visit))
    variance = spread / n * (1 + (a_visit - 1) * together)
    return float(left.mean()), variance, _line(before, rows)


def _line(before: Fit, rows: Seen, area: int | None = None) -> FloatArray:
    """1 at μ, and at areas (or the one), observers and sites the shares of these rows, (p,)."""
    areas, observers, sites = len(before.area_effects), len(before.observer_effects), len(before.site_effects)
    line = np.zeros(len(before.inverse))
    line[0] = 1.0
    places = np.full(len(rows), area) if area is not None else rows.area
    for first, size, units in ((1, areas, places), (1 + areas, observers, rows.observer)):
        line[first : first + size] = np.bincount(units[units >= 0], minlength=size) / len(rows)
    if sites:
        known = rows.site[rows.site >= 0]
        line[1 + areas + observers :] = np.bincount(known, minlength=sites) / len(rows)
    return line


def _effects(effects: FloatArray, units: IntArray) -> FloatArray:
    """0 for who was not known before."""
    return np.where(units < 0, 0.0, np.append(effects, 0.0)[np.maximum(units, -1)])


def _sites(before: Fit, rows: Seen) -> FloatArray:
    return _effects(before.site_effects, rows.site) if len(before.site_effects) else np.zeros(len(rows))


def _unknown(units: IntArray, variance: float) -> float:
    """Σ h_j² τ² over those that were not known before."""
    _, rows = np.unique(units[units < 0], return_counts=True)
    return float(((rows / len(units)) ** 2).sum() * variance)
