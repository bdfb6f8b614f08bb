"""How many more visits decide whether an area is below its target (METHOD 7, “How many visits decide?”). Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from shadowing.scoring.statistics.value_of_visits import DRIFT
from shadowing.scoring.statistics.verdicts import FLAG_AT

FEWEST, MOST = 3, 12
#: So likely a verdict has to be before so many visits are promised to bring one.
ENOUGH = 0.50
NORMAL = NormalDist()
#: A score this many standard errors from its target is flagged, or cleared.
SURE = NORMAL.inv_cdf(FLAG_AT)


@dataclass(frozen=True)
class Deciding:
    """visits: the smallest number that decides more likely than not, None where not even MOST do; chance: of that."""

    visits: int | None
    flagged: float
    cleared: float

    @property
    def chance(self) -> float:
        return self.flagged + self.cleared


def visits_that_decide(score: float, error: float, target: float, row_variance: float, days: float = 0.0) -> Deciding:
    """All on 1-5; error above 0; row_variance: σ² + τv²; days since the last row."""
    variance = error**2 + DRIFT * max(days, 0.0)
    found = Deciding(None, 0.0, 0.0)
    for visits in range(FEWEST, MOST + 1):
        flagged, cleared = _chances(score, variance, target, row_variance / visits)
        found = Deciding(visits, flagged, cleared)
        if found.chance >= ENOUGH:
            return found
    return Deciding(None, found.flagged, found.cleared)


def _chances(score: float, variance: float, target: float, of_mean: float) -> tuple[float, float]:
    """That so many visits flag the area, and that they clear it. of_mean: variance of their mean."""
    spread = variance / math.sqrt(variance + of_mean)
    margin = SURE * math.sqrt(max(variance - spread**2, 0.0))
    flagged = NORMAL.cdf((target - margin - score) / spread)
    return flagged, 1 - NORMAL.cdf((target + margin - score) / spread)
