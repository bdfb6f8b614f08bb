"""The index over time: worked examples 7 and 16, the dense solution, and what must not look like a change."""

import math

import numpy as np
import pytest

from shadowing.core.vocabulary import LEVELS
from shadowing.scoring.statistics.equations import DEFAULT_VARIANCES, Rows
from shadowing.scoring.statistics.trend import (
    IndexChange,
    chance_above,
    index_change,
    level_changes,
    second_window_from,
    standing,
    window_numbers,
)
from shadowing.scoring.statistics.window_equations import OWN_MOVE, LevelChange, WindowEquations

E16 = Rows(
    area=np.array([0, 1, 0, 1, 0, 1, 0, 1]),
    observer=np.array([0, 0, 1, 1, 0, 0, 1, 1]),
    visit=np.array([0, 0, 1, 1, 2, 2, 3, 3]),
    rating=np.array([3, 4, 3, 5, 4, 4, 4, 5]),
    areas=2,
    observers=2,
    visits=4,
)
E16_WINDOW = np.array([0, 0, 0, 0, 1, 1, 1, 1])
DAY = 86_400.0


def test_e7_change_and_benchmark():
    change = IndexChange(6.45, 5.4416, ("utility",))
    assert (round(change.chance_up, 4), change.direction) == (0.8821, "no_clear_change")
    assert [round(chance_above(68.45, 4.54, 70, error), 4) for error in (0.0, 2.0)] == [0.3664, 0.3774]
    assert standing(0.3664) == "level"


def test_e16_trend():
    equations = WindowEquations(E16, E16_WINDOW, 2, DEFAULT_VARIANCES)
    x = equations.parts(equations.solve(equations.right))
    assert [round(n, 4) for n in x["alpha"]] == [3.25, 4.25]
    assert [round(n, 4) for n in x["kappa"]] == [0, 0.5]
    assert [round(n, 4) for n in x["own"]] == [-0.0278, 0.0278, 0.0278, -0.0278]  # A old, A new, B old, B new
    (level,) = level_changes(E16, E16_WINDOW, 2, np.array([0.5, 0.5]))
    assert (round(level.value, 4), round(level.error, 4)) == (12.5, 15.4616)
    change = index_change({"utility": level})
    assert (round(change.chance_up, 4), change.direction) == (0.7906, "no_clear_change")


@pytest.mark.parametrize(
    ("chance", "word"),
    [(0.90, "above"), (0.8999, "level"), (0.1001, "level"), (0.10, "below")],
)
def test_where_we_stand(chance, word):
    assert standing(chance) == word


@pytest.mark.parametrize(
    ("value", "direction"), [(1.7, "up"), (1.6, "no_clear_change"), (-1.6, "no_clear_change"), (-1.7, "down")]
)
def test_directions(value, direction):
    assert IndexChange(value, 1.0, ("utility",)).direction == direction


def test_levels_are_weighed_and_a_missing_one_leaves_its_share_to_the_rest():
    parts = dict(zip(LEVELS, (LevelChange(10, 2), LevelChange(0, 4), LevelChange(-5, 3)), strict=True))
    whole = index_change(parts)
    assert (whole.value, whole.error) == (pytest.approx(2.5), pytest.approx(2.9))
    two = index_change({level: parts[level] for level in ("utility", "delight")})
    assert two.value == pytest.approx((0.4 * 10 - 0.3 * 5) / 0.7) and two.levels == ("utility", "delight")
    with pytest.raises(ValueError, match="at least one level"):
        index_change({})


@pytest.mark.parametrize("seed", range(12))
def test_it_is_the_dense_generalised_least_squares_solution(seed):
    """Also with areas and pairs nobody saw, one or several sites, visits over two windows, estimated variances."""
    chance = np.random.default_rng(seed)
    rows, window = drawn(chance, areas=5, observers=4, sites=1 + seed % 3, visits=15, n=60, windows=3)
    weights = chance.dirichlet(np.ones(rows.areas))
    variances = DEFAULT_VARIANCES

    found = level_changes(rows, window, 3, weights, variances)

    assert [(each.value, each.error) for each in found] == [
        pytest.approx(dense(rows, window, old, 2, weights, variances), rel=1e-6) for old in (0, 1)
    ]


