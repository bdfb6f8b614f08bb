"""Geometry of the emotion curve: touchpoints in journey order, worse below, better above. Pure.

Everything is in units of the drawing's own width and height; the template only writes it down.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from shadowing.core.vocabulary import STAGE_KINDS, Words

LEAST_ROWS = 3
_BEND = 0.45  # how far the handles of the curve reach, so that it never swings past its points


@dataclass(frozen=True)
class EmotionPoint:
    """One touchpoint of the curve, −2 … +2. Without `mean` nobody saw it; below three rows it is drawn hollow."""

    name: Words
    stage: str
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    rows: int = 0
    area_id: int | None = None
    """Where its observations are: of several channels the one that was seen most."""


@dataclass(frozen=True)
class Size:
    """Width and height, room at the left for faces, above for stages, below for names."""

    width: int
    height: int
    left: int = 48
    above: int = 34
    below: int = 44
    names: bool = True


SIZES = {
    "wide": Size(980, 246),
    "print": Size(720, 214, left=40),
    "narrow": Size(358, 230, left=34, above=40, below=28, names=False),
}


@dataclass(frozen=True)
class StageBand:
    """A stage's stretch of the axis; every other one is shaded."""

    name: str
    x: float
    width: float
    shaded: bool


@dataclass(frozen=True)
class Dot:
    """A touchpoint. `kind`: seen, thin (below three rows), peak, trough. `label_y` None: no room for its name."""

    kind: str
    x: float
    y: float
    name: str
    label_x: float
    label_y: float | None
    anchor: str
    point: EmotionPoint
    deep: bool
    """Lower than those beside it."""


@dataclass(frozen=True)
class Curve:
    size: Size
    middle: float
    best: float
    worst: float
    bands: tuple[StageBand, ...]
    lines: tuple[str, ...]
    gaps: tuple[str, ...]
    soft: tuple[str, ...]
    dots: tuple[Dot, ...]


def drawn(points: Sequence[EmotionPoint], size_name: str, language: str) -> Curve | None:
    """The curve in one of SIZES, its words in `language`. None without a single feeling."""
    size = SIZES[size_name]
    seen = [number for number, point in enumerate(points) if point.mean is not None]
    if not seen:
        return None
    step = (size.width - size.left - 4) / len(points)
    across = [size.left + step * (number + 0.5) for number in range(len(points))]
    runs = _runs(seen)
    return Curve(
        size=size,
        middle=_height(size, 0.0),
        best=_height(size, 1.6),
        worst=_height(size, -1.6),
        bands=_stage_bands(points, size, step, language),
        lines=tuple(_path([(across[n], _height(size, points[n].mean)) for n in run]) for run in runs if len(run) > 1),
        gaps=tuple(_gap(points, size, across, one[-1], other[0]) for one, other in zip(runs, runs[1:], strict=False)),
        soft=tuple(_soft_edge(points, size, across, run) for run in runs if len(run) > 1),
        dots=_dots(points, size, across, seen, language),
    )


def all_sizes(points: Sequence[EmotionPoint], language: str) -> dict[str, Curve]:
    """The curve for screen, print and phone; empty without a single feeling."""
    curves = ((name, drawn(points, name, language)) for name in SIZES)
    return {name: curve for name, curve in curves if curve}


def _height(size: Size, value: float | None) -> float:
    room = size.height - size.above - size.below
    return round(size.above + room * (2 - (value or 0.0)) / 4, 1)


def _runs(seen: Sequence[int]) -> list[list[int]]:
    """Neighbouring touchpoints that were seen, each stretch on its own."""
    return [[n for _, n in group] for _, group in groupby(enumerate(seen), key=lambda pair: pair[1] - pair[0])]


def _path(places: Sequence[tuple[float, float]], start: str = "M") -> str:
    """A curve that is level at every point, so that it never claims more than was seen."""
    (x, y), *rest = places
    drawn_path = f"{start}{x:.1f} {y:.1f}"
    for next_x, next_y in rest:
        bend = (next_x - x) * _BEND
        drawn_path += f"C{x + bend:.1f} {y:.1f} {next_x - bend:.1f} {next_y:.1f} {next_x:.1f} {next_y:.1f}"
        x, y = next_x, next_y
    return drawn_path


