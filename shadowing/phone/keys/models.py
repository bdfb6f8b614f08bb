"""The keys that phones seal with."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shadowing.core.database import Base


class PhoneKey(Base):
    """One a person and phone, never in the clear. Erased with the person; what is sealed under it is then lost."""

    __tablename__ = "phone_keys"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    #: A UUID the phone gave itself.
    phone: Mapped[str] = mapped_column(String(36), primary_key=True)
    #: As wrapping.py made it.
    wrapped: Mapped[str] = mapped_column(String(120))
