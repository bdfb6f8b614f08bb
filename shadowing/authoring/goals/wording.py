"""What is aimed for, and how many touchpoints a target reaches, in sentences. Pure."""

from __future__ import annotations

from shadowing.core.sentences import Sentence, gettext, ngettext


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
