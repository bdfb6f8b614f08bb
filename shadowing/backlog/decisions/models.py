"""What was decided about something, by whom and why. Append-only: a new decision is a new row, the old one stays."""

from __future__ import annotations

from datetime import datetime
from typing import NotRequired, TypedDict

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
    #: Since questions are asked of those who decide.
    observers: NotRequired[int]


class CitedPromise(TypedDict):
    """How a promise had been kept by that day, as far as it was seen."""

    kept: int
    broken: int


class Decision(Base):
    """kind: `improvement`, about_id its id; or `promise`, about_id its touchpoint and about_key its standard.

    option: `yes`, `no`, `ask` and `taken_back` answer a question of the week; `start`, `chosen`, `not_chosen`.
    """

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_about", "kind", "about_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    about_id: Mapped[int]
    about_key: Mapped[str | None] = mapped_column(String(64))
    option: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]
    #: None where nothing had been seen.
    cited: Mapped[CitedEvidence | CitedPromise | None] = mapped_column(Document)

    person: Mapped[Person] = relationship()
    replies: Mapped[list[DecisionReply]] = relationship(order_by="DecisionReply.id")


class DecisionReply(Base):
    """What somebody replied to a question that was asked back. Append-only."""

    __tablename__ = "decision_reply"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    said_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
