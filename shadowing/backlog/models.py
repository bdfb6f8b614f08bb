"""Improvements: what should be made better, why we think so, who does it, and whether it worked."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TypedDict

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shadowing.core.database import Base, Document
from shadowing.core.vocabulary import IMPROVEMENT_STATES, ImprovementState, Level
from shadowing.journeys.models import Area
from shadowing.people.models import Person

OPEN_STATES: tuple[ImprovementState, ...] = ("proposed", "accepted", "in_progress", "shipped", "verifying", "reopened")


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
    state: Mapped[ImprovementState] = mapped_column(String(16), default="proposed")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[date | None]
    effort: Mapped[str | None] = mapped_column(String(4))
    effort_days: Mapped[float | None]
    cost: Mapped[float | None]
    lenses: Mapped[dict[str, float] | None] = mapped_column(Document)
    #: lens -> why the fix helps or harms it, in a sentence.
    lens_reasons: Mapped[dict[str, str] | None] = mapped_column(Document)
    plan: Mapped[str | None] = mapped_column(Text)
    declined_reason: Mapped[str | None] = mapped_column(Text)
    no_longer_flagged: Mapped[bool] = mapped_column(default=False)
    serious: Mapped[str | None] = mapped_column(String(16))
    shipped_at: Mapped[datetime | None]
    #: Frozen when shipped; verification compares with it (METHOD 6).
    before: Mapped[Baseline | None] = mapped_column(Document)
    planned_visits: Mapped[int | None]
    raised_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    area: Mapped[Area] = relationship()
    owner: Mapped[Person | None] = relationship(foreign_keys=[owner_id])
    author: Mapped[Person | None] = relationship(foreign_keys=[author_id])
    events: Mapped[list[ImprovementEvent]] = relationship(order_by="ImprovementEvent.id")

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def asleep(self, today: date) -> bool:
        """Whether it is put off; on its day it is back by itself."""
        return self.state == "proposed" and self.snoozed_until is not None and self.snoozed_until > today


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


class Evidence(Base):
    """An observation that speaks for an improvement: it rated low there and has words, photos or a serious mark."""

    __tablename__ = "evidence"

    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id"), primary_key=True)
    observation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    joined_at: Mapped[datetime]
