"""The sums of METHOD 1.2: ratings of one level become a small system of equations.

Units are numbered from 0: `areas` (touchpoint x channel x epoch), `observers`, `sites`, `visits`. A column of the
system is the mean (0), then the areas, then the observers, then the sites where there are two or more; visits are
summed away.
"""

from dataclasses import dataclass, field

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
    """METHOD 0: spread between areas, observers, visits and sites, and what is left over (squared).

    part: τb², between the sites of one area (1.8). It is no part of the equations.
    """

    area: float = 0.16
    observer: float = 0.1225
    visit: float = 0.0625
    residual: float = 0.64
    site: float = 0.04
    part: float = 0.04


#: τδ²: how far a fix moves an area. Not estimated.
STEP_OF_A_FIX = 0.5625
NO_PARENT = -1
DEFAULT_VARIANCES = Variances()


@dataclass(frozen=True)
class Rows:
    """The ratings of one level: arrays of one length n, and how many units there are.

    `area`, `observer`, `visit`, `site` hold unit numbers, `rating` any float (emotion and expectation use the same
    model). Units without rows are allowed. Without `site` all rows are of one site. `parents` (areas,) says for each
    area which other one it follows after a fix, NO_PARENT where none. ValueError when lengths differ or a unit number
    lies outside its size.
    """

    area: IntArray
    observer: IntArray
    visit: IntArray
    rating: FloatArray
    areas: int
    observers: int
    visits: int
    site: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    sites: int = 1
    parents: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def __post_init__(self) -> None:
        fields = {"area": self.areas, "observer": self.observers, "visit": self.visits, "site": self.sites}
        if not len(self.site):
            object.__setattr__(self, "site", np.zeros(len(self.rating), dtype=np.int64))
        for name, size in fields.items():
            units = np.asarray(getattr(self, name), dtype=np.int64)
            object.__setattr__(self, name, units)
            if units.shape != (len(self.rating),):
                raise ValueError(f"{name} and rating must have the same length")
            if units.size and not 0 <= units.min() <= units.max() < size:
                raise ValueError(f"{name} holds a number outside 0..{size - 1}")
        object.__setattr__(self, "rating", np.asarray(self.rating, dtype=np.float64))
        if len(self.parents) != self.areas:
            object.__setattr__(self, "parents", np.full(self.areas, NO_PARENT))

    def __len__(self) -> int:
        return len(self.rating)

    @property
    def columns(self) -> int:
        """p = 1 + areas + observers, and sites where they differ."""
        return 1 + self.areas + self.observers + self.site_columns

    @property
    def site_columns(self) -> int:
        """With one site there is no β."""
        return self.sites if self.sites > 1 else 0

    @property
    def area_columns(self) -> slice:
        return slice(1, 1 + self.areas)

    @property
    def observer_columns(self) -> slice:
        return slice(1 + self.areas, 1 + self.areas + self.observers)

    @property
    def places(self) -> IntArray:
        """(areas,) the first epoch of each area that is in the fit: epochs of one area have one number."""
        first = np.where(self.parents == NO_PARENT, np.arange(self.areas), self.parents)
        while (first[first] != first).any():
            first = first[first]
        return np.asarray(first)

    @property
    def kinds(self) -> list[tuple[slice, IntArray, int]]:
        """Areas, observers and, where they differ, sites: their columns, each row's unit, how many there are."""
        found = [
            (self.area_columns, self.area, self.areas),
            (self.observer_columns, self.observer, self.observers),
        ]
        first = self.observer_columns.stop
        return found + [(slice(first, first + self.sites), self.site, self.sites)] * (self.site_columns > 0)

    def columns_of(self) -> list[IntArray]:
        """The columns of each row's 1s, besides the mean's."""
        return [at.start + units for at, units, _ in self.kinds]


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
    first = rows.visit * rows.columns
    keys = np.concatenate([first, *(first + column for column in rows.columns_of())])
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


def assemble(rows: Rows, variances: Variances = DEFAULT_VARIANCES) -> tuple[FloatArray, FloatArray]:
    """A (p, p) and b (p,) of METHOD 1.2."""
    matrix, right = terms(rows, variances)
    tie(matrix, rows, variances)
    return matrix, right


