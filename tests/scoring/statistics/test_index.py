"""The CX index: worked example 7, bands, and weights on areas nobody has seen."""

import math

import numpy as np
import pytest

from shadowing.scoring.statistics.equations import Rows
from shadowing.scoring.statistics.index import LevelIndex, area_weights, combine, level_index
from shadowing.scoring.statistics.scoring import fit

WEIGHTS = np.array([0.5, 0.3, 0.2])


def independent(scores, errors):
    mean = float(WEIGHTS @ scores)
    return LevelIndex(25 * (mean - 1), 25 * math.sqrt(float(np.square(WEIGHTS) @ np.square(errors))))


def test_e7_index():
    levels = {
        "utility": independent([3.4, 4.1, 4.4], [0.30, 0.25, 0.20]),
        "usability": independent([3.6, 4.0, 4.2], [0.30, 0.25, 0.20]),
        "delight": independent([3.2, 3.8, 4.0], [0.35, 0.30, 0.25]),
    }
    assert [round(level.value, 4) for level in levels.values()] == [70.25, 71.0, 63.5]
    assert [round(level.error, 4) for level in levels.values()] == [4.3102, 4.3102, 5.0760]
    index = combine(levels, covered=1.0, rows=120)
    assert [round(x, 4) for x in (index.value, index.error, index.low, index.high)] == [68.45, 4.54, 60.9822, 75.9178]
    assert (index.band, index.provisional) == ("good", False)


def small_fit(areas=3):
    return fit(
        Rows(
            np.array([0, 1, 0, 2, 0, 1, 1, 2]),
            np.array([0, 0, 0, 0, 1, 1, 1, 1]),
            np.array([0, 0, 1, 1, 2, 2, 3, 3]),
            np.array([3, 4, 2, 4, 3, 5, 4, 5]),
            areas,
            2,
            4,
        )
    )


def test_level_index_is_the_variance_of_the_mix():
    solved = small_fit()
    lines = np.hstack([np.ones((3, 1)), np.eye(3), np.tile(solved.panel_shares, (3, 1))])
    mix = WEIGHTS @ lines
    found = level_index(solved, WEIGHTS)
    assert found.value == pytest.approx(25 * (WEIGHTS @ solved.scores - 1))
    assert found.error == pytest.approx(25 * math.sqrt(0.64 * mix @ solved.inverse @ mix))


def test_unseen_areas_weigh_the_same_inside_and_outside_the_fit():
    inside = level_index(small_fit(areas=5), np.array([0.3, 0.2, 0.1, 0.25, 0.15]))
    outside = level_index(small_fit(), np.array([0.3, 0.2, 0.1]), unseen=[0.25, 0.15])
    assert (inside.value, inside.error) == (pytest.approx(outside.value), pytest.approx(outside.error))


@pytest.mark.parametrize(
    ("value", "band"),
    [(49.4, "poor"), (49.5, "fair"), (64.4, "fair"), (64.5, "good"), (79.5, "very_good"), (0.0, "poor")],
)
def test_bands_follow_the_printed_number(value, band):
    assert combine({"utility": LevelIndex(value, 1)}, 1.0, 100).band == band


def test_provisional_and_missing_levels():
    levels = {"utility": LevelIndex(70, 4), "delight": LevelIndex(50, 6)}
    index = combine(levels, covered=0.59, rows=500)
    assert index.value == pytest.approx((0.4 * 70 + 0.3 * 50) / 0.7)
    assert index.provisional
    assert combine(levels, 0.6, 29).provisional
    assert not combine(levels, 0.6, 30).provisional
    with pytest.raises(ValueError, match="at least one level"):
        combine({}, 1.0, 10)


def test_weights_of_areas():
    assert area_weights([1200, 600, math.nan], [5, 5, 2]) == pytest.approx(np.array([6000, 3000, 1800]) / 10800)
    assert area_weights([math.nan, math.nan], [3, 3]) == pytest.approx([0.5, 0.5])
    assert area_weights([0, 0], [3, 3]) == pytest.approx([0.5, 0.5])
