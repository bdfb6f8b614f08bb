"""Scores of METHOD 1.1 and 1.2: what an average observer of the panel would have rated.

One call per level. Emotion (−2..+2) and the expectation gap run through the same `fit`.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from shadowing.core.vocabulary import Z90
from shadowing.scoring.statistics.equations import (
    DEFAULT_VARIANCES,
    NO_PARENT,
    FloatArray,
    IntArray,
    Rows,
    Variances,
    assemble,
)


class NothingToFit(ValueError):
    """There is not one row: no mean exists, hence no score for anybody."""


@dataclass(frozen=True)
class Fit:
    """The solved panel of one level, I areas, J observers, S sites (0 where all rows are of one), p = 1 + I + J + S.

    mean              μ
    area_effects      (I,)   a; 0 where an area has no rows, that of the epoch before where it follows a fix
    observer_effects  (J,)   o
    site_effects      (S,)   β
    visit_effects     (K,)   v̂
    panel_shares      (J,)   p_j, rows of the observer / all rows
    site_shares       (I, S) h_is, by the rows of all epochs of the area; of all rows where it has none
    inverse           (p, p) C = A⁻¹, so that Cov = σ² C
    area_rows         (I,)   rows of each area
    area_observers    (I,)   different observers of each area
    observer_areas    (J,)   different areas of each observer
    raw_means         (I,)   plain mean of the ratings, nan without rows
    follows           (I,)   bool, whether an area is what came after a fix
    """

    variances: Variances
    mean: float
    area_effects: FloatArray
    observer_effects: FloatArray
    site_effects: FloatArray
    visit_effects: FloatArray
    panel_shares: FloatArray
    site_shares: FloatArray
    inverse: FloatArray
    area_rows: IntArray
    area_observers: IntArray
    observer_areas: IntArray
    raw_means: FloatArray
    follows: npt.NDArray[np.bool_]

    @property
    def rows(self) -> int:
        return int(self.area_rows.sum())

    @property
    def panel_size(self) -> int:
        """Observers with at least one row."""
        return int(np.count_nonzero(self.panel_shares))

    @property
    def panel(self) -> float:
        """μ + Σ p_j o_j: what the panel as it is makes of the mean."""
        return float(self.mean + self.panel_shares @ self.observer_effects)

    @property
    def base(self) -> float:
        """ℓ0'x: the score of an area nobody has seen."""
        return self.panel + float(self._shares_of_all @ self.site_effects)

    @cached_property
    def scores(self) -> FloatArray:
        """m_i, (I,). An area without rows and without an older epoch gets the base."""
        return self.panel + self.area_effects + self.site_shares @ self.site_effects

    @cached_property
    def errors(self) -> FloatArray:
        """s_i, (I,). An area without rows gets √(τa² + σ² ℓ0'Cℓ0), as METHOD 1.2 asks."""
        return np.sqrt(self.variances.residual * self.spread(self.site_shares))

    def spread(self, site_shares: FloatArray) -> FloatArray:
        """ℓ'Cℓ of every area, (I,), seen at sites in these shares (I, S)."""
        areas, sites = self._areas, self._sites
        own, by_site = self.panel_column[areas] + 0.5 * np.diagonal(self.inverse)[areas], self.panel_column[sites]
        within = np.einsum("is,st,it->i", site_shares, self.inverse[sites, sites], site_shares)
        beside = np.einsum("is,is->i", site_shares, self.inverse[areas, sites]) + site_shares @ by_site
        return np.asarray(self.panel_spread + 2 * own + within + 2 * beside)

    def spread_at_sites(self) -> FloatArray:
        """ℓ'Cℓ of every area seen at one site alone, (I, S): `spread` with a single share of 1, for all sites."""
        areas, sites = self._areas, self._sites
        own, by_site = self.panel_column[areas] + 0.5 * np.diagonal(self.inverse)[areas], self.panel_column[sites]
        within = np.diagonal(self.inverse)[sites]
        beside = self.inverse[areas, sites] + by_site
        return np.asarray(self.panel_spread + 2 * own[:, None] + within + 2 * beside)

    @property
    def unseen_error(self) -> float:
        """Standard error of an area that is not even a column of this fit."""
        line = self._base_line
        return float(np.sqrt(self.variances.area + self.variances.residual * (line @ self.inverse @ line)))

    def interval(self) -> tuple[FloatArray, FloatArray]:
        """m_i ± 1.6449 s_i, not clipped: clipping is for display."""
        return self.scores - Z90 * self.errors, self.scores + Z90 * self.errors

    def variance_of_mix(self, weights: FloatArray, outside: float = 0.0) -> float:
        """Variance of Σ W_i m_i for `weights` (I,): σ² ℓ'Cℓ with ℓ = Σ W_i ℓ_i (METHOD 5.1).

        `outside` is the weight of areas that are not in the fit; they add ℓ0 only, so their own
        spread Σ W² τa² is still to be added.
        """
        return self.variance_of(self.mixed(weights, outside))

    def mixed(self, weights: FloatArray, outside: float = 0.0) -> FloatArray:
        """Σ W_i ℓ_i, (p,), and ℓ0 for what is outside the fit."""
        line: FloatArray = self._panel_line * weights.sum() + self._base_line * outside
        line[self._areas] += weights
        line[self._sites] += weights @ self.site_shares
        return line

    def variance_of(self, line: FloatArray) -> float:
        """σ² ℓ'Cℓ."""
        return float(self.variances.residual * (line @ self.inverse @ line))

    def leniency(self, observer: int) -> tuple[float, float]:
        """How much higher than the panel this observer rates, and its standard error (METHOD 9)."""
        contrast = -self._panel_line
        contrast[0] = 0.0
        contrast[1 + len(self.area_effects) + observer] += 1.0
        value = self.observer_effects[observer] - self.panel_shares @ self.observer_effects
        return float(value), float(np.sqrt(self.variance_of(contrast)))

    @cached_property
    def leniencies(self) -> tuple[FloatArray, FloatArray]:
        """`leniency` of every observer at once, (J,) and (J,): one product instead of one an observer."""
        shares = self._panel_line.copy()
        shares[0] = 0.0
        column, observers = self.inverse @ shares, self._observers
        variance = np.diagonal(self.inverse)[observers] - 2 * column[observers] + shares @ column
        values = self.observer_effects - self.panel_shares @ self.observer_effects
        return values, np.sqrt(self.variances.residual * np.maximum(variance, 0.0))

    @property
    def _areas(self) -> slice:
        return slice(1, 1 + len(self.area_effects))

    @property
    def _observers(self) -> slice:
        return slice(self._areas.stop, self._areas.stop + len(self.observer_effects))

    @property
    def _sites(self) -> slice:
        return slice(self._observers.stop, len(self.inverse))

    @cached_property
    def _shares_of_all(self) -> FloatArray:
        """(S,) the share of all rows that comes from each site."""
        weights = self.area_rows / max(self.rows, 1)
        return np.asarray(weights @ self.site_shares)

    @cached_property
    def _panel_line(self) -> FloatArray:
        """1 at μ, p_j at o_j."""
        rest = len(self.inverse) - 1 - len(self.area_effects) - len(self.panel_shares)
        return np.concatenate([[1.0], np.zeros(len(self.area_effects)), self.panel_shares, np.zeros(rest)])

    @cached_property
    def _base_line(self) -> FloatArray:
        """ℓ0: the panel's, and the share of all rows at each site."""
        line = self._panel_line.copy()
        line[self._sites] = self._shares_of_all
        return line

    @cached_property
    def panel_column(self) -> FloatArray:
        """(p,) Cg, with g 1 at μ and p_j at o_j."""
        return np.asarray(self.inverse @ self._panel_line)

    @property
    def panel_spread(self) -> float:
        """g'Cg."""
        return float(self._panel_line @ self.panel_column)


