"""That something was taken back: the fact that stays when the content has gone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from shadowing.core.database import Base


class Withdrawal(Base):
    """A code that was used. Until `erased_at` it waits for a visit that has not arrived yet."""

    __tablename__ = "withdrawal"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
    notes: Mapped[int] = mapped_column(default=0)
    photos: Mapped[int] = mapped_column(default=0)