def drawn(chance, areas, observers, sites, visits, n, windows):
    """Random rows; the last area is never seen, the one before it in the newest window alone."""
    visit = chance.integers(0, visits, n)
    window = chance.integers(0, windows, visits)[visit]
    window[: windows * 2] = np.arange(windows * 2) % windows
    area = chance.integers(0, areas - 2, n)
    area[: windows * 2] = 0
    area[-3:], window[-3:] = areas - 2, windows - 1
    rows = Rows(
        area=area,
        observer=chance.integers(0, observers, visits)[visit],
        visit=visit,
        rating=chance.integers(1, 6, n),
        areas=areas,
        observers=observers,
        visits=visits,
        site=chance.integers(0, sites, visits)[visit],
        sites=sites,
    )
    return rows, window


def dense(rows, window, old, new, weights, v):
    """Δ and s by y = Xb + Zu with V = ZGZ' + R, every pair (area, window) of the map a column of Z."""
    n, windows = len(rows), window.max() + 1

    def ones(units, size):
        table = np.zeros((n, size))
        table[np.arange(n), units] = 1
        return table

    pairs = rows.area * windows + window
    fixed = np.hstack([ones(rows.area, rows.areas)[:, np.unique(rows.area)], ones(window, windows)[:, 1:]])
    kinds = [(ones(pairs, rows.areas * windows), OWN_MOVE), (ones(rows.observer, rows.observers), v.observer)]
    kinds.append((ones(rows.visit, rows.visits), v.visit))
    if rows.sites > 1:
        kinds.append((ones(rows.site, rows.sites), v.site))
    random = np.hstack([z for z, _ in kinds])
    spread = np.concatenate([np.full(z.shape[1], variance) for z, variance in kinds])
    inverse = np.linalg.inv(random * spread @ random.T + v.residual * np.eye(n))
    bread = np.linalg.inv(fixed.T @ inverse @ fixed)
    b = bread @ fixed.T @ inverse @ rows.rating
    u = spread * (random.T @ inverse @ (rows.rating - fixed @ b))
    k, c = np.zeros(len(b)), np.zeros(len(u))
    first = fixed.shape[1] - windows + 1
    for at, sign in ((old, -1), (new, 1)):
        if at:
            k[first + at - 1] += sign
        c[np.arange(rows.areas) * windows + at] += sign * weights
    known = spread[:, None] * (random.T @ inverse @ random) * spread
    beside = fixed.T @ inverse @ random * spread
    variance = (
        c @ (np.diag(spread) - known + beside.T @ bread @ beside) @ c + k @ bread @ k - 2 * k @ bread @ beside @ c
    )
    return 25 * (k @ b + c @ u), 25 * math.sqrt(variance)


def test_windows_without_a_common_area_have_no_verdict():
    rows = Rows([0, 0, 1, 1, 1, 1], [0, 1] * 3, [0, 1, 2, 3, 4, 5], [3, 4, 4, 5, 5, 4], 2, 2, 6)
    before, after = level_changes(rows, np.array([0, 0, 1, 1, 2, 2]), 3, np.array([0.5, 0.5]))
    assert before is None
    assert after == pytest.approx(LevelChange(after.value, after.error)) and after.error > 0


def test_a_window_in_between_that_nobody_used_changes_nothing():
    spread_out = level_changes(E16, 3 * E16_WINDOW, 4, np.array([0.5, 0.5]))
    assert spread_out[1:] == [None, None]
    assert spread_out[0].value == pytest.approx(12.5) and spread_out[0].error == pytest.approx(15.4616, abs=1e-4)


