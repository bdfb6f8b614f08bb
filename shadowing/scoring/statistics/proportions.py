"""Shares with their intervals, waits and tags: the plain counts shown beside a score (METHOD 1.7)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from shadowing.core.vocabulary import Z90

LEAST_LOW_ROWS = 5
FEWEST_ANSWERS = 5
#: Below so many, a headline says words instead of numbers (DECISIONS 42).
FEWEST_IN_A_HEADLINE = 10


@dataclass(frozen=True)
class Share:
    """`count` of `total` with its 90 % Wilson interval; without answers the interval is 0 to 1."""

    count: int
    total: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        return self.count / self.total if self.total else None

    @property
    def enough(self) -> bool:
        """Whether it may be told as a share: below five answers there are words only."""
        return self.total >= FEWEST_ANSWERS

    @property
    def for_a_headline(self) -> bool:
        """Whether a headline may say it as a number; all or none are words however many were asked."""
        return self.total >= FEWEST_IN_A_HEADLINE and 0 < self.count < self.total


def wilson(count: int, total: int) -> Share:
    """The share and its interval (METHOD 5.4). ValueError unless 0 ≤ count ≤ total."""
    if not 0 <= count <= total:
        raise ValueError(f"{count} of {total} is not a share")
    if total == 0:
        return Share(0, 0, 0.0, 1.0)
    p, stretch = count / total, Z90**2 / total
    centre = (p + stretch / 2) / (1 + stretch)
    half = Z90 / (1 + stretch) * math.sqrt(p * (1 - p) / total + stretch / (4 * total))
    return Share(count, total, max(0.0, centre - half), min(1.0, centre + half))


def enough_for_a_share(count: int, total: int) -> Share | None:
    """The share of enough answers; None below five."""
    share = wilson(count, total)
    return share if share.enough else None


@dataclass(frozen=True)
class Waits:
    """Waiting times of an area in seconds; `over` is None where the touchpoint has no limit."""

    count: int
    median: float
    ninetieth: float
    over: Share | None


def waits(seconds: Sequence[float], limit: float | None) -> Waits | None:
    """Median, 90th percentile (linear interpolation), share over `limit`. None without a wait."""
    if not len(seconds):
        return None
    values = np.asarray(seconds, dtype=float)
    over = None if limit is None else wilson(int((values > limit).sum()), len(values))
    median, ninetieth = np.percentile(values, [50, 90])
    return Waits(len(values), float(median), float(ninetieth), over)


def hurting_factors(hurts: Mapping[str, int], low_rows: int) -> list[tuple[str, Share]]:
    """Factors by the lower end of their share among rows rated 3 or less; none below 5 such rows."""
    if low_rows < LEAST_LOW_ROWS:
        return []
    shares = [(factor, wilson(count, low_rows)) for factor, count in hurts.items() if count]
    return sorted(shares, key=lambda pair: (-pair[1].low, pair[0]))
