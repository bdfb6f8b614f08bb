"""Who was given the summary without an account, and until when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shadowing.core.database import Base, Document
from shadowing.journeys.models import Journey
from shadowing.people.models import Person


class SharedLink(Base):
    """Only the digest of the secret part is kept. frozen: language -> the page as it stood when the link was made.

    A frozen page holds figures and names of places alone: no word of a customer, so nothing that could be taken back.
    """

    __tablename__ = "shared_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    label: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    frozen: Mapped[dict[str, str] | None] = mapped_column(Document)

    journey: Mapped[Journey] = relationship()
    person: Mapped[Person] = relationship()

    def works(self, now: datetime) -> bool:
        return self.withdrawn_at is None and now < self.ends_at
