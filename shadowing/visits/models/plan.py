"""Visits that somebody should make."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import (
    ForeignKey,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shadowing.core.database import Base, Document
from shadowing.people.models import Person, Site


class Plan(Base):
    """A visit somebody should make. No observer = an open slot anyone may take."""

    __tablename__ = "plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(default=1)
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"))
    touchpoint_ids: Mapped[list[str] | None] = mapped_column(Document)
    channel: Mapped[str | None] = mapped_column(String(32))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    persona_id: Mapped[int | None] = mapped_column(ForeignKey("persona.id"))
    scenario: Mapped[str | None] = mapped_column(String(120))
    mode: Mapped[str] = mapped_column(String(16), default="shadowed")
    kind: Mapped[str] = mapped_column(String(16), default="normal")
    starts_at: Mapped[datetime] = mapped_column(index=True)
    observer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    customer_label: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[str | None] = mapped_column(Text)
    #: Walks along with whoever takes the slot and shows the first taps.
    companion_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: Plans of two observers beside one customer share it; their visits take it over.
    encounter_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    #: Plans that were made together, every week or so, share it.
    series: Mapped[uuid.UUID | None] = mapped_column(index=True)
    planned_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime | None]
    declined_reason: Mapped[str | None] = mapped_column(Text)
    declined_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]

    observer: Mapped[Person | None] = relationship(foreign_keys=[observer_id])
    companion: Mapped[Person | None] = relationship(foreign_keys=[companion_id])
    site: Mapped[Site] = relationship()
