"""On which day a training was held, and which days are before and since. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shadowing.backlog.models import KeptTraining
from shadowing.visits.window import WINDOW


@dataclass(frozen=True)
class Days:
    """Both included. last: None = until now."""

    first: date
    last: date | None

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


def held_on(training: KeptTraining, due_on: date | None, ticked_on: date | None) -> date | None:
    """As somebody said it; else its date, when it was ticked later; else the day of the tick. None while ahead."""
    if ticked_on is None:
        return None
    if training["held_on"]:
        return date.fromisoformat(training["held_on"])
    return min(due_on, ticked_on) if due_on else ticked_on


def days_before(held: date | None, today: date) -> Days:
    """The 180 days up to the day before it; while it is ahead, up to now."""
    if held is None:
        return Days(today - WINDOW, None)
    return Days(held - WINDOW, date.fromordinal(held.toordinal() - 1))


def days_since(held: date) -> Days:
    """From the day after it: what was seen on the day itself is on neither side."""
    return Days(date.fromordinal(held.toordinal() + 1), None)
