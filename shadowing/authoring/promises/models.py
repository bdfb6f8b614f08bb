"""Decisions about promises: keep it or correct it, by whom and when. Append-only; the newest counts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shadowing.backlog.decisions.models import CitedPromise
from shadowing.backlog.models import Improvement
from shadowing.core.database import Base, Document
from shadowing.people.models import Person


class PromiseDecision(Base):
    """A promise is a standard of this kind: touchpoint and key name it across versions."""

    __tablename__ = "promise_decision"
    __table_args__ = (
        CheckConstraint("decision in ('keep', 'correct')", name="decision"),
        Index("ix_promise_decision_promise", "touchpoint_id", "standard_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    touchpoint_id: Mapped[int] = mapped_column(ForeignKey("touchpoint.id"))
    standard_key: Mapped[str] = mapped_column(String(64))
    decision: Mapped[str] = mapped_column(String(8))
    #: How it is kept, or what is said instead.
    words: Mapped[str | None] = mapped_column(Text)
    improvement_id: Mapped[int | None] = mapped_column(ForeignKey("improvement.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]
    #: None of what was decided before it was kept.
    cited: Mapped[CitedPromise | None] = mapped_column(Document)

    person: Mapped[Person] = relationship()
    improvement: Mapped[Improvement | None] = relationship()
