"""Whether the index went up or down (METHOD 5.2): the same places, with the same correction for observers.

Windows are numbered from 0, the oldest, to the newest. One call per level; then the levels are put together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from shadowing.core.vocabulary import LEVEL_WEIGHTS, Z90, Level
from shadowing.scoring.statistics.equations import DEFAULT_VARIANCES, FloatArray, IntArray, Rows, Variances
from shadowing.scoring.statistics.index import LEAST_ROWS
from shadowing.scoring.statistics.normal import cumulative

Direction = Literal["up", "down", "no_clear_change"]
Standing = Literal["above", "below", "level"]

WINDOW = timedelta(days=90)
MOST_WINDOWS = 4
#: Variance of f, points² on 1-5: how far a place moves apart from the rest between two windows. Not estimated.
OWN_MOVE = 0.04
UP_AT, DOWN_AT = 0.95, 0.05
ABOVE_AT, BELOW_AT = 0.90, 0.10
_PRECISE = 1e-9
_MOST_STEPS = 5000


@dataclass(frozen=True)
class LevelChange:
    """Δ and s_Δ of one level from an earlier window to the newest, on the scale 0-100."""

    value: float
    error: float


@dataclass(frozen=True)
class IndexChange:
    """Δ and s_Δ of the index. `levels` says which of the three went in."""

    value: float
    error: float
    levels: tuple[Level, ...]

    @property
    def low(self) -> float:
        return self.value - Z90 * self.error

    @property
    def high(self) -> float:
        return self.value + Z90 * self.error

    @property
    def chance_up(self) -> float:
        """P(up) = Φ(Δ/s_Δ)."""
        return float(cumulative(self.value / self.error))

    @property
    def direction(self) -> Direction:
        chance = self.chance_up
        return "up" if chance >= UP_AT else "down" if chance <= DOWN_AT else "no_clear_change"


def index_change(levels: Mapping[Level, LevelChange]) -> IndexChange:
    """Δ = 0.4 Δ_U + 0.3 Δ_S + 0.3 Δ_D, weights rescaled where a level has no verdict, errors added as in 5.1.

    Raises ValueError without levels.
    """
    if not levels:
        raise ValueError("a change needs at least one level that can be compared")
    total = sum(LEVEL_WEIGHTS[level] for level in levels)
    value = sum(LEVEL_WEIGHTS[level] * part.value for level, part in levels.items()) / total
    error = sum(LEVEL_WEIGHTS[level] * part.error for level, part in levels.items()) / total
    return IndexChange(value, error, tuple(levels))


def chance_above(value: float, error: float, benchmark: float, benchmark_error: float = 0.0) -> float:
    """P(above) = Φ((X − B)/√(s_X² + s_B²)), all on 0-100."""
    return float(cumulative((value - benchmark) / math.hypot(error, benchmark_error)))


def standing(chance: float) -> Standing:
    """What P(above) is called."""
    return "above" if chance >= ABOVE_AT else "below" if chance <= BELOW_AT else "level"


def level_changes(
    rows: Rows, window: IntArray, windows: int, weights: FloatArray, variances: Variances = DEFAULT_VARIANCES
) -> list[LevelChange | None]:
    """Δ_level from each earlier window to the newest, (windows − 1,). None: they have no area in common.

    `rows.area` are places, all their epochs together; `window` (n,) is each row's; `weights` (areas,) are W_i, of
    places without rows too. Cost: some dozen passes over the rows a window; memory: some arrays of their length.
    """
    equations = WindowEquations(rows, np.asarray(window, dtype=np.int64), windows, variances)
    return [equations.change(old, weights) for old in range(windows - 1)]


@dataclass(frozen=True)
class WindowEquations:
    """A x = b with x = [α, κ, f, o, β], of areas, windows and (area, window) pairs with rows; κ = 0 in the first.

    A is never written out: it is applied to x by passes over the rows, and solved by conjugate gradients with its
    diagonal (METHOD 1.5). Where windows hang together by no area A is singular, but what `change` asks for is not.
    """

    rows: Rows
    window: IntArray
    windows: int
    variances: Variances

    def change(self, old: int, weights: FloatArray) -> LevelChange | None:
        """Δ_level = 25 [κ_new − κ_old + Σ W_i (f_i,new − f_i,old)], s = 25 σ √(c'Cc) and what nobody saw."""
        new = self.windows - 1
        if not (self._seen[:, old] & self._seen[:, new]).any():
            return None
        contrast = self._contrast(new, weights) - self._contrast(old, weights)
        solved = self.solve(contrast)
        if solved is None:
            return None
        # A pair without rows has the f of nobody: its mean 0 and its whole variance.
        unseen = sum(float(np.square(weights[~self._seen[:, each]]).sum()) for each in (old, new))
        variance = self.variances.residual * float(contrast @ solved) + OWN_MOVE * unseen
        return LevelChange(25 * float(solved @ self.right), 25 * math.sqrt(variance))

    def solve(self, right: FloatArray) -> FloatArray | None:
        """A⁻¹ `right`, (p,), until the preconditioned residual is a billionth of what it was. None: it never was."""
        scale = 1 / self._diagonal
        found, left = np.zeros_like(right), right.copy()
        eased = scale * left
        direction, size = eased, float(left @ eased)
        goal = _PRECISE**2 * size
        for _ in range(_MOST_STEPS):
            if size <= goal:
                return found
            moved = self.applied(direction)
            step = size / float(direction @ moved)
            found += step * direction
            left -= step * moved
            eased = scale * left
            before, size = size, float(left @ eased)
            direction = eased + (size / before) * direction
        return None

    def applied(self, x: FloatArray) -> FloatArray:
        """A x, (p,)."""
        area, window, own, observer, site = self._split(x)
        by_cell = area[self._area] + np.concatenate([[0.0], window])[self._window] + own
        fitted = by_cell[self._cell] + observer[self.rows.observer]
        if len(site):
            fitted += site[self.rows.site]
        return self._summed(fitted) + self._ties * x

    @cached_property
    def right(self) -> FloatArray:
        """b, (p,)."""
        return self._summed(self.rows.rating)

    def parts(self, x: FloatArray) -> dict[str, FloatArray]:
        """x by the names of the model: alpha, kappa (with its 0), own (of pairs with rows), observers, sites."""
        area, window, own, observer, site = self._split(x)
        return {
            "alpha": area,
            "kappa": np.concatenate([[0.0], window]),
            "own": own,
            "observers": observer,
            "sites": site,
        }

    def _contrast(self, window: int, weights: FloatArray) -> FloatArray:
        """What stands at κ and f of one window: 1, and W_i."""
        line = np.zeros(len(self._ties))
        _, at_window, own, _, _ = self._split(line)  # views
        number = int(np.searchsorted(self._present, window))
        if number:
            at_window[number - 1] = 1.0
        here = self._window == number
        own[here] = weights[self._places[self._area[here]]]
        return line

    def _summed(self, values: FloatArray) -> FloatArray:
        """Σ c y − Σ_v w_v (Σ y) x_v over the rows, for any y (n,)."""
        rows = self.rows
        by_visit = np.bincount(rows.visit, weights=values, minlength=rows.visits)
        left = values - (self._weights * by_visit)[rows.visit]
        cells = np.bincount(self._cell, weights=left, minlength=len(self._area))
        parts = [
            np.bincount(self._area, weights=cells, minlength=len(self._places)),
            np.bincount(self._window, weights=cells, minlength=len(self._present))[1:],
            cells,
            np.bincount(rows.observer, weights=left, minlength=rows.observers),
        ]
        if rows.site_columns:
            parts.append(np.bincount(rows.site, weights=left, minlength=rows.sites))
        return np.concatenate(parts)

    def _split(self, x: FloatArray) -> tuple[FloatArray, ...]:
        ends = np.cumsum([len(self._places), len(self._present) - 1, len(self._area), self.rows.observers])
        return tuple(np.split(x, ends))

    @cached_property
    def _cells(self) -> tuple[IntArray, IntArray]:
        """The (area, window) pairs that have rows, as one number, and each row's pair."""
        keys, number = np.unique(self.rows.area * self.windows + self.window, return_inverse=True)
        return keys, number

    @property
    def _cell(self) -> IntArray:
        return self._cells[1]

    @cached_property
    def _places(self) -> IntArray:
        """The areas with rows."""
        return np.unique(self._cells[0] // self.windows)

    @cached_property
    def _present(self) -> IntArray:
        """The windows with rows."""
        return np.unique(self._cells[0] % self.windows)

    @cached_property
    def _area(self) -> IntArray:
        """Of each pair, its place among those with rows."""
        return np.searchsorted(self._places, self._cells[0] // self.windows)

    @cached_property
    def _window(self) -> IntArray:
        return np.searchsorted(self._present, self._cells[0] % self.windows)

    @cached_property
    def _seen(self) -> npt.NDArray[np.bool_]:
        """(areas, windows) whether there are rows."""
        seen = np.zeros(self.rows.areas * self.windows, dtype=bool)
        seen[self._cells[0]] = True
        return seen.reshape(self.rows.areas, self.windows)

    @cached_property
    def _weights(self) -> FloatArray:
        """w_v, (visits,)."""
        size = np.bincount(self.rows.visit, minlength=self.rows.visits)
        return np.asarray(1.0 / (size + self.variances.residual / self.variances.visit))

    @cached_property
    def _ties(self) -> FloatArray:
        """What is known before anything is rated: nothing of α and κ."""
        v, flat = self.variances, len(self._places) + len(self._present) - 1
        sizes = (flat, len(self._area), self.rows.observers, self.rows.site_columns)
        return np.repeat([0.0, v.residual / OWN_MOVE, v.residual / v.observer, v.residual / v.site], sizes)

    @cached_property
    def _diagonal(self) -> FloatArray:
        """Of A without what visits share, which is enough to ease the way; 1 where there is nothing."""
        rows, cells = self.rows, np.bincount(self._cell, minlength=len(self._area)).astype(float)
        counts = [
            np.bincount(self._area, weights=cells),
            np.bincount(self._window, weights=cells)[1:],
            cells,
            np.bincount(rows.observer, minlength=rows.observers),
        ]
        if rows.site_columns:
            counts.append(np.bincount(rows.site, minlength=rows.sites))
        whole: FloatArray = np.concatenate(counts) + self._ties
        return np.where(whole > 0, whole, 1.0)


def window_numbers(moments: FloatArray, until: float) -> IntArray:
    """The window of each row (n,), MOST_WINDOWS − 1 the newest, below 0 what is older than all; in seconds."""
    back = np.floor((until - np.asarray(moments)) / WINDOW.total_seconds())
    return np.asarray(MOST_WINDOWS - 1 - np.maximum(back, 0), dtype=np.int64)


def second_window_from(moments: FloatArray, now: float) -> float | None:
    """From when on the window before the newest has 30 ratings, by those that are there. None: there are too few.

    moments: (n,) seconds, one of each rating; now: from then on is looked.
    """
    span, said = WINDOW.total_seconds(), np.sort(np.asarray(moments, dtype=float))
    if len(said) < LEAST_ROWS:
        return None
    last = said[LEAST_ROWS - 1 :]
    close = last - said[: len(last)] <= span
    ready = last[close & (last + span >= now)] + span
    return float(ready[0]) if len(ready) else None
