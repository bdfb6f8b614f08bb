"""What the figures of plans say, in sentences. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from shadowing.core.sentences import Sentence, Value, gettext, listed, ngettext
from shadowing.core.vocabulary import Words
from shadowing.coverage.figures import Coverage
from shadowing.journeys.wording import Served, place
from shadowing.planning.plans.figures import Looking, ObserverChoice, Together


@dataclass(frozen=True)
class PlanTold:
    """What a letter says of a plan. name: whom it is written to; by: who changed it; when: by the site's clock;

    served: how whoever is shadowed is called, in the reader's language.
    """

    name: str
    by: str
    journey: Words
    site: Words
    when: Sentence
    note: str
    address: str
    served: Served


def moment_told(at: str, zone: str) -> Sentence:
    """at: day and time as its reader writes them; zone: whose clock that is, when it needs saying."""
    return gettext("%(moment)s (%(zone)s)", moment=at, zone=zone) if zone else listed(at)


def visit_asked(told: PlanTold) -> tuple[Sentence, Sentence]:
    """Subject and text of the letter to whoever is to shadow."""
    return (
        gettext("A visit for you: %(journey)s, %(when)s", journey=told.journey, when=told.when),
        gettext(
            "Hello %(name)s,\n\n%(by)s asks you to shadow a %(one)s along “%(journey)s”:\n\n"
            "%(when)s\n%(site)s\n%(note)s\nIt stands in the app under Today. If you cannot go, say so here, "
            "so that somebody else can:\n\n%(address)s",
            name=told.name,
            by=told.by,
            journey=told.journey,
            when=told.when,
            site=told.site,
            note=f"{told.note}\n" if told.note else "",
            address=told.address,
            **told.served,
        ),
    )


def visit_cancelled(told: PlanTold) -> tuple[Sentence, Sentence]:
    """The same when they need not go."""
    return (
        gettext("Cancelled: %(journey)s, %(when)s", journey=told.journey, when=told.when),
        gettext(
            "Hello %(name)s,\n\nthe visit along “%(journey)s” at %(site)s on %(when)s is cancelled by %(by)s. "
            "There is nothing to do.",
            name=told.name,
            journey=told.journey,
            site=told.site,
            when=told.when,
            by=told.by,
        ),
    )


def calendar_name(house: Words) -> Sentence:
    """How the calendar somebody subscribes to is called."""
    return gettext("Shadowing at %(house)s", house=house)


def calendar_entry(journey: Words, served: Served) -> Sentence:
    return gettext("Shadow a %(one)s: %(journey)s", journey=journey, **served)


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
