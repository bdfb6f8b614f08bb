"""What the editor counts, and what publishing a journey would change, in sentences. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from shadowing.core.formatting import display_score, percent
from shadowing.core.sentences import Duration, Sentence, Value, gettext, ngettext
from shadowing.core.vocabulary import LENSES, LEVELS, STAGE_KINDS, Level, Words
from shadowing.journeys.differences import Difference
from shadowing.journeys.wording import Served, channel_name
from shadowing.scoring import wording as scores


def change(difference: Difference, seen: Mapping[str, int], served: Served) -> Sentence:
    """seen: observations by the key of their touchpoint, for those that are removed."""
    if difference.what == "removed":
        return _removed(seen.get(difference.before, 0))
    if difference.what in _TOLD_OF_SERVED:
        return _TOLD_OF_SERVED[difference.what](difference, served)
    return _TOLD[difference.what](difference)


def fault(what: str) -> Sentence:
    """Why it cannot be published yet; what: a slug of publish_checks."""
    return {
        "nothing": gettext("There is no touchpoint yet."),
        "twice": gettext("Another touchpoint of this stage has the same name."),
        "no_words": gettext("A standard has no words yet."),
        "no_answer": gettext("A question has no right answer yet."),
    }[what]


def no_gap(written: int) -> Sentence:
    """Where no need is without a touchpoint; written: needs, of all personas."""
    if written:
        return gettext("None: every need that is written has its touchpoint.")
    return gettext(
        "No needs are written yet. Write them at a persona, then say at each touchpoint whose needs it serves."
    )


def goes_differently(who: Words, own: float, others: float, worse: bool, served: Served) -> Sentence:
    """own, others: shares of good ratings, 0 to 1, of this persona and of everybody else."""
    shares: dict[str, Value] = {"who": who, "own": percent(own), "others": percent(others), **served}
    if worse:
        return gettext("%(who)s: %(own)s good ratings, all other %(many)s %(others)s.", **shares)
    return gettext("Better for %(who)s: %(own)s good ratings, all other %(many)s %(others)s.", **shares)


def how_many_changes(count: int) -> Sentence:
    return ngettext("One change", "%(num)s changes", count)


def how_many_first(count: int) -> Sentence:
    """Faults that stand before publishing."""
    return ngettext("One thing first", "%(num)s things first", count)


def how_many_are_due(count: int) -> Sentence:
    """Needs of touchpoints that nobody has looked at for a year."""
    return ngettext(
        "One need has not been looked at for a year; it is marked.",
        "%(num)s needs have not been looked at for a year; they are marked.",
        count,
    )


def visits_on_older_versions(count: int) -> Sentence:
    """Visits under way."""
    return ngettext("one visit still runs on an older version", "%(num)s visits still run on an older version", count)


def needs(count: int) -> Sentence:
    """Of a persona."""
    return ngettext("one need", "%(num)s needs", count)


def how_often_seen(visits: int) -> Sentence:
    """visits: with a persona."""
    return scores.visits(visits) if visits else gettext("not seen yet")


def _removed(observations: int) -> Sentence:
    if not observations:
        return gettext("Removed. Nothing was seen there yet.")
    return ngettext(
        "Removed. The one observation made there stays and is counted.",
        "Removed. The %(num)s observations made there stay and are counted.",
        observations,
    )


def _moved(said: Difference) -> Sentence:
    if said.before == said.after:
        return gettext("Moved to another place in its stage.")
    stages: Mapping[str, Words] = STAGE_KINDS
    return gettext("Moved from %(before)s to %(after)s.", before=stages[said.before], after=stages[said.after])


def _renamed(said: Difference) -> Sentence:
    return gettext("Now called %(name)s.", name=f"{said.after['en']} · {said.after['zh']}")


def _target(said: Difference) -> Sentence:
    (_, before), (level, after) = said.before, said.after
    name = LEVELS[cast(Level, level)]
    return gettext(
        "Target for %(level)s: %(before)s → %(after)s.", level=name, before=_score(before), after=_score(after)
    )


def _importance(said: Difference) -> Sentence:
    (_, before), (lens, after) = said.before, said.after
    lenses: Mapping[str, Words] = LENSES
    return gettext("Importance for %(lens)s: %(before)s → %(after)s.", lens=lenses[lens], before=before, after=after)


def _wait(seconds: float | None) -> Value:
    return Duration(seconds) if seconds else gettext("none")


def _score(points: float | None) -> Value:
    return display_score(points) if points else gettext("none")


def _count(number: int | None) -> Value:
    return gettext("not said") if number is None else number


def _words(words: Words | None) -> Value:
    return words if words and any(words.values()) else gettext("none")


_TOLD: dict[str, Callable[[Difference], Sentence]] = {
    "added": lambda said: ngettext("New, with one standard.", "New, with %(num)s standards.", said.after),
    "moved": _moved,
    "renamed": _renamed,
    "channel_added": lambda said: gettext("Also %(channel)s.", channel=channel_name(said.after)),
    "channel_removed": lambda said: gettext("No longer %(channel)s.", channel=channel_name(said.before)),
    "longest_wait": lambda said: gettext(
        "Longest wait: %(before)s → %(after)s.", before=_wait(said.before), after=_wait(said.after)
    ),
    "department": lambda said: gettext("Belongs to another department."),
    "target": _target,
    "importance": _importance,
    "standard_added": lambda said: gettext("New standard: %(text)s", text=said.after),
    "standard_removed": lambda said: gettext("Standard removed: %(text)s", text=said.before),
    "standard_changed": lambda said: gettext("Standard changed: %(text)s", text=said.after),
    "phrases": lambda said: gettext("Phrases: %(before)s → %(after)s.", before=said.before, after=said.after),
    "journey_renamed": _renamed,
    "anchors": lambda said: gettext("Other lines for the ratings."),
    "personas": lambda said: gettext(
        "Personas and their needs: %(before)s → %(after)s personas.", before=said.before, after=said.after
    ),
    "lists": lambda said: gettext("Other purposes or scenarios."),
    "asked": lambda said: gettext("People served are called otherwise, or beginners are asked otherwise."),
}
_TOLD_OF_SERVED: dict[str, Callable[[Difference, Served], Sentence]] = {
    "need": lambda said, served: gettext("What %(the)s needs: %(text)s", text=_words(said.after), **served),
    "journey_need": lambda said, served: gettext("What %(the)s wants: %(text)s", text=_words(said.after), **served),
    "consent": lambda said, served: gettext("%(The)s is asked in other words: %(text)s", text=said.after, **served),
    "volume": lambda said, served: gettext(
        "%(Many)s a month: %(before)s → %(after)s.", before=_count(said.before), after=_count(said.after), **served
    ),
}
