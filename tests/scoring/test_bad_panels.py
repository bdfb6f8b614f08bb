"""Panels as bad as they come: nothing breaks, nothing is NaN, and little evidence stays little evidence."""

import math

import numpy as np
import pytest

from shadowing.core.vocabulary import LEVELS
from shadowing.scoring.fitting import judge_units, solve_levels
from shadowing.scoring.journey_figures import MapArea, figures_of
from shadowing.scoring.panel_rows import MEASURES, PanelRows
from shadowing.scoring.statistics.verdicts import HEALTHY, NOT_ENOUGH, UNDERPERFORMING

TARGETS = dict.fromkeys(LEVELS, 4.0)


def panel(rows, areas=3, observers=2, sites=(1, 2)):
    """rows: (area, observer, visit, site, rating); areas are numbered from 0."""
    area, observer, visit, site, rating = np.array(rows).T
    n = len(rows)
    return PanelRows(
        units=[(number, 1) for number in range(areas)],
        parents=[-1] * areas,
        sites=list(sites),
        observers=[str(number) for number in range(observers)],
        unit=area.astype(np.int64),
        observer=observer.astype(np.int64),
        visit=visit.astype(np.int64),
        site=site.astype(np.int64),
        day=np.full(n, 20_000),
        moment=np.full(n, 1.7e9),
        walked=np.zeros(n, dtype=bool),
        measures={name: rating.astype(float) for name in MEASURES},
    )


def judged(rows, site=None):
    """Results by area, and the journey's figures; every number of both is finite."""
    solved = solve_levels(rows, {})
    found = judge_units(rows, solved, {area: TARGETS for area, _ in rows.units}, site=site)
    places = [MapArea(area, 1, area, "core", "on_site", None, 3, TARGETS) for area, _ in rows.units]
    figures = figures_of(rows, solved, places, site)
    for result in found.values():
        for score in result.levels.values():
            numbers = (score.score, score.error, score.probability, score.gain, score.gain_variance)
            assert all(math.isfinite(each) for each in numbers), score
    assert_finite(figures)
    return {area: result for (area, _), result in found.items()}, figures


def assert_finite(value):
    if isinstance(value, dict):
        for each in value.values():
            assert_finite(each)
    elif isinstance(value, float):
        assert math.isfinite(value)


ONE_OBSERVER = [(a, 0, v, 1, 1) for v in range(6) for a in range(3)]
ALL_EQUAL = [(a, v % 2, v, 1 + v % 2, 4) for v in range(12) for a in range(3)]


def test_one_row():
    found, figures = judged(panel([(0, 0, 0, 1, 1)]))

    assert found[0].levels["utility"].verdict.slug == NOT_ENOUGH
    assert figures["index"]["provisional"]


def test_one_observer_is_on_watch_at_the_worst_when_there_are_others():
    found, _ = judged(panel([*ONE_OBSERVER, (0, 1, 9, 1, 5)]))

    assert all(found[area].levels["utility"].verdict.one_observer for area in (1, 2))


def test_a_panel_of_one_observer_may_flag():
    found, _ = judged(panel(ONE_OBSERVER, observers=1))

    assert {found[area].levels["utility"].verdict.slug for area in range(3)} == {UNDERPERFORMING}


@pytest.mark.parametrize("rating", [1, 5])
def test_all_ratings_the_same(rating):
    found, figures = judged(panel([(*row[:4], rating) for row in ALL_EQUAL]))

    scores = {round(found[area].levels["utility"].score, 9) for area in range(3)}
    assert scores == {float(rating)}
    assert figures["index"]["value"] == pytest.approx(25 * (rating - 1))
    expected = UNDERPERFORMING if rating == 1 else HEALTHY
    assert {found[area].levels["utility"].verdict.slug for area in range(3)} == {expected}


def test_one_area():
    found, figures = judged(panel([(0, v % 2, v, 1 + v % 2, 3) for v in range(8)], areas=1))

    assert found[0].levels["delight"].score == pytest.approx(3)
    assert figures["weights"] == {"0": 1.0}


def test_areas_without_rows_take_no_verdict():
    found, figures = judged(panel(ALL_EQUAL, areas=9))

    assert set(found) == {0, 1, 2}
    assert len(figures["weights"]) == 9


def test_a_site_with_a_single_row():
    found, _ = judged(panel([*ALL_EQUAL, (1, 0, 50, 3, 1)], sites=(1, 2, 3)), site=3)

    assert found[1].levels["utility"].verdict.slug == NOT_ENOUGH
    assert found[1].levels["utility"].score > 3, "one row says little against what is known of the area"


def test_a_thousand_areas_and_five_hundred_observers():
    chance = np.random.default_rng(2)
    visit = np.repeat(np.arange(3000), 4)
    who = chance.integers(0, 500, 3000)[visit]
    columns = (chance.integers(0, 1000, 12_000), who, visit, 1 + visit % 2, chance.integers(1, 6, 12_000))

    found, figures = judged(panel(np.column_stack(columns), areas=1000, observers=500))

    assert len(found) == 1000
    assert figures["rows"] == 3 * 12_000
