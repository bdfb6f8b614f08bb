"""Drafts of journeys: one for each, changed by whoever leads, with a number that rises at every change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shadowing.core.database import Base, Document
from shadowing.journeys.draft import Draft


class JourneyDraft(Base):
    """The next version while it is written. Without one, the journey is as published."""

    __tablename__ = "journey_draft"

    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"), primary_key=True)
    revision: Mapped[int]
    document: Mapped[Draft] = mapped_column(Document)
    changed_at: Mapped[datetime]
    changed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class OffMapDecision(Base):
    """A label observers used for something not on the map was taken in as a touchpoint, or dismissed."""

    __tablename__ = "off_map_decision"
    __table_args__ = (
        UniqueConstraint("journey_id", "label"),
        CheckConstraint("decision in ('taken', 'dismissed')", name="decision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"))
    #: Normalised as in offmap.py.
    label: Mapped[str] = mapped_column(String(120))
    decision: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]


class NeedConfirmed(Base):
    """When somebody last said that a need is still the one written; touchpoint "" = the journey's."""

    __tablename__ = "need_confirmed"

    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"), primary_key=True)
    touchpoint_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    confirmed_at: Mapped[datetime]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
