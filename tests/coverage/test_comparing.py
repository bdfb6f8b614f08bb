"""Comparing channels and sites: only where enough was seen and eyes overlap."""

import pytest

from shadowing.coverage.comparing import Scored, compare, farthest_apart
from shadowing.scoring.shapes import Estimate
from shadowing.scoring.statistics.linking import linked_groups


def side(slug, score, error=0.2, rows=8):
    return Scored(slug, rows, Estimate(score, error, 4.0))


TOGETHER = {"app": 0, "counter": 0, "phone": 0}


def test_a_clear_difference_is_said_with_its_size():
    found = compare({"utility": [side("app", 4.4), side("counter", 3.2)]}, TOGETHER)

    assert (found.verdict, found.best, found.worst) == ("differs", "app", "counter")
    assert found.gap == pytest.approx(1.2)


def test_what_may_be_chance_is_no_difference():
    assert compare({"utility": [side("app", 4.0), side("counter", 3.7)]}, TOGETHER).verdict == "alike"


def test_more_pairs_ask_for_more_proof():
    two = [side("app", 4.0), side("counter", 3.5)]
    assert compare({"utility": two}, TOGETHER).verdict == "differs"
    assert compare({"utility": [*two, side("phone", 3.7)]}, TOGETHER).verdict == "alike"


def test_four_rows_are_not_compared():
    assert compare({"utility": [side("app", 4.9, rows=4), side("counter", 1.2)]}, TOGETHER).verdict == "too_few"


def test_sides_that_no_observer_connects_are_not_compared():
    found = compare({"utility": [side("app", 4.9), side("counter", 1.2)]}, {"app": 0, "counter": 1})

    assert found.verdict == "no_overlap"


def test_the_level_that_tells_most_is_shown():
    levels = {
        "utility": [side("app", 4.0), side("counter", 3.9)],
        "delight": [side("app", 4.6), side("counter", 2.9)],
    }
    assert compare(levels, TOGETHER).level == "delight"


def test_observers_link_places_directly_and_through_each_other():
    groups = linked_groups([(1, 10), (1, 20), (2, 20), (2, 30), (3, 40)])

    assert groups[10] == groups[20] == groups[30] != groups[40]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"app": (9, 10), "counter": (1, 10)}, ("app", "counter")),
        ({"app": (3, 3), "counter": (0, 3)}, ("app", "counter")),
        ({"app": (6, 10), "counter": (4, 10)}, None),
        ({"app": (2, 2), "counter": (0, 9)}, None),
        ({"app": (5, 5)}, None),
    ],
    ids=["clear", "three each", "may be chance", "too few", "one side"],
)
def test_questions_whose_answers_differ(answers, expected):
    found = farthest_apart(answers)

    assert (found and (found[0], found[2])) == expected
