"""From score and standard error to a verdict: METHOD 1.3 and 1.4, verdict slugs of the vocabulary."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from shadowing.core.vocabulary import VerdictSlug
from shadowing.scoring.statistics.normal import FloatArray, cumulative, density

UNDERPERFORMING: Final = "underperforming"
WATCH: Final = "watch"
HEALTHY: Final = "healthy"
NOT_ENOUGH: Final = "not_enough_evidence"

FLAG_AT = 0.80
RELEASE_BELOW = 0.65
WATCH_FROM = 0.50
CLEARLY_BELOW = 0.20
LEAST_ROWS = 3
LEAST_OBSERVERS = 2


@dataclass(frozen=True)
class Shortfall:
    """P, G and Var G of METHOD 1.3; three arrays of the shape of the scores handed in."""

    probability: FloatArray
    gain: FloatArray
    variance: FloatArray


def shortfall(target: npt.ArrayLike, score: npt.ArrayLike, error: npt.ArrayLike) -> Shortfall:
    """Probability below target, expected points missing, and their variance. `error` is above 0."""
    s = np.asarray(error, dtype=float)
    d = np.asarray(target, dtype=float) - np.asarray(score, dtype=float)
    below, height = cumulative(d / s), density(d / s)
    gain = d * below + s * height
    variance = (s**2 + d**2) * below + d * s * height - gain**2
    return Shortfall(below, gain, np.maximum(variance, 0.0))


@dataclass(frozen=True)
class Verdict:
    """What is said of one level of one area.

    one_observer  would be underperforming, but a single person saw it
    clearly       on target and hardly in doubt
    """

    slug: VerdictSlug
    one_observer: bool = False
    clearly: bool = False


def verdict(
    rows: int,
    observers: int,
    panel_size: int,
    probability: float,
    was_underperforming: bool = False,
) -> Verdict:
    """METHOD 1.4 for one level in one epoch.

    `was_underperforming` keeps a flag once set until the probability falls below 0.65.
    """
    if rows < LEAST_ROWS:
        return Verdict(NOT_ENOUGH)
    if was_underperforming and probability >= RELEASE_BELOW:
        return Verdict(UNDERPERFORMING)
    seen_by_enough = panel_size < LEAST_OBSERVERS or observers >= LEAST_OBSERVERS
    if probability >= FLAG_AT and seen_by_enough:
        return Verdict(UNDERPERFORMING)
    if probability >= WATCH_FROM:
        return Verdict(WATCH, one_observer=probability >= FLAG_AT)
    return Verdict(HEALTHY, clearly=probability <= CLEARLY_BELOW)


def expected_false_flags(probabilities: Iterable[float]) -> float:
    """Of the flagged areas, how many are expected to be fine: Σ (1 − P)."""
    return float(sum(1.0 - probability for probability in probabilities))


def expectation_class(score: float, error: float) -> str:
    """METHOD 4 on the expectation gap: `below`, `as_expected` or `above`."""
    probability = float(cumulative(-score / error))
    if probability >= FLAG_AT:
        return "below"
    return "above" if probability <= CLEARLY_BELOW else "as_expected"