def fit(rows: Rows, variances: Variances = DEFAULT_VARIANCES) -> Fit:
    """Solve one level. Raises NothingToFit without rows. Cost: rows plus p³ (p up to about 6,000)."""
    if not len(rows):
        raise NothingToFit("a level without a single rating has no scores")
    matrix, right = assemble(rows, variances)
    return read_off(rows, variances, inverted(matrix), right)


def inverted(matrix: FloatArray) -> FloatArray:
    """C = A⁻¹, (p, p), from A = L L'. Cholesky also proves that A is positive definite, as METHOD promises."""
    half = np.linalg.inv(np.linalg.cholesky(matrix))
    return np.asarray(half.T @ half)


def read_off(rows: Rows, variances: Variances, inverse: FloatArray, right: FloatArray) -> Fit:
    """What the rows say, given C (p, p) and b (p,) of their equations. Cost: some passes over the rows."""
    solution = inverse @ right
    per_area = np.bincount(rows.area, minlength=rows.areas)
    totals = np.bincount(rows.area, weights=rows.rating, minlength=rows.areas)
    met = _met(rows)
    return Fit(
        variances=variances,
        mean=float(solution[0]),
        area_effects=solution[rows.area_columns],
        observer_effects=solution[rows.observer_columns],
        site_effects=solution[rows.observer_columns.stop :],
        visit_effects=_visit_effects(rows, solution, variances),
        panel_shares=np.bincount(rows.observer, minlength=rows.observers) / len(rows),
        site_shares=_site_shares(rows),
        inverse=inverse,
        area_rows=per_area,
        area_observers=met.sum(axis=1),
        observer_areas=met.sum(axis=0),
        raw_means=np.divide(totals, per_area, out=np.full(rows.areas, np.nan), where=per_area > 0),
        follows=rows.parents != NO_PARENT,
    )


def _site_shares(rows: Rows) -> FloatArray:
    """h_is, (I, S): where the rows of an area come from, all its epochs together."""
    if not rows.site_columns:
        return np.zeros((rows.areas, 0))
    places, shape = rows.places, (rows.areas, rows.sites)
    at = np.bincount(places[rows.area] * rows.sites + rows.site, minlength=rows.areas * rows.sites).reshape(shape)
    counts = np.where(at.sum(axis=1, keepdims=True) > 0, at, at.sum(axis=0))[places]
    return np.asarray(counts / counts.sum(axis=1, keepdims=True))


def _visit_effects(rows: Rows, solution: FloatArray, variances: Variances) -> FloatArray:
    """v̂ = w_v (S_v − x_v'x): what its rows leave over, pulled towards 0."""
    expected = solution[0] + sum(solution[column] for column in rows.columns_of())
    left = np.bincount(rows.visit, weights=rows.rating - expected, minlength=rows.visits)
    n = np.bincount(rows.visit, minlength=rows.visits)
    return np.asarray(left / (n + variances.residual / variances.visit))


def _met(rows: Rows) -> npt.NDArray[np.bool_]:
    """(I, J) whether an observer has rated an area."""
    table = np.zeros((rows.areas, rows.observers), dtype=bool)
    table[rows.area, rows.observer] = True
    return table
