"""Sites, explanations and fixes against the worked examples E17 to E19, and what must hold of any panel."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shadowing.scoring.statistics.equations import DEFAULT_VARIANCES, NO_PARENT, Rows, assemble
from shadowing.scoring.statistics.explanation import Steps, explained, explained_part
from shadowing.scoring.statistics.index import level_index, site_index
from shadowing.scoring.statistics.parts import (
    combined,
    kappa_of,
    one_step,
    site_parts,
)
from shadowing.scoring.statistics.scoring import fit
from shadowing.scoring.statistics.variances import step
from shadowing.scoring.statistics.verdicts import shortfall
from tests.scoring.statistics.test_scoring import E2, A, B, C, P, Q, dense_solution, near

X, Y = 0, 1
A2 = 3


def panel(table, areas=3, visits=4, **more):
    area, observer, visit, rating = np.array(table, dtype=float).T
    return Rows(area.astype(int), observer.astype(int), visit.astype(int), rating, areas, 2, visits, **more)


@pytest.fixture
def sites():
    rows = panel(E2, site=np.array([X if visit in (0, 2) else Y for _, _, visit, _ in E2]), sites=2)
    return rows, fit(rows)


def test_e17_the_equations_and_scores(sites):
    rows, solved = sites
    near(assemble(rows)[0][1], [2.5098, 6.7549, -0.1634, -0.0817, 1.6732, 0.8366, 1.6732, 0.8366])
    effects = [*solved.area_effects, *solved.observer_effects, *solved.site_effects]
    near([solved.mean, *effects], [3.7812, -0.4485, 0.1993, 0.2492, -0.1636, 0.1636, 0.0162, -0.0162])
    near(solved.scores, [3.3381, 3.9858, 4.0142])
    near(solved.errors, [0.3913, 0.3913, 0.4380])


def test_seen_at_one_site_alone_is_spread_with_a_single_share(sites):
    _, solved = sites
    alone = [solved.spread(np.tile(share, (3, 1))) for share in np.eye(2)]
    np.testing.assert_allclose(solved.spread_at_sites(), np.stack(alone, axis=1), rtol=1e-12)


def test_e17_the_sites_of_an_area(sites):
    rows, solved = sites
    parts = site_parts(rows, solved)
    near(kappa_of(solved.variances), 16.5625)
    near(parts.trust[A], [0.1077, 0.0569])
    hoped = solved.panel + solved.area_effects[A] + solved.site_effects
    near(hoped, [3.3488, 3.3165])
    near(parts.expected[A] - hoped, [0.0516, 0.0516])
    near(parts.seen[A], [3.0, 2.1636])
    near(parts.scores[A], [3.3573, 3.2996])
    near(parts.errors[A], [0.4305, 0.4594])
    near(parts.scores[B], [4.0177, 3.9220])
    near(parts.scores[C], [3.9879, 4.0142])
    near(parts.errors[C], [0.5409, 0.4693])
    near(shortfall(4.0, parts.scores[A], parts.errors[A]).probability, [0.9322, 0.9363])


def test_e17_the_index_of_a_site(sites):
    rows, solved = sites
    parts, weights = site_parts(rows, solved), np.full(3, 1 / 3)
    whole = level_index(solved, weights)
    near([whole.value, whole.error], [69.4839, 7.7787])
    for site, value, error in ((X, 69.6909, 8.3739), (Y, 68.6311, 8.2409)):
        there = site_index(solved, parts, site, weights)
        near([there.value, there.error], [value, error])


def test_e17_one_step_of_the_variances(sites):
    rows, solved = sites
    new = step(rows, DEFAULT_VARIANCES)
    near([new.area, new.observer, new.visit, new.site, new.residual], [0.1861, 0.1236, 0.0609, 0.0390, 0.5920])
    near(one_step(rows, solved), 0.0401)


def test_e17_parts_of_an_area_by_hand():
    scores, errors = combined(2.52, 0.30, np.array([3.0, 3.0]), np.array([2.0, 2.7]), DEFAULT_VARIANCES)
    near(scores, [2.4663, 2.5737])
    near(errors, [0.3357, 0.3357])


def test_e18_explained(sites):
    solved_rows = panel(E2)
    steps = explained(solved_rows, fit(solved_rows))
    near([steps[A].raw, steps[A].who, steps[A].visits, steps[A].few], [2.6667, 0.0545, 0.0181, 0.5950])
    assert steps[A].stations == (42, 43, 43, 58)
    near([steps[B].raw, steps[B].who, steps[B].visits, steps[B].few], [4.3333, -0.0545, -0.0281, -0.2686])
    assert steps[B].stations == (83, 82, 81, 75)
    near([steps[C].raw, steps[C].who, steps[C].visits, steps[C].few], [4.5, 0, 0.0150, -0.4896])
    assert steps[C].stations == (88, 88, 88, 76)
    assert Steps(2.9060, 0.0980, -0.0580, 0.2140).stations == (48, 50, 49, 54)

    rows, solved = sites
    parts = site_parts(rows, solved)
    there = explained_part(parts.raw[A, Y], parts.seen[A, Y], parts.scores[A, Y])
    near([there.raw, there.raw + there.who, there.score], [2.0, 2.1636, 3.2996])
    assert there.stations == (25, 29, 29, 57)


AFTER = [(A2, Q, 4, 4), (A2, P, 5, 5), (A2, Q, 6, 4)]
#: After so many rows: score and error of A2, index of the level and its error.
E19 = [
    (0, 3.3343, 0.8454, 69.5150, 9.9754),
    (1, 3.6008, 0.5985, 72.4089, 8.0767),
    (2, 4.1133, 0.4853, 77.2174, 7.3201),
    (3, 4.0693, 0.4206, 76.9279, 6.9230),
]


def shipped(rows):
    return panel([*E2, *AFTER[:rows]], areas=4, visits=7, parents=np.array([NO_PARENT, NO_PARENT, NO_PARENT, A]))


@pytest.mark.parametrize(("rows", "score", "error", "index", "doubt"), E19)
def test_e19_after_a_fix(rows, score, error, index, doubt):
    solved = fit(shipped(rows))
    near([solved.scores[A2], solved.errors[A2]], [score, error])
    level = level_index(solved, np.array([0, 1 / 3, 1 / 3, 1 / 3]))
    near([level.value, level.error], [index, doubt])


def test_e19_the_equations_explanation_and_variances():
    matrix, _ = assemble(shipped(0))
    near(matrix[1], [2.5098, 7.8927, -0.1634, -0.0817, -1.1378, 1.6732, 0.8366])
    near(matrix[4][[4, 1]], [1.1378, -1.1378])
    rows = shipped(3)
    steps = explained(rows, fit(rows))[A2]
    near([steps.raw, steps.who, steps.visits, steps.few], [4.3333, -0.0232, 0, -0.2408])
    assert steps.stations == (83, 83, 83, 77)
    new = step(rows, DEFAULT_VARIANCES)
    near([new.area, new.observer, new.visit, new.residual], [0.1750, 0.1161, 0.0614, 0.6094])


@st.composite
def any_panel(draw):
    areas, observers, sites, visits = 4, 3, 3, 6
    size = draw(st.integers(1, 30))
    draws = [
        draw(st.lists(st.integers(0, most - 1), min_size=size, max_size=size)) for most in (areas, observers, visits)
    ]
    site_of = draw(st.lists(st.integers(0, sites - 1), min_size=visits, max_size=visits))
    rating = draw(st.lists(st.integers(1, 5), min_size=size, max_size=size))
    area, observer, visit = (np.array(each) for each in draws)
    site = np.array(site_of)[visit]
    return Rows(area, observer, visit, np.array(rating, dtype=float), areas, observers, visits, site, sites)


@settings(max_examples=60, deadline=None)
@given(any_panel())
def test_sites_average_to_their_area_and_steps_add_up(rows):
    solved = fit(rows)
    parts = site_parts(rows, solved)
    seen = solved.area_rows > 0
    whole = (solved.site_shares * parts.scores).sum(axis=1)
    assert whole[seen] == pytest.approx(solved.scores[seen])
    assert np.isfinite(parts.errors).all() and (parts.errors > 0).all()
    for area, steps in enumerate(explained(rows, solved)):
        if steps:
            assert steps.score == pytest.approx(solved.scores[area])


@settings(max_examples=60, deadline=None)
@given(any_panel())
def test_with_sites_it_agrees_with_generalised_least_squares(rows):
    solved, (scores, errors) = fit(rows), dense_solution(rows)
    assert solved.scores == pytest.approx(scores, abs=1e-9)
    assert solved.errors == pytest.approx(errors, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(any_panel(), st.integers(0, 3))
def test_shipping_alone_moves_no_score(rows, area):
    before = fit(rows)
    parents = np.array([NO_PARENT] * rows.areas + [area])
    after = fit(replace(rows, areas=rows.areas + 1, parents=parents))
    assert after.scores[:-1] == pytest.approx(before.scores)
    assert after.scores[-1] == pytest.approx(before.scores[area])
