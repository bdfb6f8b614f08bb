"""Whether a run of observations has moved away from what an area was known to be (METHOD 8)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: Weight of the newest residual.
WEIGHT = 0.2
WORSE, BETTER = "worse", "better"
#: Rows a month in the organisation, up to which a limit holds: one false alarm in about 500, 1,000 and 2,900 rows.
LIMITS = ((500, 2.962), (1000, 3.2), (math.inf, 3.5))


@dataclass(frozen=True)
class Reading:
    """After one residual: the smoothed value in points, its limit, and the alarm it raises (None, worse or better)."""

    value: float
    limit: float
    alarm: str | None


def limit_for(rows_a_month: float) -> float:
    """Lc, in standard errors, by how much the organisation observes (all levels together)."""
    return next(limit for most, limit in LIMITS if rows_a_month <= most)


def readings(residuals: Sequence[float], row_variance: float, error: float, limit: float) -> Iterator[Reading]:
    """One a residual, in time order: z = 0.8 z + 0.2 r beside Lc √(σw² · 0.2/1.8 · (1 − 0.8^2t) + (1 − 0.8^t)² s²).

    residuals in points, row_variance σw², error s of the baseline; after an alarm z begins at 0 again.
    """
    value, step = 0.0, 0
    for residual in residuals:
        value, step = (1 - WEIGHT) * value + WEIGHT * residual, step + 1
        fading = (1 - WEIGHT) ** step
        spread = row_variance * WEIGHT / (2 - WEIGHT) * (1 - fading**2) + (1 - fading) ** 2 * error**2
        far = limit * math.sqrt(spread)
        alarm = WORSE if value < -far else BETTER if value > far else None
        yield Reading(value, far, alarm)
        if alarm:
            value, step = 0.0, 0
