"""Scores of METHOD 1.1 and 1.2: what an average observer of the panel would have rated.

One call per level. Emotion (−2..+2) and the expectation gap run through the same `fit`.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from shadowing.core.vocabulary import Z90
from shadowing.scoring.statistics.equations import (
    DEFAULT_VARIANCES,
    FloatArray,
    IntArray,
    Rows,
    Variances,
    VisitSums,
    assemble,
    visit_sums,
    visit_weights,
)


class NothingToFit(ValueError):
    """There is not one row: no mean exists, hence no score for anybody."""


@dataclass(frozen=True)
class Fit:
    """The solved panel of one level, I areas and J observers, p = 1 + I + J.

    mean              μ
    area_effects      (I,)   a, 0 where an area has no rows
    observer_effects  (J,)   o
    visit_effects     (K,)   v̂
    panel_shares      (J,)   p_j, rows of the observer / all rows
    inverse           (p, p) C = A⁻¹, so that Cov = σ² C
    area_rows         (I,)   rows of each area
    area_observers    (I,)   different observers of each area
    observer_areas    (J,)   different areas of each observer
    raw_means         (I,)   plain mean of the ratings, nan without rows
    """

    variances: Variances
    mean: float
    area_effects: FloatArray
    observer_effects: FloatArray
    visit_effects: FloatArray
    panel_shares: FloatArray
    inverse: FloatArray
    area_rows: IntArray
    area_observers: IntArray
    observer_areas: IntArray
    raw_means: FloatArray

    @property
    def rows(self) -> int:
        return int(self.area_rows.sum())

    @property
    def panel_size(self) -> int:
        """Observers with at least one row."""
        return int(np.count_nonzero(self.panel_shares))

    @property
    def base(self) -> float:
        """μ + Σ p_j o_j: the score of an area nobody has seen."""
        return float(self.mean + self.panel_shares @ self.observer_effects)

    @cached_property
    def scores(self) -> FloatArray:
        """m_i, (I,). An area without rows gets the base."""
        return self.base + self.area_effects

    @cached_property
    def errors(self) -> FloatArray:
        """s_i, (I,). An area without rows gets √(τa² + σ² ℓ0'Cℓ0), as METHOD 1.2 asks."""
        areas = slice(1, 1 + len(self.area_effects))
        spread = self._base_column
        own = np.diagonal(self.inverse)[areas]
        return np.sqrt(self.variances.residual * (self._base_variance + 2 * spread[areas] + own))

    @property
    def unseen_error(self) -> float:
        """Standard error of an area that is not even a column of this fit."""
        return float(np.sqrt(self.variances.area + self.variances.residual * self._base_variance))

    def interval(self) -> tuple[FloatArray, FloatArray]:
        """m_i ± 1.6449 s_i, not clipped: clipping is for display."""
        return self.scores - Z90 * self.errors, self.scores + Z90 * self.errors

    def variance_of_mix(self, weights: FloatArray, outside: float = 0.0) -> float:
        """Variance of Σ W_i m_i for `weights` (I,): σ² ℓ'Cℓ with ℓ = Σ W_i ℓ_i (METHOD 5.1).

        `outside` is the weight of areas that are not in the fit; they add ℓ0 only, so their own
        spread Σ W² τa² is still to be added.
        """
        mix = self._base_line * (weights.sum() + outside)
        mix[1 : 1 + len(weights)] = weights
        return float(self.variances.residual * (mix @ self.inverse @ mix))

    def leniency(self, observer: int) -> tuple[float, float]:
        """How much higher than the panel this observer rates, and its standard error (METHOD 9)."""
        contrast = -self._base_line
        contrast[0] = 0.0
        contrast[1 + len(self.area_effects) + observer] += 1.0
        value = self.observer_effects[observer] - self.panel_shares @ self.observer_effects
        variance = self.variances.residual * (contrast @ self.inverse @ contrast)
        return float(value), float(np.sqrt(variance))

    @cached_property
    def leniencies(self) -> tuple[FloatArray, FloatArray]:
        """`leniency` of every observer at once, (J,) and (J,): one product instead of one an observer."""
        shares = self._base_line.copy()
        shares[0] = 0.0
        column = self.inverse @ shares
        own = np.diagonal(self.inverse)[-len(self.panel_shares) :]
        variance = own - 2 * column[-len(self.panel_shares) :] + shares @ column
        values = self.observer_effects - self.panel_shares @ self.observer_effects
        return values, np.sqrt(self.variances.residual * np.maximum(variance, 0.0))

    @cached_property
    def _base_line(self) -> FloatArray:
        """ℓ0: 1 at μ, p_j at o_j."""
        return np.concatenate([[1.0], np.zeros(len(self.area_effects)), self.panel_shares])

    @cached_property
    def _base_column(self) -> FloatArray:
        return np.asarray(self.inverse @ self._base_line)

    @cached_property
    def _base_variance(self) -> float:
        return float(self._base_line @ self._base_column)


def fit(rows: Rows, variances: Variances = DEFAULT_VARIANCES, sums: VisitSums | None = None) -> Fit:
    """Solve one level. Raises NothingToFit without rows. Cost: rows plus p³ (p up to about 6,000)."""
    if not len(rows):
        raise NothingToFit("a level without a single rating has no scores")
    sums = sums or visit_sums(rows)
    matrix, right = assemble(rows, variances, sums)
    inverse = _inverted(matrix)
    solution = inverse @ right
    per_area = np.bincount(rows.area, minlength=rows.areas)
    totals = np.bincount(rows.area, weights=rows.rating, minlength=rows.areas)
    met = _who_met_what(rows)
    return Fit(
        variances=variances,
        mean=float(solution[0]),
        area_effects=solution[1 : 1 + rows.areas],
        observer_effects=solution[1 + rows.areas :],
        visit_effects=_visit_effects(sums, solution, variances),
        panel_shares=np.bincount(rows.observer, minlength=rows.observers) / len(rows),
        inverse=inverse,
        area_rows=per_area,
        area_observers=np.bincount(met[0], minlength=rows.areas),
        observer_areas=np.bincount(met[1], minlength=rows.observers),
        raw_means=np.divide(totals, per_area, out=np.full(rows.areas, np.nan), where=per_area > 0),
    )


def _inverted(matrix: FloatArray) -> FloatArray:
    """A⁻¹ from A = L L'. Cholesky also proves that A is positive definite, as METHOD promises."""
    half = np.linalg.inv(np.linalg.cholesky(matrix))
    return np.asarray(half.T @ half)


def _visit_effects(sums: VisitSums, solution: FloatArray, variances: Variances) -> FloatArray:
    """v̂ = w_v (S_v − x_v'x)."""
    expected = np.bincount(sums.visit, weights=sums.count * solution[sums.column], minlength=len(sums.rows))
    return visit_weights(sums, variances) * (sums.total - expected)


def _who_met_what(rows: Rows) -> tuple[IntArray, IntArray]:
    """Every different pair of area and observer, once."""
    pairs = np.unique(rows.area * rows.observers + rows.observer)
    return pairs // max(rows.observers, 1), pairs % max(rows.observers, 1)
