"""The emotion curve: between its points only, dashed across what nobody saw, named where there is room."""

import re

import pytest

from shadowing.summary.curve import SIZES, EmotionPoint, drawn


def point(name, mean, stage="core", rows=9):
    low, high = (None, None) if mean is None else (mean - 0.3, mean + 0.3)
    return EmotionPoint({"en": name, "zh": "某处"}, stage, mean, low, high, rows if mean is not None else 0)


POINTS = [
    point("Booking", 0.2, "first"),
    point("Finding the way", -0.9, "first"),
    point("Chat", None),
    point("Consultation", 1.3),
    point("Payment", -1.5),
    point("Follow-up", 0.4, "end", rows=2),
]


def test_nothing_seen_draws_nothing():
    assert drawn([point("Chat", None)], "wide", "en") is None
    assert drawn([], "wide", "en") is None


def test_gaps_are_dashed_and_extremes_named():
    curve = drawn(POINTS, "wide", "en")
    assert (len(curve.lines), len(curve.gaps), len(curve.soft)) == (2, 1, 2)
    assert [dot.kind for dot in curve.dots] == ["seen", "seen", "peak", "trough", "thin"]
    assert [band.name for band in curve.bands] == ["First-touch", "Core-touch", "End-touch"]
    assert curve.best < curve.middle < curve.worst


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_lies_inside(size, language):
    curve = drawn(POINTS * 6, size, language)
    numbers = [float(n) for path in (*curve.lines, *curve.soft) for n in re.findall(r"[-\d.]+", path)]
    assert all(-1 <= n <= max(SIZES[size].width, SIZES[size].height) for n in numbers)
    rows = {}
    for dot in curve.dots:
        assert 0 <= dot.y <= SIZES[size].height
        if SIZES[size].names and dot.label_y:
            rows.setdefault(dot.label_y, []).append(dot.label_x)
    assert all(len(places) == len(set(places)) for places in rows.values())


def test_the_curve_stays_between_neighbouring_points():
    path = drawn(POINTS, "wide", "en").lines[0]
    heights = [float(y) for _, y in re.findall(r"([\d.]+) ([\d.]+)", path)]
    ends = {heights[0], heights[-1]}
    assert all(min(ends) <= height <= max(ends) for height in heights)


@pytest.mark.parametrize("size", ["wide", "print"])
def test_every_trough_is_named(size):
    """Names long enough that not all of them fit: those lower than their neighbours stand at the point itself."""
    means = [0.5, -0.4, 0.6, 0.9, 0.1, 0.8, -0.2, 0.7, 1.2, 0.3, 0.9, -0.1, 0.4, 0.6]

    dots = drawn([point(f"A long name of touchpoint {n}", mean) for n, mean in enumerate(means)], size, "en").dots

    deep = [dot for dot in dots if dot.deep]
    assert [means[dots.index(dot)] for dot in deep] == [-0.4, 0.1, -0.2, 0.3, -0.1]
    assert all(dot.label_y is not None for dot in deep)
    assert any(dot.label_y is None for dot in dots)
