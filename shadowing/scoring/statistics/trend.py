"""Whether the index went up or down (METHOD 5.2): the same places, with the same correction for observers.

Windows are numbered from 0, the oldest, to the newest. One call per level; then the levels are put together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import numpy as np

from shadowing.core.vocabulary import LEVEL_WEIGHTS, Z90, Level
from shadowing.scoring.statistics.equations import DEFAULT_VARIANCES, FloatArray, IntArray, Rows, Variances
from shadowing.scoring.statistics.index import LEAST_ROWS
from shadowing.scoring.statistics.normal import cumulative
from shadowing.scoring.statistics.window_equations import LevelChange, WindowEquations

Direction = Literal["up", "down", "no_clear_change"]
Standing = Literal["above", "below", "level"]

WINDOW = timedelta(days=90)
MOST_WINDOWS = 4
UP_AT, DOWN_AT = 0.95, 0.05
ABOVE_AT, BELOW_AT = 0.90, 0.10


@dataclass(frozen=True)
class IndexChange:
    """Δ and s_Δ of the index. `levels` says which of the three went in."""

    value: float
    error: float
    levels: tuple[Level, ...]

    @property
    def low(self) -> float:
        return self.value - Z90 * self.error

    @property
    def high(self) -> float:
        return self.value + Z90 * self.error

    @property
    def chance_up(self) -> float:
        """P(up) = Φ(Δ/s_Δ)."""
        return float(cumulative(self.value / self.error))

    @property
    def direction(self) -> Direction:
        chance = self.chance_up
        return "up" if chance >= UP_AT else "down" if chance <= DOWN_AT else "no_clear_change"


def index_change(levels: Mapping[Level, LevelChange]) -> IndexChange:
    """Δ = 0.4 Δ_U + 0.3 Δ_S + 0.3 Δ_D, weights rescaled where a level has no verdict, errors added as in 5.1.

    Raises ValueError without levels.
    """
    if not levels:
        raise ValueError("a change needs at least one level that can be compared")
    total = sum(LEVEL_WEIGHTS[level] for level in levels)
    value = sum(LEVEL_WEIGHTS[level] * part.value for level, part in levels.items()) / total
    error = sum(LEVEL_WEIGHTS[level] * part.error for level, part in levels.items()) / total
    return IndexChange(value, error, tuple(levels))


def chance_above(value: float, error: float, benchmark: float, benchmark_error: float = 0.0) -> float:
    """P(above) = Φ((X − B)/√(s_X² + s_B²)), all on 0-100."""
    return float(cumulative((value - benchmark) / math.hypot(error, benchmark_error)))


def standing(chance: float) -> Standing:
    """What P(above) is called."""
    return "above" if chance >= ABOVE_AT else "below" if chance <= BELOW_AT else "level"


def level_changes(
    rows: Rows, window: IntArray, windows: int, weights: FloatArray, variances: Variances = DEFAULT_VARIANCES
) -> list[LevelChange | None]:
    """Δ_level from each earlier window to the newest, (windows − 1,). None: they have no area in common.

    `rows.area` are places, all their epochs together; `window` (n,) is each row's; `weights` (areas,) are W_i, of
    places without rows too. Cost: some dozen passes over the rows a window; memory: some arrays of their length.
    """
    equations = WindowEquations(rows, np.asarray(window, dtype=np.int64), windows, variances)
    return [equations.change(old, weights) for old in range(windows - 1)]


def window_numbers(moments: FloatArray, until: float) -> IntArray:
    """The window of each row (n,), MOST_WINDOWS − 1 the newest, below 0 what is older than all; in seconds."""
    back = np.floor((until - np.asarray(moments)) / WINDOW.total_seconds())
    return np.asarray(MOST_WINDOWS - 1 - np.maximum(back, 0), dtype=np.int64)


def second_window_from(moments: FloatArray, now: float) -> float | None:
    """From when on the window before the newest has 30 ratings, by those that are there. None: there are too few.

    moments: (n,) seconds, one of each rating; now: from then on is looked.
    """
    span, said = WINDOW.total_seconds(), np.sort(np.asarray(moments, dtype=float))
    if len(said) < LEAST_ROWS:
        return None
    last = said[LEAST_ROWS - 1 :]
    close = last - said[: len(last)] <= span
    ready = last[close & (last + span >= now)] + span
    return float(ready[0]) if len(ready) else None
