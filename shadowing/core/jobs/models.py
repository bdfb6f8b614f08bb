"""The job table and the leases: both live in the product's own database, so they commit with the record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shadowing.core.database import Base, Document


class Job(Base):
    """Something to do after the commit. `key` makes it once."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "done_at", "run_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(64))
    #: Each kind has its own shape, a TypedDict where the job is asked for.
    payload: Mapped[dict[str, Any]] = mapped_column(Document)
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    run_at: Mapped[datetime]
    lease_until: Mapped[datetime]
    #: Who took it last (leases.holder_name).
    holder: Mapped[str | None] = mapped_column(String(80))
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)


class Lease(Base):
    """Exactly one holder at a time, until a moment (DECISIONS 20: `scores`)."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    holder: Mapped[str] = mapped_column(String(80))
    until: Mapped[datetime]
