"""Whether goals are reached. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shadowing.planning.participation.figures import FEWEST_PEOPLE
from shadowing.scoring.statistics.proportions import Share, enough_for_a_share

#: Departments with fewer people are counted together: in a pair a count names who did not.
SMALL = FEWEST_PEOPLE


@dataclass(frozen=True)
class Line:
    """Satisfaction of a journey. state: reached, missed or open (METHOD 5.4), None = fewer than five answers.

    allowed, unhappy: customers a month who may leave unsatisfied, and who do (most likely, low, high); None = nobody
    measured how many come.
    """

    goal: float
    share: Share | None
    state: str | None
    volume: int | None
    allowed: int | None
    unhappy: tuple[int, int, int] | None


@dataclass(frozen=True)
class Progress:
    """A department: people, and how many of them have shadowed as often as agreed; None = the small ones together."""

    department: int | None
    people: int
    done: int


def line(satisfied: int, answers: int, volume: int | None, goal: float) -> Line:
    """satisfied: answers of 4 or 5."""
    share = enough_for_a_share(satisfied, answers)
    allowed = round(volume * (1 - goal)) if volume is not None else None
    unhappy = None
    if share is not None and volume is not None:
        value = share.value or 0.0
        unhappy = (round(volume * (1 - value)), round(volume * (1 - share.high)), round(volume * (1 - share.low)))
    return Line(goal, share, _state(share, goal), volume, allowed, unhappy)


def _state(share: Share | None, goal: float) -> str | None:
    if share is None:
        return None
    if share.low >= goal:
        return "reached"
    return "missed" if share.high < goal else "open"


def period_start(today: date, period: str) -> date:
    """The first day of the calendar month, quarter or year."""
    if period == "year":
        return today.replace(month=1, day=1)
    month = today.month if period == "month" else 3 * ((today.month - 1) // 3) + 1
    return today.replace(month=month, day=1)


def progress(people: Mapping[int, int | None], visits: Mapping[int, int], wanted: int) -> list[Progress]:
    """people: person -> department; visits: person -> visits in the period. Never says who."""
    members: dict[int | None, list[int]] = {}
    for person, department in people.items():
        members.setdefault(department, []).append(person)
    large = {key: those for key, those in members.items() if key is not None and len(those) >= SMALL}
    together = [person for key, those in members.items() if key not in large for person in those]
    rows = [Progress(key, len(those), sum(visits.get(p, 0) >= wanted for p in those)) for key, those in large.items()]
    if together:
        rows.append(Progress(None, len(together), sum(visits.get(p, 0) >= wanted for p in together)))
    return rows
