"""Two sites and two channels: what is kept of a fit says the same as the formulas of METHOD 1.8 over the whole C."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shadowing.scoring.statistics.equations import NO_PARENT, Rows
from shadowing.scoring.statistics.parts import site_parts
from shadowing.scoring.statistics.scoring import fit
from shadowing.scoring.statistics.sides import (
    OUTSIDE,
    AreaSides,
    FitSides,
    OneSide,
    apart,
    area_sides,
    fit_sides,
    score_of,
)
from tests.scoring.statistics.test_parts import X, Y, panel
from tests.scoring.statistics.test_scoring import E2, A, B, C, near


def kept(rows):
    """A fit, and what is read back of it: every area by its number, all of them compared with each other."""
    solved = fit(rows)
    parts = site_parts(rows, solved) if rows.site_columns else None
    everything = {i: i for i in range(rows.areas)}
    areas = area_sides(solved, parts, everything, [list(everything)])
    read = {id: AreaSides.unpacked(area.packed(), area.beside) for id, area in areas.items()}
    known = fit_sides(solved)
    return solved, parts, FitSides.unpacked(known.packed(), known.variances, known.sites), read


@pytest.fixture
def e17():
    return kept(panel(E2, site=np.array([X if visit in (0, 2) else Y for _, _, visit, _ in E2]), sites=2))


def test_e17_two_sites(e17):
    _, _, known, areas = e17
    near(apart(known, OneSide(A, areas[A], X), OneSide(A, areas[A], Y)), [0.0578, 0.3617])
    near(apart(known, OneSide(A, areas[A], Y), OneSide(A, areas[A], X)), [-0.0578, 0.3617])


def test_e17_a_site_without_rows_has_its_expected_score(e17):
    _, _, known, areas = e17
    near(score_of(known, OneSide(C, areas[C], X)), [3.9879, 0.5409])
    near(score_of(known, OneSide(C, areas[C], Y)), [4.0142, 0.4693])


def test_a_site_the_fit_has_never_heard_of_is_less_certain_than_one_it_knows(e17):
    _, _, known, areas = e17
    score, error = score_of(known, OneSide(A, areas[A], OUTSIDE))
    assert score == pytest.approx(areas[A].expected)
    assert error > max(score_of(known, OneSide(A, areas[A], site))[1] for site in (X, Y))


def test_where_all_rows_are_of_one_site_another_is_expected_to_be_like_it():
    solved, _, known, areas = kept(panel(E2))
    score, error = score_of(known, OneSide(A, areas[A], OUTSIDE))
    assert score == pytest.approx(solved.scores[A])
    assert error == pytest.approx(math.sqrt(solved.errors[A] ** 2 + 2 * 0.04 + 2 * 0.04))


def test_two_channels_of_one_site():
    solved, _, known, areas = kept(panel(E2))
    line = solved.mixed(np.array([1.0, -1.0, 0.0]))
    gap, error = apart(known, OneSide(A, areas[A]), OneSide(B, areas[B]))
    assert gap == pytest.approx(solved.scores[A] - solved.scores[B])
    assert error == pytest.approx(math.sqrt(solved.variance_of(line)))


@st.composite
def any_panel(draw):
    """Areas 3 and 4 may follow 0 and 3 after fixes; any unit may be without rows."""
    areas, observers, sites, visits = 5, 3, draw(st.integers(1, 4)), 6
    size = draw(st.integers(1, 30))
    area, observer, visit = (
        np.array(draw(st.lists(st.integers(0, most - 1), min_size=size, max_size=size)))
        for most in (areas, observers, visits)
    )
    site_of = draw(st.lists(st.integers(0, sites - 1), min_size=visits, max_size=visits))
    rating = np.array(draw(st.lists(st.integers(1, 5), min_size=size, max_size=size)), dtype=float)
    parents = np.full(areas, NO_PARENT)
    if draw(st.booleans()):
        parents[3:] = 0, 3
    site = np.array(site_of)[visit]
    return Rows(area, observer, visit, rating, areas, observers, visits, site, sites, parents)


def line(solved, area, shares):
    """ℓ: 1 at μ and at the area, p_j at o_j, and these shares at β."""
    where = np.zeros(len(solved.area_effects))
    where[area] = 1.0
    return np.concatenate([[1.0], where, solved.panel_shares, shares])


def of_two_sites(solved, parts, area, one, other):
    """METHOD 1.8, word for word."""
    left = 1 - parts.trust[area]
    at = np.eye(solved.site_shares.shape[1])
    d = left[one] * line(solved, area, at[one]) - left[other] * line(solved, area, at[other])
    variance = solved.variances.residual * d @ solved.inverse @ d
    variance += (left[one] + left[other]) * solved.variances.part
    return parts.scores[area, one] - parts.scores[area, other], math.sqrt(variance)


def of_two_channels(solved, one, other):
    d = line(solved, one, solved.site_shares[one]) - line(solved, other, solved.site_shares[other])
    return solved.scores[one] - solved.scores[other], math.sqrt(solved.variances.residual * d @ solved.inverse @ d)


@settings(max_examples=80, deadline=None)
@given(any_panel())
def test_what_is_kept_says_what_the_whole_inverse_says(rows):
    solved, parts, known, areas = kept(rows)
    for one, other in ((0, 1), (0, 3), (4, 2), (3, 4)):
        found = apart(known, OneSide(one, areas[one]), OneSide(other, areas[other]))
        assert found == pytest.approx(of_two_channels(solved, one, other), abs=1e-9)
    for area in range(rows.areas) if parts else ():
        for one in range(rows.sites):
            at = score_of(known, OneSide(area, areas[area], one))
            assert at == pytest.approx((parts.scores[area, one], parts.errors[area, one]), abs=1e-9)
            for other in set(range(rows.sites)) - {one}:
                found = apart(known, OneSide(area, areas[area], one), OneSide(area, areas[area], other))
                assert found == pytest.approx(of_two_sites(solved, parts, area, one, other), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(any_panel())
def test_two_channels_at_one_site_are_not_surer_apart_than_each_is_alone(rows):
    _, parts, known, areas = kept(rows)
    for site in range(rows.sites) if parts else ():
        one, other = OneSide(0, areas[0], site), OneSide(1, areas[1], site)
        gap, error = apart(known, one, other)
        assert gap == pytest.approx(score_of(known, one)[0] - score_of(known, other)[0])
        assert 0 < error <= sum(score_of(known, side)[1] for side in (one, other)) + 1e-9
