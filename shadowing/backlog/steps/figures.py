"""A plan as a checklist, and what fits into a month: frozen records without database or request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class PlanStep:
    """mine: the reader may tick it although the plan is not theirs to change. training: it is one, and has its page."""

    id: int
    revision: int
    what: str
    owner_id: int | None = None
    owner: str | None = None
    due_on: date | None = None
    overdue: bool = False
    days: float | None = None
    cost: float | None = None
    done_at: datetime | None = None
    done_by: str | None = None
    mine: bool = False
    training: bool = False


@dataclass(frozen=True)
class Checklist:
    """The plan in its order. days, cost: what the improvement itself is estimated at, None = nobody has said."""

    steps: tuple[PlanStep, ...] = ()
    days: float | None = None
    cost: float | None = None
    may_change: bool = False

    @property
    def done(self) -> int:
        return sum(step.done_at is not None for step in self.steps)

    @property
    def days_of_steps(self) -> float | None:
        return total(step.days for step in self.steps)

    @property
    def cost_of_steps(self) -> float | None:
        return total(step.cost for step in self.steps)


@dataclass(frozen=True)
class MonthOfWork:
    """What open steps take that are due by the end of a month. first: the present one, with all that is late."""

    last_day: date
    days: float
    money: float
    first: bool = False


@dataclass(frozen=True)
class Budget:
    """What improvements may take in a month, None = nobody has said; undated: person-days of steps without a day."""

    days: float | None
    money: float | None
    months: tuple[MonthOfWork, ...] = ()
    undated: float = 0.0
    may_change: bool = False

    @property
    def told(self) -> bool:
        return bool(self.months) or self.days is not None or self.money is not None


def total(amounts: Iterable[float | None]) -> float | None:
    """None while nobody has said any."""
    known = [each for each in amounts if each is not None]
    return sum(known) if known else None
