"""The equations of one level, kept between two changes: the terms of the changed visits go and come (METHOD 1.5).

C is kept up with them, by the low rank of what changed. So every score and every standard error is that of a full
solution at once, where METHOD allows the latter a quarter of an hour; the work is p² for each column touched.
"""

from dataclasses import dataclass

import numpy as np

from shadowing.scoring.statistics.equations import FloatArray, Rows, Variances, assemble, terms
from shadowing.scoring.statistics.scoring import Fit, inverted, read_off

# What is left of A x − b, by the diagonal, before C is computed anew.
_LEFT_OVER = 1e-9
# Touching more than this share of the columns, a full solution is no dearer.
_SHARE_OF_COLUMNS = 0.25


@dataclass(frozen=True)
class KeptEquations:
    """A (p, p) and b (p,) of `rows`, and C = A⁻¹."""

    rows: Rows
    variances: Variances
    matrix: FloatArray
    right: FloatArray
    inverse: FloatArray

    @classmethod
    def of(cls, rows: Rows, variances: Variances) -> "KeptEquations":
        """From all rows. ValueError without any."""
        if not len(rows):
            raise ValueError("without a single row there are no equations")
        matrix, right = assemble(rows, variances)
        return cls(rows, variances, matrix, right, inverted(matrix))

    def changed(self, rows: Rows, gone: Rows, come: Rows) -> "KeptEquations":
        """`rows`: all there are now; gone, come: the rows of the visits touched before and after; same unit numbers."""
        old, old_right = terms(gone, self.variances)
        new, new_right = terms(come, self.variances)
        matrix, right = self.matrix + (new - old), self.right + (new_right - old_right)
        inverse = _moved(self.inverse, new - old)
        if inverse is None or not _solves(inverse, matrix, right):
            inverse = inverted(matrix)
        return KeptEquations(rows, self.variances, matrix, right, inverse)

    def solved(self) -> Fit:
        return read_off(self.rows, self.variances, self.inverse, self.right)


def _solves(inverse: FloatArray, matrix: FloatArray, right: FloatArray) -> bool:
    left = matrix @ (inverse @ right) - right
    return float(np.abs(left / np.diagonal(matrix)).max()) <= _LEFT_OVER


def _moved(inverse: FloatArray, change: FloatArray) -> FloatArray | None:
    """(A + Δ)⁻¹ from A⁻¹, where Δ lies in a few columns: C − C_E (1 + Δ_EE C_EE)⁻¹ Δ_EE C_E'. None where in many."""
    touched = np.flatnonzero(change.any(axis=0))
    if not len(touched):
        return inverse
    if len(touched) > _SHARE_OF_COLUMNS * len(inverse):
        return None
    columns, small = inverse[:, touched], change[np.ix_(touched, touched)]
    middle = np.linalg.solve(np.eye(len(touched)) + small @ columns[touched], small)
    return np.asarray(inverse - columns @ middle @ columns.T)
