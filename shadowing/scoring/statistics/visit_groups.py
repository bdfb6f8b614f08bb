"""Visits of one number of rows weigh alike: their sums are taken once, and serve every step of a refit (METHOD 1.6)."""

from dataclasses import dataclass, replace

import numpy as np

from shadowing.scoring.statistics.equations import (
    FloatArray,
    IntArray,
    Rows,
    Variances,
    VisitSums,
    assemble,
    counts,
    shared_visits,
    spread_of_visits,
    tie,
    totals,
    visit_sums,
    visit_weights,
)

# 240 MB; beyond that a panel has thousands of areas and observers.
_MOST_NUMBERS = 30_000_000


@dataclass(frozen=True)
class VisitGroups:
    """G groups of visits, each of one number of rows n_g, p columns.

    rows    Σ c c' (p, p);  total  Σ c y (p,), over all rows
    size    (G,) n_g;  visits (G,) how many visits
    cross   (G, p, p) Σ x_v x_v';  right (G, p) Σ S_v x_v, over the visits of the group
    """

    rows: FloatArray
    total: FloatArray
    size: IntArray
    visits: IntArray
    cross: FloatArray
    right: FloatArray

    def weights(self, variances: Variances) -> FloatArray:
        """w_g = 1 / (n_g + σ²/τv²), (G,)."""
        return np.asarray(1.0 / (self.size + variances.residual / variances.visit))

    def equations(self, rows: Rows, variances: Variances) -> tuple[FloatArray, FloatArray]:
        """A (p, p) and b (p,) of METHOD 1.2. Cost: G p²."""
        weights = self.weights(variances)
        matrix = self.rows - np.tensordot(weights, self.cross, axes=1)
        tie(matrix, rows, variances)
        return matrix, self.total - weights @ self.right

    def posterior(self, inverse: FloatArray, variances: Variances) -> float:
        """Σ V_v = Σ σ² w_v + σ² w_v² x_v' C x_v over all visits; x_v' C x_v of a group add up to tr(C Σ x_v x_v')."""
        weights = self.weights(variances)
        spread = np.tensordot(self.cross, inverse, axes=2)
        return float(variances.residual * (weights @ self.visits + weights**2 @ spread))


@dataclass(frozen=True)
class SingleVisits:
    """The same where the groups would not fit into memory: every step sums the visits again."""

    sums: VisitSums

    def equations(self, rows: Rows, variances: Variances) -> tuple[FloatArray, FloatArray]:
        """A (p, p) and b (p,)."""
        return assemble(rows, variances)

    def posterior(self, inverse: FloatArray, variances: Variances) -> float:
        """Σ V_v."""
        quadratic = spread_of_visits(self.sums, inverse)
        weights = visit_weights(self.sums, variances)
        return float(variances.residual * (weights + weights**2 * quadratic).sum())


def visit_groups(rows: Rows) -> VisitGroups | SingleVisits:
    """One pass over the rows. Memory: G p² numbers, up to _MOST_NUMBERS."""
    ordered, size = _by_size(rows)
    sizes, first, visits = np.unique(size, return_index=True, return_counts=True)
    sums, columns = visit_sums(ordered), rows.columns
    if len(sizes) * columns**2 > _MOST_NUMBERS:
        return SingleVisits(sums)
    ranges = [(int(at), int(at + n)) for at, n in zip(first, visits, strict=True)]
    alike = np.ones(rows.visits)
    return VisitGroups(
        rows=counts(rows),
        total=totals(rows),
        size=sizes,
        visits=visits,
        cross=np.stack([shared_visits(sums, alike, columns, each) for each in ranges]),
        right=np.stack([_ratings_of(sums, columns, each) for each in ranges]),
    )


def _ratings_of(sums: VisitSums, columns: int, visits: tuple[int, int]) -> FloatArray:
    """Σ S_v x_v, (p,), over a range of visits."""
    entry = slice(*sums.start[list(visits)])
    rated = sums.count[entry] * sums.total[sums.visit[entry]]
    return np.asarray(np.bincount(sums.column[entry], weights=rated, minlength=columns))


def _by_size(rows: Rows) -> tuple[Rows, IntArray]:
    """The rows with visits renumbered by their number of rows, and that number of each visit, in order."""
    size = np.bincount(rows.visit, minlength=rows.visits)
    order = np.argsort(size, kind="stable")
    number = np.empty_like(order)
    number[order] = np.arange(rows.visits)
    return replace(rows, visit=number[rows.visit]), size[order]
