"""Shares, waits, grade, freshness, heat cells and feelings."""

import pytest

from shadowing.scoring.statistics.emotion import expectation_gap, journey_peak_end, peak, peak_end
from shadowing.scoring.statistics.grade import grade, is_fresh
from shadowing.scoring.statistics.proportions import hurting_factors, waits, wilson


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        (18, 20, 0.7383, 0.9663),
        (40, 60, 0.5613, 0.7577),
        (190, 200, 0.9181, 0.9699),
        (0, 5, 0.0, 0.3511),
        (5, 6, 0.4976, 0.9619),
        (3, 12, 0.1047, 0.4873),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilson(count, total, low, high):
    share = wilson(count, total)
    assert (round(share.low, 4), round(share.high, 4)) == (low, high)
    assert share.value == (count / total if total else None)


def test_a_share_above_one_is_refused():
    with pytest.raises(ValueError, match="not a share"):
        wilson(3, 2)


def test_waits():
    found = waits([60, 120, 400, 900], limit=300)
    assert (found.count, found.median, round(found.ninetieth, 6)) == (4, 260.0, 750.0)
    assert (found.over.count, found.over.total) == (2, 4)
    assert waits([60], None).over is None
    assert waits([], 300) is None


def test_hurting_factors_need_five_low_ratings():
    assert hurting_factors({"process": 4}, 4) == []
    found = hurting_factors({"people": 1, "process": 6, "brand": 0, "service": 1}, 10)
    assert [factor for factor, _ in found] == ["process", "people", "service"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((12, 3, 5, 60), "A"),
        ((12, 3, 5, 61), "B"),
        ((12, 2, 5, 10), "B"),
        ((6, 2, 3, 90), "B"),
        ((6, 2, 3, 91), "C"),
        ((3, 1, 1, 400), "C"),
        ((2, 2, 2, 0), "D"),
    ],
)
def test_grade(facts, expected):
    assert grade(*facts) == expected


def test_freshness():
    assert is_fresh(3, 90)
    assert not is_fresh(2, 1)
    assert not is_fresh(30, 91)


def test_e6_peak_end():
    assert peak_end([0, 1, -2, 1]) == -0.5
    assert peak([2, -2, 1]) == -2
    assert peak_end([2, -2, 1]) == -0.5
    assert peak_end([2, -2]) is None
    assert peak([]) is None
    mean = journey_peak_end([-0.5, 1, 0.5, -1.5, 0])
    assert [round(x, 4) for x in (mean.value, mean.low, mean.high)] == [-0.1, -1.0169, 0.8169]
    assert journey_peak_end([0, 1, 1, 0]) is None


def test_e6_expectation_gap():
    assert expectation_gap({"utility": 3, "usability": 4, "delight": 2}, 4) == pytest.approx(-1.0)
    assert expectation_gap({"utility": 3, "usability": 4}, 4) == pytest.approx(-0.5714, abs=1e-4)
    assert expectation_gap({}, 4) is None
