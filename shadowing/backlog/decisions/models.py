"""What was decided about something, by whom and why. Append-only: a new decision is a new row, the old one stays."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shadowing.core.database import Base, Document
from shadowing.core.vocabulary import Level
from shadowing.people.models import Person


class CitedEvidence(TypedDict):
    """What was known of the area on that day: score, error and target on 1-5, visits, and how good it is."""

    level: Level
    score: float
    se: float
    target: float
    visits: int
    grade: str


class Decision(Base):
    """kind: what about_id is an id of; `improvement` so far. option: `start`, `chosen` or `not_chosen`."""

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_about", "kind", "about_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    about_id: Mapped[int]
    option: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]
    #: None where nothing had been seen.
    cited: Mapped[CitedEvidence | None] = mapped_column(Document)

    person: Mapped[Person] = relationship()
