"""The compass: worked example 10 of METHOD to the printed digits, and the order of its list."""

import math

import numpy as np
import pytest

from shadowing.core.vocabulary import LEVEL_WEIGHTS, Z90
from shadowing.scoring.statistics.value_of_visits import BATCH, KnownLevel, VisitCandidate, doubt, look_scores, rank

ROW = 0.7025


def printed(found):
    return [round(float(value), 4) for value in (found.now, found.spread, found.edge, found.gain)]


@pytest.mark.parametrize(
    ("score", "error", "days", "expected"),
    [
        (3.9, 0.30, 10, [0.3082, 0.1656, 0.6039, 0.0278]),
        (3.9, 0.30, 200, [0.4359, 0.2917, 0.3428, 0.0732]),
        (3.8, 0.45, math.nan, [0.4500, 0.3064, 0.6526, 0.0474]),
    ],
    ids=["ten days", "two hundred days", "never seen"],
)
def test_e10(score, error, days, expected):
    assert printed(doubt(score, error, 4.0, ROW, days)) == expected


def test_e10_far_below_its_target_one_more_look_changes_nothing():
    assert round(float(doubt(3.0, 0.30, 4.0, ROW, 10).gain), 4) == 0.0


def test_the_bar_after_is_that_of_three_more_rows():
    found = doubt(3.9, 0.30, 4.0, ROW, 0)

    assert float(found.after) == pytest.approx(math.sqrt(1 / (1 / 0.09 + BATCH / ROW)))


def known(score=3.9, error=0.3, target=4.0, seen=True):
    return KnownLevel(score, error, target, ROW, seen)


def place(key, weight=0.1, importance=3, days=10.0, visits=5, planned=None, **levels):
    return VisitCandidate(key, weight, importance, levels or {"utility": known()}, days, visits, planned)


def order(*places):
    return [look.candidate.key for look in rank(places)]


def test_the_look_score_is_the_weighted_sum_over_the_levels():
    here = place("a", weight=0.25, utility=known(), usability=known(3.6, 0.4, 3.8), delight=known(3.5, 0.2, 3.5))
    values, per_level = look_scores([here])

    by_hand = sum(LEVEL_WEIGHTS[level] * float(per_level[level].gain[0]) for level in LEVEL_WEIGHTS)
    assert values == pytest.approx([0.25 * by_hand])
    assert round(float(per_level["utility"].gain[0]), 4) == 0.0278


def test_doubt_near_the_target_comes_before_certainty_and_weight_counts():
    sure, edge, heavy = place("sure", utility=known(3.0)), place("edge"), place("heavy", weight=0.4)

    assert order(sure, edge, heavy) == ["heavy", "edge", "sure"]
    assert rank([sure, edge, heavy])[0].value == pytest.approx(100)


def test_places_being_shadowed_again_come_first_while_visits_are_missing():
    assert order(place("a"), place("b", weight=0.01, planned=(3, 8))) == ["b", "a"]
    assert order(place("a"), place("b", weight=0.01, planned=(8, 8))) == ["a", "b"]


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (place("a", planned=(0, 8)), "reshadowing"),
        (place("a", days=None), "never"),
        (place("a", days=91), "long_ago"),
        (place("a", visits=2), "thin"),
        (place("a", utility=known(4.0)), "edge"),
        (place("a", importance=5, utility=known(3.2)), "important"),
        (place("a", importance=3, utility=known(3.2)), "open"),
    ],
    ids=["reshadowing", "never", "long_ago", "thin", "edge", "important", "open"],
)
def test_every_suggestion_says_why(made, reason):
    assert rank([made])[0].reason == reason


def test_the_bars_are_those_of_the_level_that_decides():
    look = rank([place("a", utility=known(3.0, 0.1), delight=known(3.5, 0.5, 3.5))])[0]

    assert look.level == "delight"
    assert look.now == pytest.approx(Z90 * math.sqrt(0.25 + 10 * 0.0005))
    assert look.after < look.now


def test_a_level_that_nobody_rated_does_not_drift():
    never = doubt([3.8, 3.8], [0.45, 0.45], 4.0, ROW, [math.nan, 0.0])

    assert never.now == pytest.approx([0.45, 0.45])
    assert np.all(never.gain > 0)


def test_nothing_to_rank_is_an_empty_list():
    assert rank([]) == []
    assert rank([VisitCandidate("a", 1.0, 3, {})]) == []
