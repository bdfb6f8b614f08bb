"""What the organisation wants to reach, beside the targets of the journeys."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shadowing.core.database import Base


class Goal(Base):
    """One row, made when somebody changes what holds without it: 90 % satisfied, each of us once a quarter."""

    __tablename__ = "goal"
    __table_args__ = (CheckConstraint("period in ('month', 'quarter', 'year')", name="period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    satisfied: Mapped[float] = mapped_column(default=0.90)
    visits: Mapped[int] = mapped_column(default=1)
    period: Mapped[str] = mapped_column(String(8), default="quarter")
    changed_at: Mapped[datetime]
    changed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
