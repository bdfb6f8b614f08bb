"""Photos and voice notes: what arrived, what was derived from it, what it belongs to. Bytes are immutable."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, and_
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from shadowing.core.bytes.store import received_key
from shadowing.core.database import Base


class Photo(Base):
    """One photo of an observation (which may arrive later). sha256, bytes and format are those of what arrived.

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
    sha256: Mapped[str] = mapped_column("received_sha256", String(64))
    bytes: Mapped[int] = mapped_column("received_bytes")
    format: Mapped[str] = mapped_column("received_format", String(8))
    received_at: Mapped[datetime]
    width: Mapped[int]
    height: Mapped[int]
    #: SHA-256 of the derived 1600 file; several photos may share it.
    stored_sha256: Mapped[str | None] = mapped_column(String(64))
    removed_at: Mapped[datetime | None]
    #: An unreadable one's bytes are gone; its row stays, else its phone would send it again.
    erased_at: Mapped[datetime | None]

    @property
    def key(self) -> str:
        """Where the received bytes lie in the store until they are derived."""
        return received_key(self.id, self.sha256)

    @property
    def needs_received_bytes(self) -> bool:
        return self.state != "ready"

    @hybrid_property
    def can_be_shown(self) -> bool:
        """Derived, and not taken off by its maker. Who may see it is another question."""
        return self.state == "ready" and self.removed_at is None

    @can_be_shown.inplace.expression
    @classmethod
    def _can_be_shown(cls) -> ColumnElement[bool]:
        return and_(cls.state == "ready", cls.removed_at.is_(None))


class Sound(Base):
    """One voice note of an observation (which may arrive later)."""

    __tablename__ = "sound"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    observation_id: Mapped[uuid.UUID] = mapped_column(index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    bytes: Mapped[int]
    format: Mapped[str] = mapped_column(String(8))
    received_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    @property
    def key(self) -> str:
        """Where its bytes lie in the store."""
        return sound_key(self.id, self.sha256)

    @property
    def needs_received_bytes(self) -> bool:
        return True

    @hybrid_property
    def can_be_shown(self) -> bool:
        """Not taken off by its maker. Who may hear it is another question."""
        return self.removed_at is None

    @can_be_shown.inplace.expression
    @classmethod
    def _can_be_shown(cls) -> ColumnElement[bool]:
        return cls.removed_at.is_(None)


Medium: TypeAlias = Photo | Sound


def sound_key(id: object, sha256: str) -> str:
    """Other bytes under the same id never replace the ones that are here."""
    return f"sounds/{id}-{sha256[:16]}"
