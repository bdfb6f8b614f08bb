"""Peak and end of a visit's feelings, and the expectation gap of an import (METHOD 4)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from shadowing.core.vocabulary import LEVEL_WEIGHTS, Level
from shadowing.scoring.statistics.normal import t90

LEAST_EMOTIONS = 3
LEAST_VISITS = 5


@dataclass(frozen=True)
class Mean:
    """A mean with its 90 % interval by Student's t."""

    value: float
    low: float
    high: float
    count: int


def peak(emotions: Sequence[int]) -> int | None:
    """The emotion farthest from 0; of two as far, the negative one. None without emotions."""
    return min(emotions, key=lambda emotion: (-abs(emotion), emotion), default=None)


def peak_end(emotions: Sequence[int]) -> float | None:
    """(peak + end) / 2 of one visit in time order; None below 3 emotions."""
    strongest = peak(emotions)
    if strongest is None or len(emotions) < LEAST_EMOTIONS:
        return None
    return (strongest + emotions[-1]) / 2


def journey_peak_end(visits: Sequence[float]) -> Mean | None:
    """Mean of the visits' peak-end values; None below 5 visits."""
    if len(visits) < LEAST_VISITS:
        return None
    middle = fmean(visits)
    half = t90(len(visits) - 1) * stdev(visits) / math.sqrt(len(visits))
    return Mean(middle, middle - half, middle + half, len(visits))


def expectation_gap(ratings: Mapping[Level, float], expected: float) -> float | None:
    """Weighted ratings of the levels rated, minus the expectation stated before (1-5)."""
    weight = sum(LEVEL_WEIGHTS[level] for level in ratings)
    if not weight:
        return None
    rated = sum(LEVEL_WEIGHTS[level] * rating for level, rating in ratings.items())
    return rated / weight - expected
