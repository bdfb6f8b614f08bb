"""What somebody owns, in sentences. Pure."""

from __future__ import annotations

from shadowing.backlog.mine.figures import MinePage
from shadowing.core.sentences import Sentence, Value, gettext, ngettext


def how_much(page: MinePage) -> tuple[Sentence, ...]:
    """The sentence over the page."""
    counts: list[Value] = []
    if page.to_do:
        counts.append(ngettext("<b>one improvement to do</b>", "<b>%(num)s improvements to do</b>", len(page.to_do)))
    if page.steps:
        counts.append(ngettext("one step of a plan", "%(num)s steps of plans", len(page.steps)))
    if page.proving:
        counts.append(ngettext("one waiting for proof", "%(num)s waiting for proof", len(page.proving)))
    if not counts:
        return (gettext("Nothing waits for you."),)
    told = [gettext("Yours: %(counts)s.", counts=tuple(counts))]
    if page.overdue:
        told.append(ngettext("One is overdue.", "%(num)s are overdue.", page.overdue))
    return tuple(told)


def how_new(count: int) -> Sentence:
    """At a door to the page."""
    return ngettext("one new", "%(num)s new", count)
