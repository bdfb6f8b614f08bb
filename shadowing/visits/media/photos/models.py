"""Photographs: what arrived, what was derived from it, what it belongs to."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from shadowing.core.database import Base


class Photo(Base):
    """One photo of an observation (which may arrive later). Bytes are immutable.

    state: `received` (durable, not shown), `ready` (derived, received bytes gone), `unreadable`.
    """

    __tablename__ = "photo"
    __table_args__ = (
        CheckConstraint("state in ('received', 'ready', 'unreadable')", name="state"),
        Index("ix_photo_stored", "stored_sha256"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    observation_id: Mapped[uuid.UUID] = mapped_column(index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(String(16), default="received")
    received_sha256: Mapped[str] = mapped_column(String(64))
    received_bytes: Mapped[int]
    received_format: Mapped[str] = mapped_column(String(8))
    received_at: Mapped[datetime]
    width: Mapped[int]
    height: Mapped[int]
    #: SHA-256 of the derived 1600 file; several photos may share it.
    stored_sha256: Mapped[str | None] = mapped_column(String(64))
    removed_at: Mapped[datetime | None]
