"""One visit's terms taken off and added again give what a full solution gives (METHOD 1.5)."""

import numpy as np
import pytest

from shadowing.scoring.statistics.equations import DEFAULT_VARIANCES, Rows
from shadowing.scoring.statistics.kept_equations import KeptEquations
from shadowing.scoring.statistics.scoring import fit

AREAS, OBSERVERS, SITES, VISITS = 40, 9, 4, 120


def a_panel(chance, rows=900):
    """Rows of a made-up panel as a table: area, observer, visit, site, rating."""
    visit = chance.integers(0, VISITS, rows)
    by, at = chance.integers(0, OBSERVERS, VISITS), chance.integers(0, SITES, VISITS)
    return np.column_stack([chance.integers(0, AREAS, rows), by[visit], visit, at[visit], chance.integers(1, 6, rows)])


def as_rows(table, parents=()):
    area, observer, visit, site, rating = (table[:, n] for n in range(5))
    return Rows(
        area, observer, visit, rating.astype(float), AREAS, OBSERVERS, VISITS + 50, site, SITES, np.array(parents, int)
    )


def visit_changed(table, chance):
    """Another table: one visit's rows deleted, some of them, edited, or a new visit."""
    number = int(chance.integers(0, VISITS + 50))
    mine, rest = table[table[:, 2] == number], table[table[:, 2] != number]
    if chance.random() < 0.2:
        kept = mine[:0]
    elif chance.random() < 0.5 and len(mine):
        kept = mine[chance.random(len(mine)) < 0.6].copy()
        kept[:, 4] = chance.integers(1, 6, len(kept))
    else:
        size = int(chance.integers(1, 14))
        observer, site = int(chance.integers(0, OBSERVERS)), int(chance.integers(0, SITES))
        kept = np.column_stack(
            [
                chance.integers(0, AREAS, size),
                np.full(size, observer),
                np.full(size, number),
                np.full(size, site),
                chance.integers(1, 6, size),
            ]
        )
    return number, np.vstack([rest, kept]), mine, kept


@pytest.mark.parametrize("seed", range(3))
def test_after_two_hundred_changes_scores_and_errors_are_those_of_a_full_solution(seed):
    chance = np.random.default_rng(seed)
    table = a_panel(chance)
    parents = [-1] * AREAS
    parents[7], parents[8] = 3, 7
    kept = KeptEquations.of(as_rows(table, parents), DEFAULT_VARIANCES)

    for _ in range(200):
        _, table, gone, come = visit_changed(table, chance)
        kept = kept.changed(as_rows(table, parents), as_rows(gone, parents), as_rows(come, parents))

    whole, mine = fit(as_rows(table, parents)), kept.solved()
    for name in ("scores", "errors", "site_effects", "visit_effects", "observer_effects", "inverse"):
        assert np.abs(getattr(mine, name) - getattr(whole, name)).max() < 1e-9, name


def test_a_change_of_most_of_the_panel_is_solved_anew():
    chance = np.random.default_rng(5)
    table, other = a_panel(chance), a_panel(chance)
    kept = KeptEquations.of(as_rows(table), DEFAULT_VARIANCES)

    kept = kept.changed(as_rows(other), as_rows(table), as_rows(other))

    assert np.abs(kept.solved().scores - fit(as_rows(other)).scores).max() < 1e-10


def test_without_a_row_there_are_no_equations():
    with pytest.raises(ValueError, match="without a single row"):
        KeptEquations.of(as_rows(np.zeros((0, 5), dtype=int)), DEFAULT_VARIANCES)
