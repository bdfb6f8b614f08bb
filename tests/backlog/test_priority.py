"""Worked example 5: priority, lenses, tension and which items are practically tied."""

from datetime import UTC, datetime

import pytest

from shadowing.backlog.priority import (
    PriorityInput,
    effort_of,
    judge,
    opportunity_score,
    ordered,
    probability_above,
    reach_of,
)
from shadowing.scoring.statistics.verdicts import shortfall


def candidate(name, level, importance, effects, score, error, target, **more):
    found = shortfall(target, score, error)
    lenses = ("customer", "business", "brand")
    return PriorityInput(
        id=name,
        level=level,
        probability=float(found.probability),
        gain=float(found.gain),
        gain_variance=float(found.variance),
        rows=20,
        opened=datetime(2026, 10, 1, tzinfo=UTC),
        importance=dict(zip(lenses, importance, strict=True)),
        effects=dict(zip(lenses, effects, strict=True)),
        **more,
    )


X = candidate(
    "X",
    "utility",
    (5, 3, 4),
    (1, 1, 1),
    3.4,
    0.30,
    4.0,
    reach=1200,
    reach_measured=True,
    effort=5,
    effort_estimated=True,
)
Y = candidate(
    "Y",
    "usability",
    (4, 2, 5),
    (-0.5, 0.5, 1),
    3.1,
    0.25,
    3.8,
    reach=2500,
    reach_measured=True,
    effort=8,
    effort_estimated=True,
)
Z = candidate("Z", "utility", (3, 3, 3), (1, 1, 1), 3.5, 0.35, 4.0, reach=900, effort=3)


@pytest.mark.parametrize(
    ("item", "lenses", "support", "tension", "value", "priority", "doubt"),
    [
        (X, [1.0, 0.6, 0.8], 0.8, ("pull", 0.2), 578.4453, 115.6891, 0.3105),
        (Y, [-0.4, 0.2, 1.0], 0.2667, ("conflict", 0.7), 466.7935, 58.3492, 0.1994),
        (Z, [0.6, 0.6, 0.6], 0.6, ("aligned", 0.0), 276.5056, 92.1685, 0.9079),
    ],
)
def test_e5_single_items(item, lenses, support, tension, value, priority, doubt):
    found = judge(item)
    assert list(found.lenses.values()) == pytest.approx(lenses)
    assert (found.tension, round(found.tension_size, 4)) == tension
    assert [round(x, 4) for x in (found.support, found.value, found.priority, found.doubt)] == [
        support,
        value,
        priority,
        doubt,
    ]


def test_e5_order_and_bands():
    x, y, z = judge(X), judge(Y), judge(Z)
    assert round(probability_above(x, z), 4) == 0.5816
    assert round(probability_above(x, y), 4) == 0.8311
    assert round(probability_above(z, y), 4) == 0.6680
    backlog = ordered([Y, Z, X])
    assert [(item.candidate.id, item.band) for item in backlog] == [("X", 1), ("Z", 1), ("Y", 2)]
    assert backlog[2].rank_by_lens == {"customer": 3, "business": 3, "brand": 1}


def test_what_helps_nobody_goes_last_in_its_tier():
    harmful = candidate("H", "utility", (5, 5, 5), (-1, -1, 0), 3.0, 0.2, 4.0)
    backlog = ordered([harmful, Y, Z])
    assert [item.candidate.id for item in backlog] == ["Z", "H", "Y"]
    assert backlog[1].priority == 0
    assert probability_above(backlog[0], backlog[1]) == 1.0


def test_defaults_for_reach_and_effort():
    assert reach_of(250, []) == (250, True)
    assert reach_of(None, [100, 300, 800]) == (300, False)
    assert reach_of(None, []) == (100.0, False)
    assert effort_of(0.1, None) == (0.25, True)
    assert effort_of(None, "L") == (8.0, False)
    assert effort_of(None, None) == (3.0, False)


def test_opportunity_score():
    assert opportunity_score(4, 0.4) == pytest.approx(12)
