"""The line of satisfaction, periods, and progress that names nobody."""

from datetime import date

import pytest

from shadowing.authoring.goals.rules import Progress, line, period_start, progress


@pytest.mark.parametrize(
    ("satisfied", "answers", "state"),
    [(50, 50, "reached"), (45, 50, "open"), (30, 50, "missed"), (4, 4, None), (0, 0, None)],
)
def test_the_line_is_judged_by_its_interval(satisfied, answers, state):
    """METHOD 5.4: 50 of 50 reaches it, 45 of 50 does not decide it."""
    assert line(satisfied, answers, 5000, 0.90).state == state


def test_what_it_means_in_customers_a_month():
    found = line(40, 50, 5000, 0.90)

    assert found.allowed == 500
    assert found.unhappy[0] == 1000 and found.unhappy[1] < 1000 < found.unhappy[2]
    assert line(40, 50, None, 0.90).unhappy is None
    assert line(2, 3, 5000, 0.90).unhappy is None


@pytest.mark.parametrize(
    ("period", "start"),
    [("month", date(2026, 11, 1)), ("quarter", date(2026, 10, 1)), ("year", date(2026, 1, 1))],
)
def test_periods(period, start):
    assert period_start(date(2026, 11, 21), period) == start
    assert period_start(start, period) == start


def test_small_departments_are_counted_together():
    people = {1: 7, 2: 7, 3: 7, 4: 7, 5: 8, 6: None}

    found = progress(people, {1: 2, 2: 1, 5: 1}, 1)

    assert found == [Progress(7, 4, 2), Progress(None, 2, 1)]
    assert progress(people, {1: 2, 2: 1}, 2)[0] == Progress(7, 4, 1)
