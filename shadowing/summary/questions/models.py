"""What was asked in a week, so that the page asks the same until the week ends. Append-only."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from shadowing.core.database import Base


class WeekQuestion(Base):
    """kind and ref name what is asked about: `improvement` and its id, `promise` and touchpoint:key."""

    __tablename__ = "week_question"
    __table_args__ = (Index("ix_week_question_once", "monday", "journey_id", "kind", "ref", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    monday: Mapped[date]
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"))
    kind: Mapped[str] = mapped_column(String(16))
    ref: Mapped[str] = mapped_column(String(80))
