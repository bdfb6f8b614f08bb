"""How an observer's eye compares (METHOD 9)."""

import numpy as np
import pytest

from shadowing.scoring.leniency import over_levels, settled_leniencies
from shadowing.scoring.statistics.equations import Rows
from shadowing.scoring.statistics.scoring import fit


def rows_of(observers, areas, times, rating):
    """Everybody at every place, some times over, each on a visit of their own."""
    cells = [(area, who, time) for who in range(observers) for area in range(areas) for time in range(times)]
    area, who, time = (np.array(part) for part in zip(*cells, strict=True))
    return Rows(
        area=area,
        observer=who,
        visit=who * times + time,
        rating=np.array([rating(a, w) for a, w, _ in cells], float),
        areas=areas,
        observers=observers,
        visits=observers * times,
    )


def test_all_at_once_is_each_one_alone():
    solved = fit(rows_of(4, 6, 3, lambda area, who: 2 + (area + who) % 3))

    values, errors = solved.leniencies

    for who in range(4):
        assert solved.leniency(who) == pytest.approx((values[who], errors[who]))


def test_areas_of_an_observer_are_counted_once():
    solved = fit(rows_of(3, 5, 4, lambda area, who: 3))

    assert solved.observer_areas.tolist() == [5, 5, 5] and solved.area_observers.tolist() == [3] * 5


def test_settled_needs_rows_places_and_company():
    names = ["1", "2"]
    mild = lambda area, who: 4 if who == 0 else 3  # noqa: E731

    assert set(settled_leniencies(fit(rows_of(2, 6, 4, mild)), names)) == {"1", "2"}
    assert settled_leniencies(fit(rows_of(2, 4, 6, mild)), names) == {}  # four places
    assert settled_leniencies(fit(rows_of(2, 9, 1, mild)), names) == {}  # nine rows
    assert settled_leniencies(fit(rows_of(1, 6, 4, mild)), names[:1]) == {}


def test_one_sentence_for_all_levels_is_their_mean():
    eye = over_levels([[0.2, 0.1], [0.4, 0.2]])

    assert eye.value == pytest.approx(0.3)
    assert (eye.high - eye.low) / 2 == pytest.approx(1.6449 * 0.15, abs=1e-4)
    assert over_levels([]) is None
