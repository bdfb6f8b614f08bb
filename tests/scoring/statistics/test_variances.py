"""The variances: worked example 2's step and limit, and when they stay as they are."""

import numpy as np
import pytest

from shadowing.scoring.statistics import visit_groups
from shadowing.scoring.statistics.equations import DEFAULT_VARIANCES, Rows
from shadowing.scoring.statistics.variances import enough_to_refit, refit, step

E2 = Rows(
    np.array([0, 1, 0, 2, 0, 1, 1, 2]),
    np.array([0, 0, 0, 0, 1, 1, 1, 1]),
    np.array([0, 0, 1, 1, 2, 2, 3, 3]),
    np.array([3, 4, 2, 4, 3, 5, 4, 5]),
    3,
    2,
    4,
)


def four(variances):
    return [round(x, 4) for x in (variances.area, variances.observer, variances.visit, variances.residual)]


def test_e2_one_step():
    assert four(step(E2, DEFAULT_VARIANCES)) == [0.1854, 0.1236, 0.0607, 0.5878]


def test_e2_converged():
    assert four(refit(E2)) == [0.2417, 0.1240, 0.0589, 0.5039]


def test_eight_rows_are_not_enough():
    assert not enough_to_refit(E2)


def test_known_variances_are_found_again():
    random, areas, observers, visits = np.random.default_rng(11), 60, 25, 500
    n = visits * 8
    visit = np.repeat(np.arange(visits), 8)
    area, observer = random.integers(0, areas, n), (visit % observers)
    truth = (random.normal(0, 0.5, areas), random.normal(0, 0.4, observers), random.normal(0, 0.3, visits))
    rating = 3.5 + truth[0][area] + truth[1][observer] + truth[2][visit] + random.normal(0, 0.7, n)
    rows = Rows(area, observer, visit, rating, areas, observers, visits)
    assert enough_to_refit(rows)
    found = refit(rows)
    assert found.residual == pytest.approx(0.49, rel=0.1)
    assert found.area == pytest.approx(0.25, rel=0.4)
    assert found.visit == pytest.approx(0.09, rel=0.3)


def test_visits_of_one_size_taken_together_give_what_each_alone_gives(monkeypatch):
    random, n, visits = np.random.default_rng(3), 600, 90
    visit = random.integers(0, visits - 2, n)  # of 1 to about 14 rows, and two without any
    rows = Rows(
        area=random.integers(0, 12, n),
        observer=visit % 5,
        visit=visit,
        rating=random.integers(1, 6, n),
        areas=12,
        observers=5,
        visits=visits,
        site=visit % 3,
        sites=3,
        parents=np.array([-1] * 11 + [4]),
    )
    together = vars(refit(rows))

    monkeypatch.setattr(visit_groups, "_MOST_NUMBERS", 0)

    assert vars(refit(rows)) == pytest.approx(together, rel=1e-9)
