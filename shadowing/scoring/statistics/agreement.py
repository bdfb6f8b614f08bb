"""Whether observers who saw the same agree, and how much of a number is not chance (METHOD 9)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from shadowing.scoring.statistics.equations import Variances


def alpha(units: Sequence[Sequence[float]]) -> float | None:
    """Krippendorff's α with the interval metric. units: ratings of one visit at one area, two or more each.

    1 = they agree, 0 = as by chance. None where no unit has two ratings, or all ratings are equal.
    """
    shared = [np.asarray(unit, dtype=float) for unit in units if len(unit) > 1]
    if not shared:
        return None
    everything = np.concatenate(shared)
    n = len(everything)
    expected = _pairs(everything) / (n * (n - 1))
    if expected == 0:
        return None
    observed = sum(_pairs(unit) / (len(unit) - 1) for unit in shared) / n
    return float(1 - observed / expected)


def reliability_of_one(variances: Variances) -> float:
    """Share of the variance of one observation that lies between areas."""
    v = variances
    return v.area / (v.area + v.observer + v.visit + v.residual)


def reliability_of_score(error: float, variances: Variances) -> float:
    """1 − s²/τa² of an area's score with this standard error; at least 0."""
    return max(0.0, 1 - error**2 / variances.area)


def _pairs(values: np.ndarray) -> float:
    """Σ (c − k)² over ordered pairs."""
    return float(2 * (len(values) * np.square(values).sum() - values.sum() ** 2))