def test_places_nobody_saw_make_the_change_less_sure_and_no_other():
    (seen,) = level_changes(E16, E16_WINDOW, 2, np.array([0.5, 0.5]))
    wider = Rows(E16.area, E16.observer, E16.visit, E16.rating, 3, 2, 4)
    (partly,) = level_changes(wider, E16_WINDOW, 2, np.array([0.25, 0.25, 0.5]))
    assert partly.value == pytest.approx(seen.value)
    assert partly.error > seen.error


def organisation(chance, lenient=0.0, true_change=0.0, only_good_places=False):
    """Two windows of 240 ratings by 6 observers; in the second a seventh joins, who sees half of it."""
    areas, n = 12, 240
    good = chance.normal(0, 0.4, areas)
    eye = np.append(chance.normal(0, 0.35, 6), lenient)
    rows, window = [], []
    for at in (0, 1):
        for visit in range(n // 6):
            watcher = 6 if at and visit % 2 else int(chance.integers(0, 6))
            likely = np.argsort(-good)[:4] if at and only_good_places else np.arange(areas)
            mood = chance.normal(0, 0.25)
            for place in chance.choice(likely, 6):
                said = 3.6 + good[place] + eye[watcher] + mood + at * true_change + chance.normal(0, 0.8)
                rows.append((place, watcher, at * (n // 6) + visit, said))
                window.append(at)
    area, observer, visit, rating = (np.array(each) for each in zip(*rows, strict=True))
    return Rows(area, observer, visit, rating, areas, 7, 2 * (n // 6)), np.array(window)


def directions(**said):
    found = []
    for seed in range(60):
        rows, window = organisation(np.random.default_rng(seed), **said)
        (level,) = level_changes(rows, window, 2, np.full(12, 1 / 12))
        found.append(index_change({"utility": level}).direction)
    return {word: found.count(word) for word in ("up", "down", "no_clear_change")}


def test_a_lenient_observer_who_joins_does_not_make_it_go_up():
    """A plain mean would rise by 10 of 100 points (METHOD 5.3). By chance alone 3 of 60 may be called up."""
    assert directions(lenient=0.8)["up"] <= 6


def test_good_places_seen_more_often_do_not_make_it_go_up():
    assert directions(only_good_places=True)["up"] <= 6


def test_what_truly_rose_is_called_up():
    found = directions(true_change=0.6)
    assert found["up"] >= 40 and not found["down"]


def test_many_observers_who_met_little_are_solved_too():
    """Hard for conjugate gradients: two teams that share one place."""
    chance = np.random.default_rng(5)
    n = 6000
    team = chance.integers(0, 2, n)
    observer = 300 * team + chance.integers(0, 300, n)
    area = np.where(np.arange(n) % 500 == 0, 0, 1 + 200 * team + chance.integers(0, 200, n))
    window = chance.integers(0, 4, n)
    rows = Rows(area, observer, np.arange(n), chance.integers(1, 6, n), 401, 600, n)
    found = level_changes(rows, window, 4, np.full(401, 1 / 401))
    assert all(each is not None and 0 < each.error < 25 for each in found)


def test_windows_end_now_and_reach_back_a_year():
    until = 1000 * DAY
    days_before = np.array([-1, 0, 89.9, 90.1, 179.9, 180.1, 269.9, 270.1, 359.9, 360.1])
    assert window_numbers(until - days_before * DAY, until).tolist() == [3, 3, 3, 2, 2, 1, 1, 0, 0, -1]


def test_from_when_there_is_a_second_window():
    said = np.arange(40) * DAY
    assert second_window_from(said, 41 * DAY) == (29 + 90) * DAY
    assert second_window_from(said, 125 * DAY) == 125 * DAY, "the window moves on with the rows"
    assert second_window_from(said[:29], 41 * DAY) is None
    assert second_window_from(np.arange(40) * 10 * DAY, 401 * DAY) is None, "too thin for any window"
    assert second_window_from(said, 500 * DAY) is None, "all of it is too long ago"
