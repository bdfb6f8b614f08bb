"""What the card of the index shows beside its number: frozen records without database or request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import floor

from shadowing.scoring.statistics.index import LEAST_ROWS
from shadowing.scoring.statistics.trend import Direction, Standing
from shadowing.summary.trend.chart import Chart, Mark, Point, all_sizes


def shown(value: float) -> int:
    """On 0-100 as it is printed."""
    return floor(min(100.0, max(0.0, value)) + 0.5)


@dataclass(frozen=True)
class Moved:
    """From a window to the newest one: Δ with its interval, on 0-100."""

    value: float
    low: float
    high: float
    chance_up: float
    direction: Direction


@dataclass(frozen=True)
class Window:
    """90 days. value, low, high: the index then; None without a verdict. moved: None for the newest as well."""

    first: date
    last: date
    rows: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    moved: Moved | None = None

    @property
    def enough(self) -> bool:
        return self.rows >= LEAST_ROWS

    @property
    def shown(self) -> int | None:
        return None if self.value is None else shown(self.value)


@dataclass(frozen=True)
class Peers:
    """What the index is held against. above: P(above); published: for orientation only."""

    name: str
    value: float
    error: float | None
    day: date
    source: str
    published: bool
    above: float
    standing: Standing

    @property
    def shown(self) -> int:
        return shown(self.value)


@dataclass(frozen=True)
class OverTime:
    """The windows, the oldest first. ready: from when there are two to compare; computed: whether the worker has."""

    windows: tuple[Window, ...] = ()
    ready: date | None = None
    computed: bool = False
    target: float | None = None
    peers: Peers | None = None

    @property
    def newest(self) -> Window | None:
        return self.windows[-1] if self.windows else None

    @property
    def compared(self) -> tuple[Window, ...]:
        """Those that the newest can be held against."""
        return tuple(window for window in self.windows if window.moved)

    @property
    def target_shown(self) -> int | None:
        return None if self.target is None else shown(self.target)

    @cached_property
    def charts(self) -> dict[str, Chart]:
        """For screen, print and phone; empty without a window to compare."""
        if not self.compared:
            return {}
        points = [
            Point(n, window.value, window.low or 0.0, window.high or 0.0)
            for n, window in enumerate(self.windows)
            if window.value is not None
        ]
        marks = [] if self.target is None else [Mark("target", self.target)]
        if self.peers:
            marks.append(Mark("peers", self.peers.value))
        return all_sizes(points, marks, len(self.windows))
