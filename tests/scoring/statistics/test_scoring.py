"""Scores against the worked examples of the method, and against a solution built another way."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shadowing.scoring.statistics import equations
from shadowing.scoring.statistics.equations import DEFAULT_VARIANCES, Rows, assemble, visit_sums, visit_weights
from shadowing.scoring.statistics.scoring import Fit, NothingToFit, fit
from shadowing.scoring.statistics.verdicts import shortfall

A, B, C = 0, 1, 2
P, Q = 0, 1
E2 = [(A, P, 0, 3), (B, P, 0, 4), (A, P, 1, 2), (C, P, 1, 4), (A, Q, 2, 3), (B, Q, 2, 5), (B, Q, 3, 4), (C, Q, 3, 5)]


def rows_of(table, areas=3, observers=2, visits=4):
    area, observer, visit, rating = np.array(table, dtype=float).T
    return Rows(area.astype(int), observer.astype(int), visit.astype(int), rating, areas, observers, visits)


def near(values, expected):
    assert np.round(values, 4) == pytest.approx(np.array(expected), abs=1e-9)


def test_e2_the_equations():
    rows = rows_of(E2)
    matrix, right = assemble(rows)
    near(visit_weights(visit_sums(rows), DEFAULT_VARIANCES), [0.0817] * 4)
    near(matrix[0], [6.6928, 2.5098, 2.5098, 1.6732, 3.3464, 3.3464])
    near(right, [25.0980, 6.2843, 11.0392, 7.7745, 10.8758, 14.2222])
    assert (matrix == matrix.T).all()


def test_e2_the_solution():
    solved = fit(rows_of(E2))
    near(solved.mean, 3.7806)
    near(solved.area_effects, [-0.4463, 0.2015, 0.2448])
    near(solved.observer_effects, [-0.1636, 0.1636])
    near(solved.visit_effects, [0.0009, -0.0844, 0.0291, 0.0544])
    near(solved.scores, [3.3343, 3.9821, 4.0254])
    near(solved.raw_means, [2.6667, 4.3333, 4.5])
    near(solved.errors, [0.3902, 0.3902, 0.4287])
    near(shortfall(4.0, solved.scores, solved.errors).probability, [0.9560, 0.5183, 0.4764])
    near(solved.leniency(P), [-0.1636, 0.1944])
    near([solved.base, solved.unseen_error], [3.7806, 0.5568])
    assert solved.area_rows.tolist() == [3, 3, 2]
    assert solved.area_observers.tolist() == [2, 2, 2]
    assert (solved.rows, solved.panel_size) == (8, 2)


def test_e3_one_more_row():
    solved = fit(rows_of([*E2, (A, Q, 3, 4)]))
    near(
        [solved.mean, *solved.area_effects, *solved.observer_effects],
        [3.8202, -0.4101, 0.1811, 0.2290, -0.1826, 0.1826],
    )
    near(solved.scores, [3.4304, 4.0215, 4.0695])
    near(solved.errors, [0.3573, 0.3869, 0.4258])
    near(shortfall(4.0, solved.scores, solved.errors).probability, [0.9446, 0.4778, 0.4352])
    assert solved.panel_shares == pytest.approx([4 / 9, 5 / 9])


def test_an_area_without_rows_gets_the_base_and_its_own_spread():
    solved = fit(rows_of(E2, areas=4))
    near([solved.scores[3], solved.errors[3]], [3.7806, 0.5568])
    assert np.isnan(solved.raw_means[3])
    assert solved.errors[3] == pytest.approx(solved.unseen_error)
    assert solved.scores[:3] == pytest.approx(fit(rows_of(E2)).scores)


def test_no_rows_is_said_not_computed():
    with pytest.raises(NothingToFit):
        fit(Rows(np.array([]), np.array([]), np.array([]), np.array([]), 3, 2, 0))


def test_a_unit_outside_its_size_is_refused():
    with pytest.raises(ValueError, match="area"):
        rows_of(E2, areas=2)


def dense_solution(rows: Rows) -> tuple[np.ndarray, np.ndarray]:
    """Scores and errors from the full covariance of all ratings: generalised least squares."""
    n, v = len(rows), DEFAULT_VARIANCES

    def incidence(units, size):
        return (units[:, None] == np.arange(size)).astype(float)

    kinds = [(rows.area, rows.areas), (rows.observer, rows.observers), (rows.site, rows.site_columns)]
    design = np.hstack([incidence(units, size) for units, size in kinds])
    spread = np.diag([v.area] * rows.areas + [v.observer] * rows.observers + [v.site] * rows.site_columns)
    visits = incidence(rows.visit, rows.visits)
    covariance = design @ spread @ design.T + v.visit * visits @ visits.T + v.residual * np.eye(n)
    precise, ones = np.linalg.inv(covariance), np.ones(n)
    information = ones @ precise @ ones
    mean = ones @ precise @ rows.rating / information
    effects = spread @ design.T @ precise @ (rows.rating - mean)
    shares = np.bincount(rows.observer, minlength=rows.observers) / n
    at = incidence(rows.area, rows.areas).T @ incidence(rows.site, rows.site_columns)
    at[at.sum(axis=1) == 0] = at.sum(axis=0)
    by_site = at / np.maximum(at.sum(axis=1, keepdims=True), 1)
    lines = np.hstack([np.eye(rows.areas), np.tile(shares, (rows.areas, 1)), by_site])
    gain = lines @ spread @ design.T @ precise
    open_part = lines @ spread @ lines.T - gain @ design @ spread @ lines.T
    slack = 1 - gain @ ones
    errors = np.sqrt(np.diag(open_part) + slack**2 / information)
    return mean + lines @ effects, errors


tables = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 2), st.integers(0, 7), st.integers(1, 5)), min_size=1, max_size=25
)


@settings(max_examples=60, deadline=None)
@given(tables)
def test_agrees_with_generalised_least_squares(table):
    rows = rows_of(table, 5, 3, 8)
    solved, (scores, errors) = fit(rows), dense_solution(rows)
    assert solved.scores == pytest.approx(scores, abs=1e-9)
    assert solved.errors == pytest.approx(errors, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(tables, st.permutations(range(5)), st.permutations(range(3)), st.permutations(range(8)), st.randoms())
def test_names_and_order_do_not_matter(table, areas, observers, visits, shuffler):
    plain = fit(rows_of(table, 5, 3, 8))
    renamed = [(areas[a], observers[o], visits[v], y) for a, o, v, y in table]
    shuffler.shuffle(renamed)
    other = fit(rows_of(renamed, 5, 3, 8))
    assert other.scores[list(areas)] == pytest.approx(plain.scores, abs=1e-9)
    assert other.errors[list(areas)] == pytest.approx(plain.errors, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=24, max_size=24), st.integers(0, 2), st.floats(-3, 3))
def test_a_uniformly_lenient_observer_moves_no_ranking(ratings, lenient, points):
    """Each of three observers at each of four areas, twice: all scores move alike, whatever one of them adds."""
    table = [(n % 4, n // 4 % 3, n // 4, float(rating)) for n, rating in enumerate(ratings)]
    plain = fit(rows_of(table, 4, 3, 6))
    moved = fit(rows_of([(a, o, v, y + points * (o == lenient)) for a, o, v, y in table], 4, 3, 6))
    assert moved.scores - moved.scores[0] == pytest.approx(plain.scores - plain.scores[0], abs=1e-9)


def test_who_looked_where_decides_little():
    """A lenient observer at half of the areas: the plain means say those are better, the scores hardly do."""
    chance = np.random.default_rng(4)
    table = []
    for visit in range(1200):
        observer = visit % 4
        areas = chance.choice(5 if observer == 0 else 10, 4, replace=False)
        table += [(int(a), observer, visit, 3.5 + (observer == 0) + chance.normal(0, 0.8)) for a in areas]
    solved = fit(rows_of(table, 10, 4, 1200))
    raw = solved.raw_means[:5].mean() - solved.raw_means[5:].mean()
    assert raw > 0.2
    assert abs(solved.scores[:5].mean() - solved.scores[5:].mean()) < raw / 4


@settings(max_examples=30, deadline=None)
@given(tables)
def test_ratings_moved_by_one_move_the_scores_by_one(table):
    plain = fit(rows_of(table, 5, 3, 8))
    moved = fit(rows_of([(a, o, v, y + 1) for a, o, v, y in table], 5, 3, 8))
    assert moved.scores == pytest.approx(plain.scores + 1, abs=1e-9)
    assert moved.errors == pytest.approx(plain.errors, abs=1e-9)


def test_both_ways_of_summing_visits_agree(monkeypatch):
    random = np.random.default_rng(4)
    n = 3000
    rows = Rows(
        random.integers(0, 90, n),
        random.integers(0, 20, n),
        random.integers(0, 300, n),
        random.integers(1, 6, n),
        90,
        20,
        300,
    )
    monkeypatch.setattr(equations, "_BLAS_ADVANTAGE", 0.0)
    dense = assemble(rows)[0]
    monkeypatch.setattr(equations, "_BLAS_ADVANTAGE", 1e9)
    monkeypatch.setattr(equations, "_BLOCK", 4000)
    assert assemble(rows)[0] == pytest.approx(dense, abs=1e-8)


def test_a_survey_of_twenty_thousand_visits_is_quick():
    random, visits = np.random.default_rng(5), 21_646
    rows = Rows(
        np.tile(np.arange(14), visits),
        np.zeros(14 * visits, dtype=int),
        np.repeat(np.arange(visits), 14),
        random.integers(1, 6, 14 * visits),
        14,
        1,
        visits,
    )
    started = time.perf_counter()
    solved: Fit = fit(rows)
    assert solved.errors.max() < 0.15
    assert time.perf_counter() - started < 3
