"""What the figures of plans say, in sentences. Pure."""

from __future__ import annotations

from shadowing.core.sentences import Sentence, Value, gettext, listed, ngettext
from shadowing.coverage.figures import Coverage
from shadowing.journeys.wording import place
from shadowing.planning.plans.figures import Looking, ObserverChoice, Together


def days_looked_at(coverage: Coverage) -> Sentence:
    """Of how many days the visits are that the matrix counts."""
    return ngettext("visits in one day", "visits in %(num)s days", coverage.days)


def planned(count: int) -> Sentence:
    """count: how many visits were planned at once."""
    return ngettext("Planned.", "%(num)s visits are planned.", count)


def now_told(look: Looking) -> Sentence:
    return gettext("now %(score)s, give or take %(n)s", score=look.score, n=look.now)


def after_told(look: Looking) -> Sentence:
    return gettext("after three visits, give or take %(n)s", n=look.after)


def narrowing(look: Looking) -> Sentence:
    return gettext("now ±%(now)s, then ±%(after)s", now=look.now, after=look.after)


def meeting(each: Together) -> Sentence:
    return gettext(
        "%(newcomer)s beside %(settled)s at %(place)s",
        newcomer=each.newcomer,
        settled=each.settled,
        place=place(each.touchpoint, each.channel),
    )


def load_told(one: ObserverChoice) -> Sentence:
    return ngettext("one planned", "%(num)s planned", one.load) if one.load else gettext("free")


def about_observer(one: ObserverChoice) -> Sentence | None:
    """Department, and what speaks for or against asking this person; None without anything to say."""
    told: list[Value] = [one.department] if one.department else []
    if one.first_time:
        told.append(gettext("the first time"))
    if one.not_blind:
        told.append(gettext("owns the fix: not blind"))
    return listed(*told) if told else None
