"""Improvements: what should be made better, why we think so, who does it, and whether it worked."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TypedDict

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shadowing.backlog.steps.plan_text import lines_of
from shadowing.core.database import Base, Document
from shadowing.core.i18n import words
from shadowing.core.vocabulary import IMPROVEMENT_STATES, ImprovementState, Level, Words
from shadowing.journeys.models import Area
from shadowing.people.models import Person

OPEN_STATES: tuple[ImprovementState, ...] = ("proposed", "accepted", "in_progress", "shipped", "verifying", "reopened")
#: Where nothing is live yet, it may still become one with another, or be chosen over it.
UNDECIDED: tuple[ImprovementState, ...] = ("proposed", "accepted", "in_progress", "reopened")


class FrozenLevel(TypedDict):
    """A level of an area as it stood, on 1-5, with the fit it came from: mean, variances, effects of observers."""

    score: float
    se: float
    n: int
    target: float
    p_below: float
    mu: float
    variances: dict[str, float]
    observers: dict[str, float]


class Baseline(TypedDict):
    """What was known when a fix was shipped; frozen_at as ISO, levels by their slug."""

    epoch: int
    frozen_at: str
    levels: dict[Level, FrozenLevel]


class KeptTraining(TypedDict):
    """What makes a step a training. departments: ids, none = everybody there; standards: keys that it should lift.

    held_on: the day as somebody said it (ISO); None = as tick and date say (training/days.py).
    """

    departments: list[int]
    standards: list[str]
    held_on: str | None


class Improvement(Base):
    """An item of the backlog. `raised_by` is `rule`, `serious` or `person`."""

    __tablename__ = "improvement"
    __table_args__ = (
        CheckConstraint(f"state in {tuple(IMPROVEMENT_STATES)}", name="state"),
        Index("ix_improvement_area", "area_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(default=1)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    level: Mapped[Level] = mapped_column(String(16))
    epoch: Mapped[int] = mapped_column(default=1)
    raised_by: Mapped[str] = mapped_column(String(16))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: Where a proposal comes from (triage/origins.py); None of what a rule raised. origin_ref: the observation, or the
    #: promise as touchpoint:key.
    origin: Mapped[str | None] = mapped_column(String(16))
    origin_ref: Mapped[str | None] = mapped_column(String(80))
    why: Mapped[str | None] = mapped_column(Text)
    #: Put off until that day; it comes back earlier when the area falls below this score (triage/snooze.py).
    snoozed_until: Mapped[date | None]
    snoozed_floor: Mapped[float | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("improvement.id"))
    split_from_id: Mapped[int | None] = mapped_column(ForeignKey("improvement.id"))
    #: Empty until somebody gives it a name; the page then says area and level.
    title: Mapped[str | None] = mapped_column(String(200))
    #: The same in other languages than its author's: language -> text.
    titles: Mapped[dict[str, str] | None] = mapped_column(Document)
    state: Mapped[ImprovementState] = mapped_column(String(16), default="proposed")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[date | None]
    effort: Mapped[str | None] = mapped_column(String(4))
    effort_days: Mapped[float | None]
    cost: Mapped[float | None]
    lenses: Mapped[dict[str, float] | None] = mapped_column(Document)
    #: lens -> why the fix helps or harms it, in a sentence.
    lens_reasons: Mapped[dict[str, str] | None] = mapped_column(Document)
    declined_reason: Mapped[str | None] = mapped_column(Text)
    no_longer_flagged: Mapped[bool] = mapped_column(default=False)
    serious: Mapped[str | None] = mapped_column(String(16))
    #: Until when it is to be put right with the customer it happened to; when, how and by whom it was.
    right_due_at: Mapped[datetime | None]
    righted_at: Mapped[datetime | None]
    righted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    righted_words: Mapped[str | None] = mapped_column(Text)
    shipped_at: Mapped[datetime | None]
    #: Frozen when shipped; verification compares with it (METHOD 6).
    before: Mapped[Baseline | None] = mapped_column(Document)
    planned_visits: Mapped[int | None]
    raised_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    area: Mapped[Area] = relationship()
    owner: Mapped[Person | None] = relationship(foreign_keys=[owner_id])
    righted_by: Mapped[Person | None] = relationship(foreign_keys=[righted_by_id])
    author: Mapped[Person | None] = relationship(foreign_keys=[author_id])
    #: Those that were merged into this one.
    taken_in: Mapped[list[Improvement]] = relationship(
        foreign_keys=[merged_into_id], order_by="Improvement.id", viewonly=True
    )
    events: Mapped[list[ImprovementEvent]] = relationship(order_by="ImprovementEvent.id")
    #: Also those that were taken out and may be put back.
    steps: Mapped[list[ImprovementStep]] = relationship(
        order_by="(ImprovementStep.position, ImprovementStep.id)", cascade="all, delete-orphan"
    )

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def names(self) -> Words | None:
        """Its title for readers of either language; None until somebody gives it one."""
        said, own = self.titles or {}, self.title or ""
        told = Words(en=said.get("en") or own, zh=said.get("zh") or own)
        return told if any(told.values()) else None

    def title_in(self, language: str) -> str | None:
        """As one reader is told it, in another language rather than not at all."""
        return words(self.names, language) or None

    @property
    def areas(self) -> list[Area]:
        """Its own, then those of what was merged into it, each once."""
        merged = [area for each in self.taken_in for area in each.areas]
        return list({area.id: area for area in (self.area, *merged)}.values())

    @property
    def plan_steps(self) -> list[ImprovementStep]:
        """The plan in its order."""
        return sorted((step for step in self.steps if step.removed_at is None), key=lambda step: step.position)

    @property
    def plan(self) -> str | None:
        """The plan as text, one step a line."""
        return "\n".join(step.what for step in self.plan_steps) or None

    @plan.setter
    def plan(self, text: str | None) -> None:
        """Steps whose line stays keep what is known of them, done ones stay in any case; the others go."""
        wanted, left = lines_of(text), self.plan_steps
        if wanted == [step.what for step in left]:
            return
        kept = []
        for line in wanted:
            same = next((step for step in left if step.what == line), None)
            if same is not None:
                left.remove(same)
            kept.append(same or ImprovementStep(what=line))
        finished = [step for step in left if step.done_at]
        gone = {step for step in left if not step.done_at}
        self.steps = [step for step in self.steps if step not in gone] + [s for s in kept if s not in self.steps]
        for position, step in enumerate(finished + kept):
            step.position = position

    def asleep(self, today: date) -> bool:
        return is_asleep(self.state, self.snoozed_until, today)


def is_asleep(state: ImprovementState, until: date | None, today: date) -> bool:
    """Whether it is put off; on its day it is back by itself."""
    return state == "proposed" and until is not None and until > today


class ImprovementEvent(Base):
    """A fact in the life of an improvement: who did what, when, and why. Append-only."""

    __tablename__ = "improvement_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id"), index=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(32))
    before: Mapped[str | None] = mapped_column(String(32))
    after: Mapped[str | None] = mapped_column(String(32))
    words: Mapped[str | None] = mapped_column(Text)

    person: Mapped[Person | None] = relationship()


class ImprovementStep(Base):
    """A step of the plan. `removed_at`: taken out, and not forgotten, so that it can be put back."""

    __tablename__ = "improvement_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(default=1)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    what: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    due_on: Mapped[date | None]
    days: Mapped[float | None]
    cost: Mapped[float | None]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    removed_at: Mapped[datetime | None]
    training: Mapped[KeptTraining | None] = mapped_column(Document)

    owner: Mapped[Person | None] = relationship(foreign_keys=[owner_id])
    done_by: Mapped[Person | None] = relationship(foreign_keys=[done_by_id])


class Evidence(Base):
    """An observation that speaks for an improvement: it rated low there and has words, photos or a serious mark."""

    __tablename__ = "evidence"

    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id"), primary_key=True)
    observation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    joined_at: Mapped[datetime]
