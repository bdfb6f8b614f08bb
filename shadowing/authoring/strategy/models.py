"""What the organisation wants, what it is known for, what customers need; and its principles."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shadowing.core.database import Base, Document
from shadowing.core.vocabulary import Words


class Strategy(Base):
    """One row, made when somebody writes it."""

    __tablename__ = "strategy"

    id: Mapped[int] = mapped_column(primary_key=True)
    business: Mapped[Words | None] = mapped_column(Document)
    brand: Mapped[Words | None] = mapped_column(Document)
    customer: Mapped[Words | None] = mapped_column(Document)
    revision: Mapped[int]
    changed_at: Mapped[datetime]
    changed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class Principle(Base):
    """How we want to meet customers. Standards name the one they serve as `principle`."""

    __tablename__ = "principle"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Words] = mapped_column(Document)
    meaning: Mapped[Words | None] = mapped_column(Document)
    retired_at: Mapped[datetime | None]
