"""Sites of an area (METHOD 1.8): each is pulled towards its area, and their mean by rows is the area's score.

Everything comes from the one fit over all sites; I areas, S sites.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from shadowing.scoring.statistics.equations import DEFAULT_VARIANCES, FloatArray, IntArray, Rows, Variances
from shadowing.scoring.statistics.scoring import Fit

LEAST_CELLS = 30
_LEAST_OVER = 0.1
_SETTLED = 1e-4
_MOST_STEPS = 200
_PRIOR_CELLS = 4.0


@dataclass(frozen=True)
class Parts:
    """What is known of every area at every site, (I, S) each.

    rows       n_is, of the area's present epoch
    raw        plain mean of the ratings there, nan without rows
    seen       r_is, what was seen there corrected for who looked; 0 without rows
    trust      k_is, how far what was seen there counts; 0 without rows
    expected   m⁰_is + δ_i, what area and site let us expect
    scores     θ_is
    errors     s_is
    """

    rows: IntArray
    raw: FloatArray
    seen: FloatArray
    trust: FloatArray
    expected: FloatArray
    scores: FloatArray
    errors: FloatArray


def site_parts(rows: Rows, solved: Fit) -> Parts:
    """Every area at every site. Needs two sites or more: `solved` has no site effects otherwise."""
    cells = _Cells.of(rows, solved)
    return cells.parts(solved)


def refit_parts(rows: Rows, solved: Fit) -> float:
    """τb² from the cells with rows; the default below 30 cells in areas seen at two or more sites (METHOD 1.8)."""
    cells = _Cells.of(rows, solved)
    seen = cells.n > 0
    if (seen & (seen.sum(axis=1, keepdims=True) >= 2)).sum() < LEAST_CELLS:
        return DEFAULT_VARIANCES.part
    return _settled(cells, solved, seen)


def one_step(rows: Rows, solved: Fit) -> float:
    """One step towards τb² from the value in force, over the cells with rows."""
    cells = _Cells.of(rows, solved)
    return _step(cells, solved, cells.n > 0, solved.variances.part)


def share_error(solved: Fit, parts: Parts, site: int, weights: FloatArray, outside: FloatArray) -> float:
    """√ Var Σ W_i θ_is at one site: `weights` (I,) of areas of the fit, `outside` of areas nobody has seen."""
    doubt, part = weights * (1 - parts.trust[:, site]), solved.variances.part
    line = _lines(solved, site, doubt, float(outside.sum()))
    unseen = np.where((solved.area_rows > 0) | solved.follows, 0.0, solved.variances.area)
    own = float((weights**2) @ ((1 - parts.trust[:, site]) * part + unseen))
    return math.sqrt(solved.variance_of(line) + own + float((outside**2).sum()) * (part + solved.variances.area))


def combined(
    parent: float, parent_error: float, n: FloatArray, seen: FloatArray, variances: Variances
) -> tuple[FloatArray, FloatArray]:
    """θ and s of the parts of an area (or site) by persona, scenario or period: `n` rows each, `seen` r_g there."""
    part = DEFAULT_VARIANCES.part
    trust = n / (n + kappa_of(variances, part))
    left = float((n * (1 - trust)).sum())
    shift = float((n * trust * (parent - seen)).sum()) / left if left else 0.0
    scores = (1 - trust) * (parent + shift) + trust * seen
    spread = parent_error**2 + part * float(((n / n.sum()) ** 2).sum())
    return scores, np.sqrt((1 - trust) ** 2 * spread + (1 - trust) * part)


def kappa_of(variances: Variances, part: float | None = None) -> float:
    """κ: how many rows of a part weigh as much as all that is expected of it. part: another τb² than theirs."""
    part = variances.part if part is None else part
    return max(variances.residual + variances.visit - part, _LEAST_OVER) / part


@dataclass(frozen=True)
class _Cells:
    """Rows of each area at each site, (I, S): how many, their mean, and what was seen, corrected for who looked."""

    n: IntArray
    raw: FloatArray
    seen: FloatArray
    shares: FloatArray
    plain: FloatArray
    spread: FloatArray

    @classmethod
    def of(cls, rows: Rows, solved: Fit) -> "_Cells":
        shape = (rows.areas, rows.sites)
        cell = rows.area * rows.sites + rows.site

        def by_cell(values: FloatArray | None = None) -> FloatArray:
            found = np.bincount(cell, weights=values, minlength=rows.areas * rows.sites)
            return np.asarray(found.reshape(shape), dtype=np.float64)

        n = by_cell()
        corrected = by_cell(rows.rating - solved.observer_effects[rows.observer])
        lenient = float(solved.panel_shares @ solved.observer_effects)
        seen = np.divide(corrected, n, out=np.zeros(shape), where=n > 0)
        return cls(
            n=n.astype(np.int64),
            raw=np.divide(by_cell(rows.rating), n, out=np.full(shape, np.nan), where=n > 0),
            seen=np.where(n > 0, seen + lenient, 0.0),
            shares=solved.site_shares,
            plain=solved.panel + solved.area_effects[:, None] + solved.site_effects[None, :],
            spread=solved.spread_at_sites(),
        )

    def trust(self, kappa: float) -> FloatArray:
        return np.asarray(self.n / (self.n + kappa))

    def parts(self, solved: Fit) -> Parts:
        trust, part = self.trust(kappa_of(solved.variances)), solved.variances.part
        weight = self.shares * (1 - trust)
        gap = solved.scores - (self.shares * ((1 - trust) * self.plain + trust * self.seen)).sum(axis=1)
        left = weight.sum(axis=1)
        shift = np.divide(gap, left, out=np.zeros_like(gap), where=left > 0)
        expected = self.plain + shift[:, None]
        unseen = np.where((solved.area_rows > 0) | solved.follows, 0.0, solved.variances.area)
        own = part * (self.shares**2).sum(axis=1)
        doubt = solved.variances.residual * self.spread + own[:, None]
        return Parts(
            rows=self.n,
            raw=self.raw,
            seen=self.seen,
            trust=trust,
            expected=expected,
            scores=(1 - trust) * expected + trust * self.seen,
            errors=np.sqrt((1 - trust) ** 2 * doubt + (1 - trust) * part + unseen[:, None]),
        )


def _lines(solved: Fit, site: int, weights: FloatArray, outside: float = 0.0) -> FloatArray:
    """Σ W_i ℓ_is, (p,), and the same without an area for what nobody has seen."""
    here = np.zeros_like(solved.site_shares)
    here[:, site] = 1.0
    return replace(solved, site_shares=here).mixed(weights, outside)


def _settled(cells: _Cells, solved: Fit, used: npt.NDArray[np.bool_]) -> float:
    part = solved.variances.part
    for _ in range(_MOST_STEPS):
        following = _step(cells, solved, used, part)
        if abs(math.log(following / part)) < _SETTLED:
            return following
        part = following
    return part


def _step(cells: _Cells, solved: Fit, used: npt.NDArray[np.bool_], part: float) -> float:
    trust = cells.trust(kappa_of(solved.variances, part))
    squares = trust**2 * (cells.seen - cells.plain) ** 2 + (1 - trust) * part
    squares += trust**2 * solved.variances.residual * cells.spread
    return float((squares[used].sum() + _PRIOR_CELLS * DEFAULT_VARIANCES.part) / (used.sum() + _PRIOR_CELLS))
