"""Decisions in words. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from shadowing.backlog.decisions.figures import DecidedOn, DecisionRow
from shadowing.core.sentences import Sentence, gettext, listed, ngettext
from shadowing.core.vocabulary import IMPROVEMENT_STATES, LEVELS
from shadowing.journeys.wording import place


def subject(row: DecisionRow) -> Sentence:
    """Its own name; else level and place, or the place of a promise."""
    if row.kind == "promise":
        return gettext("“%(text)s”", text=row.title) if row.title else place(row.touchpoint, row.channel)
    if row.title:
        return listed(row.title)
    named = place(row.touchpoint, row.channel)
    return gettext("%(level)s: %(place)s", level=LEVELS[row.level], place=named) if row.level else named


def answer(row: DecisionRow) -> Sentence:
    """What was decided."""
    if row.option == "start":
        return gettext("Do it, although the lenses conflict")
    if row.option == "chosen":
        return gettext("Chosen of two")
    if row.option == "not_chosen":
        return gettext("Not this one")
    if row.option == "keep":
        return gettext("Keep it")
    return gettext("Correct it")


def evidence(cited: DecidedOn) -> Sentence:
    """As it stood when it was decided."""
    return ngettext(
        "%(level)s %(score)s of %(target)s, %(num)s visit, grade %(grade)s",
        "%(level)s %(score)s of %(target)s, %(num)s visits, grade %(grade)s",
        cited.visits,
        level=LEVELS[cited.level],
        score=cited.estimate.shown,
        target=cited.estimate.target_shown or 0,
        grade=cited.grade,
    )


def became(row: DecisionRow) -> Sentence:
    """What became of it so far."""
    if row.became is None:
        return gettext("no improvement yet")
    return listed(IMPROVEMENT_STATES[row.became])


def how_many(rows: Sequence[DecisionRow]) -> Sentence:
    """The sentence over the register."""
    if not rows:
        return gettext("Nothing was decided under a name yet.")
    proven = sum(row.became == "verified" for row in rows)
    if proven:
        return gettext("%(decided)s, %(proven)s.", decided=_decided(len(rows)), proven=_proven(proven))
    return gettext("%(decided)s, none proven so far.", decided=_decided(len(rows)))


def _decided(count: int) -> Sentence:
    return ngettext("<b>One decision</b>", "<b>%(num)s decisions</b>", count)


def _proven(count: int) -> Sentence:
    return ngettext("one proven", "%(num)s proven", count)