def terms(rows: Rows, variances: Variances) -> tuple[FloatArray, FloatArray]:
    """What these rows add to A (p, p) and b (p,): Σ c c' − Σ w_v x_v x_v' and Σ c y − Σ w_v S_v x_v.

    The terms of two sets of rows that share no visit add up (METHOD 1.5).
    """
    sums = visit_sums(rows)
    weights = visit_weights(sums, variances)
    matrix = counts(rows) - shared_visits(sums, weights, rows.columns, (0, rows.visits))
    right = totals(rows) - np.bincount(
        sums.column,
        weights=sums.count * (weights * sums.total)[sums.visit],
        minlength=rows.columns,
    )
    return matrix, right


def tie(matrix: FloatArray, rows: Rows, variances: Variances) -> None:
    """What is known before anything is rated: how far areas, observers and sites lie apart; a fix moves its area."""
    parents = rows.parents
    ties = np.zeros(rows.columns)
    ties[rows.area_columns] = np.where(parents == NO_PARENT, variances.residual / variances.area, 0.0)
    ties[rows.observer_columns] = variances.residual / variances.observer
    ties[1 + rows.areas + rows.observers :] = variances.residual / variances.site
    matrix[np.diag_indices(rows.columns)] += ties
    new = 1 + np.flatnonzero(parents != NO_PARENT)
    old, step = 1 + parents[new - 1], variances.residual / STEP_OF_A_FIX
    np.add.at(matrix, (new, new), step)
    np.add.at(matrix, (old, old), step)
    np.subtract.at(matrix, (new, old), step)
    np.subtract.at(matrix, (old, new), step)


def counts(rows: Rows) -> FloatArray:
    """Σ c c' over all rows, block by block."""
    matrix = np.zeros((rows.columns, rows.columns))
    matrix[0, 0] = len(rows)
    kinds = rows.kinds
    for at, units, size in kinds:
        own = np.bincount(units, minlength=size)
        matrix[0, at] = matrix[at, 0] = own
        matrix[at, at][np.diag_indices(size)] = own
    for one, (at, units, size) in enumerate(kinds):
        for beside, others, others_size in kinds[one + 1 :]:
            both = np.bincount(units * others_size + others, minlength=size * others_size).reshape(size, others_size)
            matrix[at, beside], matrix[beside, at] = both, both.T
    return matrix


def totals(rows: Rows) -> FloatArray:
    """Σ c y over all rows."""
    right = np.zeros(rows.columns)
    right[0] = rows.rating.sum()
    for column in rows.columns_of():
        right += np.bincount(column, weights=rows.rating, minlength=rows.columns)
    return right


def shared_visits(sums: VisitSums, weights: FloatArray, columns: int, visits: tuple[int, int]) -> FloatArray:
    """Σ_v w_v x_v x_v' (p, p) over a range of visits, in blocks: dense by BLAS, or by index where x_v is sparse."""
    matrix = np.zeros((columns, columns))
    entries = np.diff(sums.start)[slice(*visits)]
    if len(entries) * columns**2 * _BLAS_ADVANTAGE <= float(np.square(entries).sum()):
        for first, last in _dense_blocks(columns, visits):
            block = _dense_block(sums, columns, first, last)
            block *= np.sqrt(weights[first:last])[:, None]
            matrix += block.T @ block
        return matrix
    flat = matrix.reshape(-1)
    for first, last in _pair_blocks(entries):
        left, right = _pairs(sums, visits[0] + first, visits[0] + last)
        value = sums.count[left] * sums.count[right] * weights[sums.visit[left]]
        np.add.at(flat, sums.column[left] * columns + sums.column[right], value)
    return matrix


def spread_of_visits(sums: VisitSums, inverse: FloatArray) -> FloatArray:
    """x_v' C x_v, (visits,)."""
    columns, visits = len(inverse), len(sums.rows)
    spread = np.empty(visits)
    for first, last in _dense_blocks(columns, (0, visits)):
        block = _dense_block(sums, columns, first, last)
        spread[first:last] = np.einsum("vc,vc->v", block @ inverse, block)
    return spread


def _dense_blocks(columns: int, visits: tuple[int, int]) -> list[tuple[int, int]]:
    """Ranges of visits whose dense x_v fit the memory set aside."""
    size = min(4096, max(1, _BLOCK // columns))
    return [(first, min(first + size, visits[1])) for first in range(*visits, size)]


def _dense_block(sums: VisitSums, columns: int, first: int, last: int) -> FloatArray:
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
    before = np.cumsum(size) - size
    right = np.arange(len(left)) - np.repeat(before, size) + sums.start[sums.visit[left]]
    return left, right
