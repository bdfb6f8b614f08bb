"""Voice notes: what arrived and what it belongs to."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shadowing.core.database import Base


class Sound(Base):
    """One voice note of an observation (which may arrive later). Bytes are immutable."""

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


def sound_key(id: object, sha256: str) -> str:
    """Other bytes under the same id never replace the ones that are here."""
    return f"sounds/{id}-{sha256[:16]}"
