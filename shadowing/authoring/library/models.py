"""What is kept once and used in many journeys."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shadowing.core.database import Base, Document


class LibraryItem(Base):
    """`document` has the shape the thing has in a draft: a standard, a phrase {en, zh}, or a touchpoint, without keys.

    Standards and touchpoints in journeys name it as `library`; phrases are known by their words.
    """

    __tablename__ = "library_item"
    __table_args__ = (CheckConstraint("kind in ('standard', 'phrase', 'touchpoint')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    document: Mapped[dict[str, Any]] = mapped_column(Document)
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    retired_at: Mapped[datetime | None]
