"""The sums of METHOD 1.2: ratings of one level become a small system of equations.

Units are numbered from 0: `areas` (touchpoint x channel x epoch), `observers`, `visits`. A column
of the system is the mean (0), then the areas, then the observers; visits are summed away.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

# Largest temporary, in numbers of 8 bytes: 64 MB, whatever the size of the panel.
_BLOCK = 8_000_000
# A multiplication done by BLAS costs about this fraction of one done by index.
_BLAS_ADVANTAGE = 1 / 300


@dataclass(frozen=True)
class Variances:
    """METHOD 0: spread between areas, observers and visits, and what is left over (squared)."""

    area: float = 0.16
    observer: float = 0.1225
    visit: float = 0.0625
    residual: float = 0.64


DEFAULT_VARIANCES = Variances()


@dataclass(frozen=True)
class Rows:
    """The ratings of one level: four arrays of one length n, and how many units there are.

    `area`, `observer`, `visit` hold unit numbers, `rating` any float (emotion and expectation
    use the same model). Units without rows are allowed. ValueError when lengths differ or a
    unit number lies outside its size.
    """

    area: IntArray
    observer: IntArray
    visit: IntArray
    rating: FloatArray
    areas: int
    observers: int
    visits: int

    def __post_init__(self) -> None:
        for name, size in (("area", self.areas), ("observer", self.observers), ("visit", self.visits)):
            units = np.asarray(getattr(self, name), dtype=np.int64)
            object.__setattr__(self, name, units)
            if units.shape != (len(self.rating),):
                raise ValueError(f"{name} and rating must have the same length")
            if units.size and not 0 <= units.min() <= units.max() < size:
                raise ValueError(f"{name} holds a number outside 0..{size - 1}")
        object.__setattr__(self, "rating", np.asarray(self.rating, dtype=np.float64))

    def __len__(self) -> int:
        return len(self.rating)

    @property
    def columns(self) -> int:
        """p = 1 + areas + observers."""
        return 1 + self.areas + self.observers


@dataclass(frozen=True)
class VisitSums:
    """Per visit n_v, S_v and the sparse x_v: entry e adds `count[e]` at (`visit[e]`, `column[e]`).

    Entries are ordered by visit; `start` (visits + 1) says where each visit's entries begin.
    """

    rows: FloatArray
    total: FloatArray
    visit: IntArray
    column: IntArray
    count: FloatArray
    start: IntArray


def visit_sums(rows: Rows) -> VisitSums:
    """n_v, S_v and x_v of every visit, in one pass over the rows."""
    keys = np.concatenate(
        [
            rows.visit * rows.columns,
            rows.visit * rows.columns + 1 + rows.area,
            rows.visit * rows.columns + 1 + rows.areas + rows.observer,
        ]
    )
    entries, count = np.unique(keys, return_counts=True)
    visit, column = np.divmod(entries, rows.columns)
    return VisitSums(
        rows=np.bincount(rows.visit, minlength=rows.visits).astype(float),
        total=np.asarray(np.bincount(rows.visit, weights=rows.rating, minlength=rows.visits), dtype=np.float64),
        visit=visit,
        column=column,
        count=count.astype(float),
        start=np.searchsorted(visit, np.arange(rows.visits + 1)),
    )


def visit_weights(sums: VisitSums, variances: Variances) -> FloatArray:
    """w_v = 1 / (n_v + σ²/τv²), shape (visits,)."""
    return 1.0 / (sums.rows + variances.residual / variances.visit)


def assemble(
    rows: Rows, variances: Variances = DEFAULT_VARIANCES, sums: VisitSums | None = None
) -> tuple[FloatArray, FloatArray]:
    """A (p, p) and b (p,) of METHOD 1.2. `sums` may be handed in when they are at hand."""
    sums = sums or visit_sums(rows)
    weights = visit_weights(sums, variances)
    matrix = _counts(rows)
    _subtract_visits(matrix, sums, weights)
    diagonal = np.arange(1, rows.columns)
    matrix[diagonal, diagonal] += np.concatenate(
        [
            np.full(rows.areas, variances.residual / variances.area),
            np.full(rows.observers, variances.residual / variances.observer),
        ]
    )
    right = _totals(rows) - np.bincount(
        sums.column,
        weights=sums.count * (weights * sums.total)[sums.visit],
        minlength=rows.columns,
    )
    return matrix, right


def _counts(rows: Rows) -> FloatArray:
    """Σ c c' over all rows."""
    first_observer = 1 + rows.areas
    matrix = np.zeros((rows.columns, rows.columns))
    both = np.bincount(rows.area * rows.observers + rows.observer, minlength=rows.areas * rows.observers).reshape(
        rows.areas, rows.observers
    )
    per_area, per_observer = both.sum(axis=1), both.sum(axis=0)
    matrix[0, 0] = len(rows)
    matrix[0, 1:first_observer] = matrix[1:first_observer, 0] = per_area
    matrix[0, first_observer:] = matrix[first_observer:, 0] = per_observer
    matrix[1:first_observer, first_observer:] = both
    matrix[first_observer:, 1:first_observer] = both.T
    diagonal = np.arange(1, rows.columns)
    matrix[diagonal, diagonal] = np.concatenate([per_area, per_observer])
    return matrix


