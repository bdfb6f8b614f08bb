"""What is owed to the customer of a serious failure, in sentences. Pure."""

from __future__ import annotations

from shadowing.backlog.serious.figures import SeriousClock
from shadowing.core.sentences import Sentence, gettext, ngettext
from shadowing.journeys.wording import Served


def owed(clock: SeriousClock, served: Served, due: str) -> Sentence:
    """due: day and time as the reader writes them."""
    if clock.righted_at is not None:
        return gettext("Put right with the %(one)s on %(day)s.", **served, day=clock.righted_at)
    if clock.overdue:
        return gettext("<b>Overdue:</b> it was to be put right with the %(one)s by %(due)s.", **served, due=due)
    return gettext("To be put right with the %(one)s by %(due)s.", **served, due=due)


def short(clock: SeriousClock, due: str) -> Sentence:
    """In a list."""
    if clock.righted_at is not None:
        return gettext("put right")
    return gettext("overdue since %(due)s", due=due) if clock.overdue else gettext("put right by %(due)s", due=due)


def some_are_overdue(count: int) -> Sentence:
    """Over every page of a lead."""
    return ngettext(
        "A serious failure was not put right in time.",
        "%(num)s serious failures were not put right in time.",
        count,
    )
