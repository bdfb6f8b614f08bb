"""Geometry of the index over time: a line with its band, target and peers across it, names at the right end. Pure.

Everything is in units of the drawing's own width and height; the template only writes it down.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

#: The scale never shows fewer points than this: a change of one is to look like one.
LEAST_SPAN = 16
_GAP = 15
_LEFT, _ABOVE, _BELOW = 8, 16, 30


@dataclass(frozen=True)
class TrendSize:
    """Width and height, and where the plot ends; behind it stand the names."""

    width: int
    height: int
    right: int
    months: bool = True


SIZES = {
    "wide": TrendSize(330, 146, 236),
    "print": TrendSize(250, 130, 162),
    "narrow": TrendSize(226, 146, 136, months=False),
}


@dataclass(frozen=True)
class Point:
    """A window by its number, with the index then and its interval, 0-100."""

    number: int
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Mark:
    """A line across the plot: `target` or `peers`."""

    kind: str
    value: float


@dataclass(frozen=True)
class TrendDot:
    """kind: earlier or newest."""

    number: int
    kind: str
    x: float
    y: float


@dataclass(frozen=True)
class EndName:
    """kind: target, peers, or newest, which has a name and no line; label_y: of its name at the right end."""

    kind: str
    y: float
    label_y: float


@dataclass(frozen=True)
class Chart:
    """band: a polygon's points; lines, gaps: of polylines, a gap across windows without a verdict.

    ticks: number of a window, x, and which end of its name stands there; number_y: of the number at the first point.
    """

    size: TrendSize
    band: str
    lines: tuple[str, ...]
    gaps: tuple[str, ...]
    dots: tuple[TrendDot, ...]
    marks: tuple[EndName, ...]
    ticks: tuple[tuple[int, float, str], ...]
    number_y: float
    left: int = _LEFT


def all_sizes(points: Sequence[Point], marks: Sequence[Mark], windows: int) -> dict[str, Chart]:
    """For screen, print and phone. points: two or more, the newest last."""
    return {name: _drawn(points, marks, windows, size) for name, size in SIZES.items()}


def _drawn(points: Sequence[Point], marks: Sequence[Mark], windows: int, size: TrendSize) -> Chart:
    low, high = _scale(points, marks)
    first = points[0].number

    def x(number: int) -> float:
        return round(_LEFT + (size.right - 8 - _LEFT) * (number - first) / (windows - 1 - first), 1)

    def y(value: float) -> float:
        room = size.height - _ABOVE - _BELOW
        return round(_ABOVE + room * (high - min(100.0, max(0.0, value))) / (high - low), 1)

    pairs = list(zip(points, points[1:], strict=False))
    drawn = {
        apart: tuple(
            f"{x(a.number)},{y(a.value)} {x(b.number)},{y(b.value)}"
            for a, b in pairs
            if (b.number - a.number > 1) is apart
        )
        for apart in (False, True)
    }
    edge = [(p.number, p.high) for p in points] + [(p.number, p.low) for p in reversed(points)]
    return Chart(
        size=size,
        band=" ".join(f"{x(number)},{y(value)}" for number, value in edge),
        lines=drawn[False],
        gaps=drawn[True],
        dots=tuple(
            TrendDot(p.number, "newest" if p is points[-1] else "earlier", x(p.number), y(p.value)) for p in points
        ),
        marks=_apart([("newest", y(points[-1].value)), *((mark.kind, y(mark.value)) for mark in marks)]),
        ticks=_ticks([p.number for p in points], x, size),
        number_y=_beside(y(points[0].value), [y(mark.value) for mark in marks]),
    )


def _scale(points: Sequence[Point], marks: Sequence[Mark]) -> tuple[float, float]:
    """Room for all there is, between 0 and 100 where it fits."""
    values = [*(p.low for p in points), *(p.high for p in points), *(mark.value for mark in marks)]
    low, high = max(0.0, min(values)), min(100.0, max(values))
    more = max(0.0, LEAST_SPAN - (high - low)) / 2
    return low - more, high + more


def _apart(names: Sequence[tuple[str, float]]) -> tuple[EndName, ...]:
    """Names at the right end in the order of their lines, never over each other."""
    found: list[EndName] = []
    for kind, y in sorted(names, key=lambda name: name[1]):
        label = max(y + 4, found[-1].label_y + _GAP) if found else y + 4
        found.append(EndName(kind, y, label))
    return tuple(found)


def _beside(y: float, marks: Sequence[float]) -> float:
    """Over the point, or under it where a line would run through the number."""
    return y + 20 if any(y - 22 <= mark <= y - 7 for mark in marks) else y - 10


def _ticks(numbers: Sequence[int], x: Callable[[int], float], size: TrendSize) -> tuple[tuple[int, float, str], ...]:
    """Which window has its month under the axis, where, and how it is anchored."""
    named = numbers if size.months else [numbers[0], numbers[-1]]
    ends = {numbers[0]: "start", numbers[-1]: "end"}
    return tuple((number, x(number), ends.get(number, "middle")) for number in named)