def _totals(rows: Rows) -> FloatArray:
    """Σ c y over all rows."""
    return np.concatenate(
        [
            [rows.rating.sum()],
            np.bincount(rows.area, weights=rows.rating, minlength=rows.areas),
            np.bincount(rows.observer, weights=rows.rating, minlength=rows.observers),
        ]
    )


def _subtract_visits(matrix: FloatArray, sums: VisitSums, weights: FloatArray) -> None:
    """matrix −= Σ_v w_v x_v x_v', in blocks of visits: dense by BLAS, or by index where x_v is sparse."""
    columns = len(matrix)
    entries = np.diff(sums.start)
    if len(entries) * columns**2 * _BLAS_ADVANTAGE <= float(np.square(entries).sum()):
        for first, last in dense_blocks(sums, columns):
            block = dense_block(sums, columns, first, last)
            block *= np.sqrt(weights[first:last])[:, None]
            matrix -= block.T @ block
        return
    flat = matrix.reshape(-1)
    for first, last in _pair_blocks(entries):
        left, right = _pairs(sums, first, last)
        value = sums.count[left] * sums.count[right] * weights[sums.visit[left]]
        np.subtract.at(flat, sums.column[left] * columns + sums.column[right], value)


def dense_blocks(sums: VisitSums, columns: int) -> list[tuple[int, int]]:
    """Ranges of visits whose dense x_v fit the memory set aside."""
    size = min(4096, max(1, _BLOCK // columns))
    visits = len(sums.rows)
    return [(first, min(first + size, visits)) for first in range(0, visits, size)]


def dense_block(sums: VisitSums, columns: int, first: int, last: int) -> FloatArray:
    """x_v of visits first..last−1 as rows, shape (last − first, columns)."""
    entry = slice(sums.start[first], sums.start[last])
    block = np.zeros((last - first, columns))
    block[sums.visit[entry] - first, sums.column[entry]] = sums.count[entry]
    return block


def _pair_blocks(entries: IntArray) -> list[tuple[int, int]]:
    reached = np.concatenate([[0], np.cumsum(np.square(entries))])
    ranges, first = [], 0
    while first < len(entries):
        last = int(np.searchsorted(reached, reached[first] + _BLOCK // 4, side="right")) - 1
        last = min(max(last, first + 1), len(entries))
        ranges.append((first, last))
        first = last
    return ranges


def _pairs(sums: VisitSums, first: int, last: int) -> tuple[IntArray, IntArray]:
    """All ordered pairs of entries that share a visit, as two arrays of entry numbers."""
    entry = np.arange(sums.start[first], sums.start[last])
    size = np.diff(sums.start)[sums.visit[entry]]
    left = np.repeat(entry, size)
    before = np.concatenate([[0], np.cumsum(size)[:-1]])
    right = np.arange(len(left)) - np.repeat(before, size) + sums.start[sums.visit[left]]
    return left, right
