"""What a question is drawn from: frozen records without database or request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from math import floor, log10
from typing import Literal

from shadowing.backlog.decisions.figures import DecisionRow
from shadowing.core.vocabulary import ImprovementState, Level, Words
from shadowing.scoring.shapes import Estimate
from shadowing.scoring.statistics.proportions import Share

#: Why a word is needed. conflict: its lenses pull apart; unowned: it goes on without anybody.
Need = Literal["proposal", "serious", "conflict", "unowned", "promise"]


@dataclass(frozen=True)
class Cost:
    """Of doing nothing. share: of those who waited too long, or met a low rating; limit: of a wait, in seconds.

    a_month: how many come, None = nobody said, or the reader sees only a part; assumed: as a ready journey has it.
    """

    share: Share | None = None
    limit: float | None = None
    a_month: float | None = None
    assumed: bool = False
    estimate: Estimate | None = None

    @property
    def a_week(self) -> int | None:
        """So many of those who come, to two digits: more would be false precision."""
        if self.a_month is None or self.share is None or not self.share.for_a_headline:
            return None
        exact = self.a_month * 12 / 52 * (self.share.value or 0.0)
        if exact < 1:
            return None
        step = 10 ** max(0, floor(log10(exact)) - 1)
        return int(step * floor(exact / step + 0.5))


@dataclass(frozen=True)
class BestProof:
    """Who saw it how often, and how good that is; of a promise how often it was broken, and on how many days."""

    visits: int
    observers: int = 0
    grade: str = ""
    broken: int = 0
    days: int = 0


@dataclass(frozen=True)
class Question:
    """need: None = it needs no word any more. decided: the newest word on it; asked: what was asked back this time.

    revision: of the improvement, or the id of the promise's last decision, as the answer has to know it.
    """

    kind: str
    ref: str
    need: Need | None
    title: Words | None
    touchpoint: Words
    channel: str
    journey_id: int
    revision: int
    since: datetime | None
    cost: Cost
    proof: BestProof
    area_id: int | None = None
    level: Level | None = None
    state: ImprovementState | None = None
    serious: str | None = None
    owner: str | None = None
    due_on: date | None = None
    overdue: bool = False
    price: float | None = None
    photo: str = ""
    quote: str = ""
    decided: DecisionRow | None = None
    asked: DecisionRow | None = None

    @property
    def is_open(self) -> bool:
        return self.need is not None

    @property
    def yes_at_once(self) -> bool:
        """Whether a yes needs nothing more to be said."""
        return self.kind == "improvement" and self.owner is not None and self.need in ("proposal", "serious")


@dataclass(frozen=True)
class WeekAsked:
    """What is asked this week. unowned: open improvements of the journey that nobody owns."""

    questions: tuple[Question, ...] = ()
    unowned: int = 0

    @property
    def waiting(self) -> tuple[Question, ...]:
        return tuple(each for each in self.questions if each.is_open)
