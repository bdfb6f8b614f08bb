"""Where an item of the library is used, and where a change went, in sentences. Pure."""

from __future__ import annotations

from shadowing.core.sentences import Sentence, gettext, ngettext


def how_often_used(places: int) -> Sentence:
    return ngettext("used in one place", "used in %(num)s places", places) if places else gettext("not used yet")


def also_where_used(places: int) -> Sentence:
    """The choice to change an item everywhere."""
    return ngettext("Also in the one place where it is used", "Also in all %(num)s places where it is used", places)


def standards_that_come_along(count: int) -> Sentence:
    """With a touchpoint."""
    return ngettext("One standard comes along.", "%(num)s standards come along.", count)


def changed(places: int) -> Sentence:
    """places: those in drafts that were changed with the library; 0 = the library only."""
    if not places:
        return gettext("Changed in the library only.")
    return ngettext(
        "Changed, also in one place of a draft. It counts there once that journey is published.",
        "Changed, also in %(num)s places of drafts. It counts there once those journeys are published.",
        places,
    )
