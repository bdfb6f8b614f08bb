"""Verifying visits go where and when it was seen before."""

from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from shadowing.planning.verifying.comparable import SeenAt, comparable_hours

MONDAY = date(2026, 11, 30)


def seen(site, *minutes, weekday=0):
    return [SeenAt(site, weekday, minute) for minute in minutes]


def test_sites_in_proportion_hours_as_before_one_a_day():
    before = seen(1, 540, 545, 600, 605, 660, 665) + seen(2, 840, 850)
    hours = comparable_hours(before, 4, MONDAY, ())

    assert [hour.site_id for hour in hours] == [1, 2, 1, 1]
    assert [hour.at for hour in hours if hour.site_id == 1] == [time(9, 0), time(10, 0), time(11, 0)]
    assert [hour.day for hour in hours] == [
        date(2026, 11, 30),
        date(2026, 12, 7),
        date(2026, 12, 14),
        date(2026, 12, 21),
    ]


def test_on_weekdays_on_which_it_was_seen():
    before = seen(1, 600, weekday=5) + seen(1, 600, weekday=6)
    assert [hour.day.weekday() for hour in comparable_hours(before, 3, MONDAY, ())] == [5, 6, 5]


def test_where_nobody_looked_before_it_is_a_workday_morning():
    hours = comparable_hours([], 2, date(2026, 12, 5), (3,))
    assert [(hour.site_id, hour.at) for hour in hours] == [(3, time(10, 0))] * 2
    assert [hour.day.weekday() for hour in hours] == [0, 1]
    assert comparable_hours([], 2, MONDAY, ()) == ()


@given(
    st.lists(st.builds(SeenAt, st.integers(1, 4), st.integers(0, 6), st.integers(0, 1439)), min_size=1, max_size=60),
    st.integers(1, 20),
)
def test_always_as_many_as_are_wanted_at_places_that_were_seen(before, visits):
    hours = comparable_hours(before, visits, MONDAY, ())
    assert len(hours) == visits
    assert {hour.site_id for hour in hours} <= {each.site_id for each in before}
    assert [hour.day for hour in hours] == sorted(hour.day for hour in hours)
    assert len({hour.day for hour in hours}) == visits
