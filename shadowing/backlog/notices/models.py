"""What a person has seen of their news, and whether they want mail."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shadowing.core.database import Base


class NoticeSetting(Base):
    """Without a row nothing has been seen, and mail is wanted. seen_event_id: the newest fact that was on the list."""

    __tablename__ = "notice_setting"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    seen_event_id: Mapped[int] = mapped_column(default=0)
    mails: Mapped[bool] = mapped_column(default=True)
