"""What is printed: rounding, clipping, chances without false certainty, durations and days."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from shadowing.core.formatting import (
    chance,
    chance_words,
    day,
    display_score,
    duration,
    interval,
    number,
    percent,
    signed,
)


@pytest.mark.parametrize(
    ("points", "shown"),
    [(4.0, 75), (3.8, 70), (3.5, 63), (1.0, 0), (5.0, 100), (3.3343, 58), (0.7, 0), (5.2, 100), (1.02, 1)],
)
def test_display_score(points, shown):
    assert display_score(points) == shown


def test_interval_is_clipped():
    assert interval(3.4535, 0.26) == (51, 72)
    assert interval(4.9, 0.3) == (85, 100)


@pytest.mark.parametrize(
    ("probability", "shown"),
    [
        (0.0, "<1%"),
        (0.0099, "<1%"),
        (0.01, "1%"),
        (0.125, "13%"),
        (0.884, "88%"),
        (0.99, "99%"),
        (0.9901, ">99%"),
        (1.0, ">99%"),
    ],
)
def test_chance(probability, shown):
    assert chance(probability) == shown


def test_chance_words():
    assert [chance_words(p) for p in (0.995, 0.8, 0.7, 0.5, 0.3, 0.05)] == [
        "almost_certain",
        "very_likely",
        "likely",
        "open",
        "unlikely",
        "very_unlikely",
    ]


def test_percent_and_signed():
    assert [percent(x) for x in (0, 0.785, 1)] == ["0%", "79%", "100%"]
    assert [signed(x) for x in (4.6, -2.2, 0.2, -0.2)] == ["+5", "−2", "0", "0"]


def test_numbers():
    assert number(21646, "en") == number(21646, "zh") == "21,646"


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [
        (45, "45 s", "45 秒"),
        (370, "6 min 10 s", "6 分 10 秒"),
        (300, "5 min", "5 分"),
        (0, "0 s", "0 秒"),
        (7500, "2 h 5 min", "2 小时 5 分"),
        (259200, "3 days", "3 天"),
        (59.6, "1 min", "1 分"),
    ],
)
def test_duration(seconds, english, chinese):
    assert duration(seconds, "en") == english
    assert duration(seconds, "zh") == chinese


def test_day():
    assert day(date(2026, 11, 20), "en") == "20 Nov"
    assert day(date(2026, 11, 20), "zh") == "11月20日"
    assert day(date(2026, 11, 20), "en", year=True) == "20 Nov 2026"
    assert day(date(2026, 11, 20), "zh", year=True) == "2026年11月20日"


def test_a_moment_is_shown_in_the_given_zone():
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert day(late, "en", ZoneInfo("Asia/Shanghai")) == "21 Nov"
