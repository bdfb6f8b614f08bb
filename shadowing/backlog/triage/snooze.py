"""When a proposal that was put off comes back. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from shadowing.core.vocabulary import LEVELS, Z90, Level

#: Weeks that are offered at a tap; any other day may be written.
WEEKS = (2, 4)
LONGEST = timedelta(days=366)


def offered_days(today: date) -> tuple[date, ...]:
    return tuple(today + timedelta(weeks=weeks) for weeks in WEEKS)


def floor_of(score: float, se: float) -> float:
    """The lower end of the interval a level had when it was put off."""
    return score - Z90 * se


def clearly_worse(
    level: Level, floor: float | None, binding: Level | None, shown: Level | None, score: float | None
) -> bool:
    """A lower level gives way now, or the score of its own level fell out of the interval it had."""
    order = list(LEVELS)
    if binding is not None and order.index(binding) < order.index(level):
        return True
    return floor is not None and shown == level and score is not None and score < floor