def _gap(points: Sequence[EmotionPoint], size: Size, across: Sequence[float], one: int, other: int) -> str:
    from_y, to_y = (_height(size, points[n].mean) for n in (one, other))
    return f"M{across[one]:.1f} {from_y:.1f}L{across[other]:.1f} {to_y:.1f}"


def _soft_edge(points: Sequence[EmotionPoint], size: Size, across: Sequence[float], run: Sequence[int]) -> str:
    def edge(n: int, value: float | None) -> tuple[float, float]:
        kept = points[n].mean if value is None else value
        return across[n], _height(size, max(-2.0, min(2.0, kept or 0.0)))

    upper = [edge(n, points[n].high) for n in run]
    lower = [edge(n, points[n].low) for n in reversed(run)]
    return _path(upper) + _path(lower, "L") + "Z"


def _stage_bands(points: Sequence[EmotionPoint], size: Size, step: float, language: str) -> tuple[StageBand, ...]:
    bands, first = [], 0
    for number, (stage, members) in enumerate(groupby(points, key=lambda point: point.stage)):
        count = len(list(members))
        name = STAGE_KINDS[stage]["zh" if language == "zh" else "en"]
        short = name if size.names else name.split("-")[0] if language != "zh" else name[:1]
        bands.append(StageBand(short, round(size.left + step * first, 1), round(step * count, 1), number % 2 == 0))
        first += count
    return tuple(bands)


def _dots(
    points: Sequence[EmotionPoint], size: Size, across: Sequence[float], seen: Sequence[int], language: str
) -> tuple[Dot, ...]:
    sure = [n for n in seen if points[n].rows >= LEAST_ROWS]
    peak = max(sure, key=lambda n: points[n].mean or 0.0, default=None)
    trough = min(sure, key=lambda n: points[n].mean or 0.0, default=None)
    taken: list[tuple[int, float, float]] = []
    dots = []
    troughs = _troughs(points, sure)
    # Who takes room for a name first: the extremes, then every other trough, the deepest first, then the rest.
    for n in sorted(seen, key=lambda n: (n not in (peak, trough), n not in troughs, troughs.get(n, 0.0), n)):
        kind = "peak" if n == peak else "trough" if n == trough else "seen" if n in sure else "thin"
        name, y = _words(points[n], language), _height(size, points[n].mean)
        special = kind in ("peak", "trough")
        if size.names:
            label_x, label_y, anchor = across[n], _free_row(taken, across[n], name, size), "middle"
            if label_y is None and n in troughs:
                label_y = y + 22  # at the point itself: what hurts is never without a name
        else:
            label_x, anchor = _inside(across[n], name, size)
            label_y = (y - 14 if kind == "peak" else y + 24) if special else None
        deep = n in troughs
        dots.append(Dot(kind, round(across[n], 1), y, name, round(label_x, 1), label_y, anchor, points[n], deep))
    return tuple(sorted(dots, key=lambda dot: dot.x))


def _troughs(points: Sequence[EmotionPoint], sure: Sequence[int]) -> dict[int, float]:
    """Those that lie lower than their neighbours, and how low."""
    means = [points[n].mean or 0.0 for n in sure]
    beside = [math.inf, *means, math.inf]
    sides = zip(sure, beside, means, beside[2:], strict=False)
    return {n: mean for n, before, mean, after in sides if before > mean < after}


def _free_row(taken: list[tuple[int, float, float]], x: float, name: str, size: Size) -> float | None:
    """The first of two rows under the axis where the name does not touch another one."""
    half = _text_width(name) / 2 + 5
    if x + half > size.width + 8:
        half = min(half, size.width + 8 - x)
    for row in (0, 1):
        if all(other != row or x + half <= start or x - half >= end for other, start, end in taken):
            taken.append((row, x - half, x + half))
            return size.height - 24 + 17 * row
    return None


def _inside(x: float, name: str, size: Size) -> tuple[float, str]:
    half = _text_width(name) / 2
    if x - half < 0:
        return 2.0, "start"
    return (size.width - 2.0, "end") if x + half > size.width else (x, "middle")


def _text_width(name: str) -> float:
    return sum(12.5 if ord(sign) > 0x2E7F else 7.4 for sign in name)


def _words(point: EmotionPoint, language: str) -> str:
    return (point.name["zh"] if language == "zh" else "") or point.name["en"]
