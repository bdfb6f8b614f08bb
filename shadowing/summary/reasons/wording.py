"""How our own figures stand beside what others found, in sentences. Pure."""

from __future__ import annotations

from shadowing.core.sentences import Sentence, gettext, ngettext


def visits_behind(count: int) -> Sentence:
    return ngettext("one visit", "%(num)s visits", count)


def nothing_proven(visits: int) -> tuple[Sentence, ...]:
    """visits: those that count so far."""
    told = [gettext("No fix is proven yet.")]
    if visits:
        told.append(ngettext("One visit is the beginning.", "%(num)s visits are the beginning.", visits))
    return (*told, gettext("The first one that is seen again and holds will stand here."))
