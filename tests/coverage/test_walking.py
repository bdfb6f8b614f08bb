"""A team that follows the compass sees everything sooner than one that goes where it always goes, and decides better.

A slice of `python -m tests.bench --only compass`, where more teams and weaker habits stand too.
"""

from statistics import mean

import pytest

from tests.coverage.walking import COMPASS, FEWEST, FREE, Team, compared


@pytest.fixture(scope="module")
def teams():
    return compared(Team(), range(4))


def test_nine_cells_of_ten_are_fresh_in_seven_tenths_of_the_visits(teams):
    assert all(told.fresh[-1] >= 0.9 for told in teams[COMPASS])
    assert needed(teams[COMPASS]) <= 0.7 * needed(teams[FREE])


def needed(teams):
    """Mean number of visits; who never got there made all of theirs in vain."""
    return mean(told.visits_until(0.9) or told.visits[-1] for told in teams)


def test_decisions_lose_less_than_when_the_fewest_seen_comes_first(teams):
    assert mean(told.loss[-1] for told in teams[COMPASS]) < mean(told.loss[-1] for told in teams[FEWEST])
    assert mean(mean(told.loss) for told in teams[COMPASS]) < mean(mean(told.loss) for told in teams[FEWEST])
