"""The demonstration is a day in the life, also late in the evening."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from shadowing.operations.demo.load import ZONE, times_today


@pytest.mark.parametrize(("hour", "minute"), [(0, 1), (9, 30), (19, 21), (19, 22), (23, 24), (23, 59)])
def test_the_visits_of_today_are_ahead_and_today(hour, minute):
    now = datetime(2026, 11, 21, hour, minute, 5, tzinfo=ZoneInfo(ZONE))

    first, second, third = times_today(now)

    assert now < first < second < third
    assert {moment.astimezone(ZoneInfo(ZONE)).date() for moment in (first, second, third)} == {now.date()}
