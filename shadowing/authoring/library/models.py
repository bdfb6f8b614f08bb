"""What is kept once and used in many journeys."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shadowing.core.database import Base, Document
from shadowing.core.vocabulary import Words
from shadowing.journeys.draft import StandardContent, TouchpointContent

ItemKind = Literal["standard", "phrase", "touchpoint"]
#: In the order of the kinds: what a standard says, a phrase, what a touchpoint is.
ItemDocument = StandardContent | Words | TouchpointContent


class LibraryItem(Base):
    """`document` has the shape of its kind. Standards and touchpoints in journeys name it as `library`; phrases are
    known by their words.
    """

    __tablename__ = "library_item"
    __table_args__ = (CheckConstraint("kind in ('standard', 'phrase', 'touchpoint')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ItemKind] = mapped_column(String(16))
    document: Mapped[ItemDocument] = mapped_column(Document)
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    retired_at: Mapped[datetime | None]
