"""How numbers, chances, durations and days are written. Pure: the language is an argument.

Scores live on 1-5 everywhere in the code and on 0-100 everywhere on a page; this module is the
only bridge. `locale` is "en" or "zh".
"""

import math
from datetime import date, datetime, tzinfo
from functools import lru_cache

from babel.dates import format_date, format_datetime, format_skeleton, get_timezone_name
from babel.numbers import format_decimal

from shadowing.core import clock
from shadowing.core.vocabulary import Z90

#: Below this many rows a chance is said in words only.
LEAST_ROWS_FOR_FIGURES = 5
#: Days are written the British way in English: 20 Nov, not Nov 20.
_BABEL = {"en": "en_GB", "zh": "zh_Hans_CN"}
_CHANCES = ((0.99, "almost_certain"), (0.80, "very_likely"), (0.60, "likely"), (0.40, "open"), (0.20, "unlikely"))


def display_score(points: float) -> int:
    """A score of 1-5 as printed: 25 (m − 1), rounded half up, kept within 0-100."""
    return min(100, max(0, math.floor(25 * (points - 1) + 0.5)))


def interval(points: float, error: float) -> tuple[int, int]:
    """The 90 % interval as printed: both ends on 0-100, clipped there."""
    return display_score(points - Z90 * error), display_score(points + Z90 * error)


def chance(probability: float) -> str:
    """A probability in whole per cent, never 0 % or 100 %: `<1%`, `88%`, `>99%`."""
    if probability < 0.01:
        return "<1%"
    if probability > 0.99:
        return ">99%"
    return f"{math.floor(100 * probability + 0.5)}%"


def chance_words(probability: float) -> str:
    """Slug of the words for a probability: `almost_certain`, `very_likely` … `very_unlikely`."""
    return next((slug for least, slug in _CHANCES if probability >= least), "very_unlikely")


def percent(share: float) -> str:
    """A share of something counted, in whole per cent. Here 0% and 100% may stand."""
    return f"{math.floor(100 * share + 0.5)}%"


def signed(change: float) -> str:
    """A change with its sign (a true minus), rounded to whole points; no change is 0."""
    whole = math.floor(abs(change) + 0.5)
    if whole == 0:
        return "0"
    return f"+{whole}" if change > 0 else f"−{whole}"


@lru_cache(maxsize=4096)
def number(value: float, locale: str) -> str:
    """A count with the language's thousands separator."""
    return str(format_decimal(value, locale=_BABEL[locale]))


def duration(seconds: float, locale: str) -> str:
    """`45 s`, `6 min 10 s`, `2 h 5 min`, `3 days`; parts that are nought are left out."""
    whole = math.floor(seconds + 0.5)
    minutes, rest = divmod(whole, 60)
    hours, minutes_left = divmod(minutes, 60)
    if hours >= 48:
        return _joined([(hours // 24, "days")], locale)
    if hours:
        return _joined([(hours, "h"), (minutes_left, "min")], locale)
    return _joined([(minutes, "min"), (rest, "s")], locale)


def day(moment: date | datetime, locale: str, zone: tzinfo | None = None, year: bool = False) -> str:
    """`20 Nov` or `11月20日`; with `year` also the year. A moment has no day without its zone."""
    if isinstance(moment, datetime):
        assert zone is not None
        moment = clock.day_at(moment, zone)
    if year:
        return str(format_date(moment, "long" if locale == "zh" else "d MMM y", locale=_BABEL[locale]))
    return str(format_skeleton("MMMd", moment, locale=_BABEL[locale]))


def month(moment: date, locale: str, short: bool = False) -> str:
    """`November`, short `Nov`, or `11月`."""
    pattern = "M月" if locale == "zh" else "LLL" if short else "LLLL"
    return str(format_date(moment, pattern, locale=_BABEL[locale]))


def weekday(moment: date, locale: str) -> str:
    """`Monday 23 November` or `11月23日星期一`."""
    return str(format_date(moment, "M月d日EEEE" if locale == "zh" else "EEEE d MMMM", locale=_BABEL[locale]))


def day_and_time(moment: datetime, locale: str, zone: tzinfo) -> str:
    """`Friday 20 November, 23:30` or `11月20日 星期五 23:30`."""
    pattern = "M月d日 EEEE HH:mm" if locale == "zh" else "EEEE d MMMM, HH:mm"
    return str(format_datetime(moment, pattern, zone, _BABEL[locale]))


def zone_name(moment: datetime, locale: str, zone: tzinfo) -> str:
    """How the clock there is called at that moment: `China Standard Time`, `中国标准时间`."""
    return str(get_timezone_name(clock.local(moment, zone), locale=_BABEL[locale]))


_UNITS = {
    "en": {"days": " days", "h": " h", "min": " min", "s": " s"},
    "zh": {"days": " 天", "h": " 小时", "min": " 分", "s": " 秒"},
}


def _joined(parts: list[tuple[int, str]], locale: str) -> str:
    said = [f"{count}{_UNITS[locale][unit]}" for count, unit in parts if count]
    return " ".join(said) or f"0{_UNITS[locale][parts[-1][1]]}"
