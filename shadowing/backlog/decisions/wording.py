"""Decisions in words. Pure."""

from __future__ import annotations

from shadowing.backlog.decisions.figures import CitedCounts, DecidedOn, DecisionRow
from shadowing.core.sentences import Sentence, gettext, listed, ngettext
from shadowing.core.vocabulary import LEVELS
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
    return _ANSWERS.get(row.option) or gettext("Correct it")


def evidence(cited: DecidedOn | CitedCounts) -> Sentence:
    """As it stood when it was decided."""
    if isinstance(cited, CitedCounts):
        return gettext("kept %(kept)s, broken %(broken)s times", kept=cited.kept, broken=cited.broken)
    return ngettext(
        "%(level)s %(score)s of %(target)s, %(num)s visit, grade %(grade)s",
        "%(level)s %(score)s of %(target)s, %(num)s visits, grade %(grade)s",
        cited.visits,
        level=LEVELS[cited.level],
        score=cited.estimate.shown,
        target=cited.estimate.target_shown or 0,
        grade=cited.grade,
    )


_ANSWERS = {
    "yes": gettext("Yes"),
    "no": gettext("No"),
    "ask": gettext("Asked back"),
    "taken_back": gettext("Taken back"),
    "start": gettext("Do it, although the lenses conflict"),
    "chosen": gettext("Chosen of two"),
    "not_chosen": gettext("Not this one"),
    "keep": gettext("Keep it"),
}
