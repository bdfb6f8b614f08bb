"""The equations of METHOD 5.2: ratings of one level in windows that follow each other, fitted together.

Windows are numbered from 0, the oldest, to the newest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from shadowing.scoring.statistics.equations import FloatArray, IntArray, Rows, Variances

#: Variance of f, points² on 1-5: how far a place moves apart from the rest between two windows. Not estimated.
OWN_MOVE = 0.04
_PRECISE = 1e-8
_MOST_STEPS = 5000


@dataclass(frozen=True)
class LevelChange:
    """Δ and s_Δ of one level from an earlier window to the newest, on the scale 0-100."""

    value: float
    error: float


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
        """A⁻¹ `right`, (p,), until the preconditioned residual is 1e-8 of what it was. None: it never was."""
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
        looks = self._looks
        beside = observer[looks.observer]
        if len(site):
            beside = beside + site[looks.site]
        by_look = np.add.reduceat(by_cell[looks.cell], looks.start) + looks.size * beside
        return self._less_visits(self._cell_rows * by_cell, by_look, beside) + self._ties * x

    @cached_property
    def right(self) -> FloatArray:
        """b, (p,)."""
        rating, looks = self.rows.rating, self._looks
        by_cell: FloatArray = np.bincount(self._cell, weights=rating, minlength=len(self._area)).astype(float)
        by_look = np.add.reduceat(rating[looks.order], looks.start)
        return self._less_visits(by_cell, by_look, np.zeros(len(by_look)))

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

    def _less_visits(self, by_cell: FloatArray, by_look: FloatArray, beside: FloatArray) -> FloatArray:
        """Σ c y − Σ_v w_v (Σ y) x_v, for a y whose sums by look, and less `beside` of its look by cell, are known."""
        rows, looks = self.rows, self._looks
        by_visit = np.bincount(looks.visit, weights=by_look, minlength=rows.visits)
        shared = (self._weights * by_visit)[looks.visit]
        of_rows = np.repeat(beside - shared, looks.size)
        cells = by_cell + np.bincount(looks.cell, weights=of_rows, minlength=len(by_cell))
        left = by_look - looks.size * shared
        parts = [
            np.bincount(self._area, weights=cells, minlength=len(self._places)),
            np.bincount(self._window, weights=cells, minlength=len(self._present))[1:],
            cells,
            np.bincount(looks.observer, weights=left, minlength=rows.observers),
        ]
        if rows.site_columns:
            parts.append(np.bincount(looks.site, weights=left, minlength=rows.sites))
        return np.concatenate(parts)

    def _split(self, x: FloatArray) -> tuple[FloatArray, ...]:
        ends = np.cumsum([len(self._places), len(self._present) - 1, len(self._area), self.rows.observers])
        return tuple(np.split(x, ends))

    @cached_property
    def _cells(self) -> tuple[IntArray, IntArray]:
        """The (area, window) pairs that have rows, as one number, and each row's pair."""
        keys, number = np.unique(self.rows.area * self.windows + self.window, return_inverse=True)
        return keys, number

    @cached_property
    def _looks(self) -> Looks:
        return looks_of(self.rows, self._cell)

    @cached_property
    def _cell_rows(self) -> FloatArray:
        return np.bincount(self._cell, minlength=len(self._area)).astype(float)

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
        rows, cells = self.rows, self._cell_rows
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


@dataclass(frozen=True)
class Looks:
    """Rows of one visit, observer and site: thirteen or so, of which but the area differs. So most sums are short.

    order: (n,) the rows, look by look; cell: (n,) their pairs in that order; start, size, visit, observer, site: (G,).
    """

    order: IntArray
    cell: IntArray
    start: IntArray
    size: IntArray
    visit: IntArray
    observer: IntArray
    site: IntArray


def looks_of(rows: Rows, cell: IntArray) -> Looks:
    """In one sorting of the rows."""
    keys = (rows.visit * rows.observers + rows.observer) * rows.sites + rows.site
    order = np.argsort(keys, kind="stable")
    _, start, size = np.unique(keys[order], return_index=True, return_counts=True)
    first = order[start]
    return Looks(order, cell[order], start, size, rows.visit[first], rows.observer[first], rows.site[first])
