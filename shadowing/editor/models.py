"""Drafts of journeys: one for each, changed by whoever leads, with a number that rises at every change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shadowing.database import Base, Document


class JourneyDraft(Base):
    """The next version while it is written. Without one, the journey is as published."""

    __tablename__ = "journey_draft"

    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"), primary_key=True)
    revision: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(Document)
    changed_at: Mapped[datetime]
    changed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
