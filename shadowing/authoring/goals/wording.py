"""What is aimed for, and how many touchpoints a target reaches, in sentences. Pure."""

from __future__ import annotations

from datetime import date

from shadowing.core import formatting
from shadowing.core.sentences import Sentence, gettext, ngettext
from shadowing.core.vocabulary import Words


def each_of_us(visits: int, period: str) -> Sentence:
    """period: as the reader calls it, `a month`."""
    if visits == 1:
        return gettext("Each of us once %(period)s", period=period)
    return gettext("Each of us %(count)s times %(period)s", count=visits, period=period)


def how_many_follow(count: int) -> Sentence:
    """count: touchpoints without targets of their own."""
    return ngettext("One touchpoint follows.", "%(num)s touchpoints follow.", count)


def how_many_have_their_own(count: int) -> Sentence:
    return ngettext("One touchpoint has targets of its own", "%(num)s touchpoints have targets of their own", count)


def saved(count: int) -> Sentence:
    """count: touchpoints that follow what was saved."""
    return ngettext("Saved. One touchpoint follows.", "Saved. %(num)s touchpoints follow.", count)


def benchmark_told(name: str, value: float, error: float | None) -> Sentence:
    """What the index is held against, as it was typed in."""
    if error is None:
        return gettext("“%(name)s”: %(value)s", name=name, value=f"{value:g}")
    return gettext("“%(name)s”: %(value)s, standard error %(error)s", name=name, value=f"{value:g}", error=f"{error:g}")


def where_it_stands(source: str, day: date) -> Sentence:
    days = Words(en=formatting.day(day, "en", year=True), zh=formatting.day(day, "zh", year=True))
    return gettext("%(source)s, %(day)s", source=source, day=days)
