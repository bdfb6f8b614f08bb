"""What somebody owns: frozen records without database or request."""

from __future__ import annotations

from dataclasses import dataclass

from shadowing.backlog.figures import ImprovementRow
from shadowing.backlog.history.figures import Event
from shadowing.backlog.steps.figures import PlanStep


@dataclass(frozen=True)
class OwnStep:
    """A step to do, and the improvement it belongs to."""

    step: PlanStep
    item: ImprovementRow


@dataclass(frozen=True)
class News:
    """What others did with one improvement, in its order. may_open: whether its page is still theirs to read."""

    events: tuple[Event, ...]
    item: ImprovementRow
    may_open: bool


@dataclass(frozen=True)
class MinePage:
    """/improvements/mine. news, done: what changed last first; steps: the next due first; mails: whether mail is
    wanted; None = none can be sent from here."""

    steps: tuple[OwnStep, ...] = ()
    to_do: tuple[ImprovementRow, ...] = ()
    proving: tuple[ImprovementRow, ...] = ()
    done: tuple[ImprovementRow, ...] = ()
    news: tuple[News, ...] = ()
    mails: bool | None = None

    @property
    def seen_until(self) -> int:
        """The number of the newest fact that is told."""
        return max((event.id for each in self.news for event in each.events), default=0)

    @property
    def groups(self) -> tuple[tuple[str, tuple[ImprovementRow, ...]], ...]:
        """By name, those with something in them."""
        all_of_them = (("to_do", self.to_do), ("proving", self.proving), ("done", self.done))
        return tuple((name, rows) for name, rows in all_of_them if rows)

    @property
    def overdue(self) -> int:
        return sum(own.step.overdue for own in self.steps) + sum(row.overdue for row in self.to_do)
