"""Worked example 20 of METHOD to the printed digits, and what holds for any score."""

import math

import pytest

from shadowing.scoring.statistics.visits_that_decide import MOST, _chances, visits_that_decide

ROW = 0.7025


def test_e20_five_visits_decide():
    found = visits_that_decide(3.8, 0.35, 4.0, ROW)
    assert found.visits == 5
    assert (round(found.flagged, 4), round(found.cleared, 4)) == (0.4745, 0.0411)
    assert [round(each, 4) for each in _chances(3.8, 0.35**2, 4.0, ROW / 3)] == [0.4252, 0.0162]
    assert round(sum(_chances(3.8, 0.35**2, 4.0, ROW / 4)), 4) == 0.4825


def test_e20_not_even_twelve_decide():
    found = visits_that_decide(3.9, 0.20, 4.0, ROW)
    assert found.visits is None
    assert (round(found.flagged, 4), round(found.cleared, 4)) == (0.4077, 0.0357)


@pytest.mark.parametrize("score", [1.0, 2.5, 3.99, 4.0, 4.01, 5.0])
@pytest.mark.parametrize("error", [0.01, 0.2, 0.9])
def test_chances_are_chances(score, error):
    for visits in range(3, MOST + 1):
        flagged, cleared = _chances(score, error**2, 4.0, ROW / visits)
        assert 0 <= flagged <= 1 and 0 <= cleared <= 1 and flagged + cleared <= 1 + 1e-9


def test_days_count_as_doubt():
    drifted = math.sqrt(0.25**2 + 0.0005 * 150)
    assert visits_that_decide(3.8, 0.25, 4.0, ROW, days=150) == visits_that_decide(3.8, drifted, 4.0, ROW)
