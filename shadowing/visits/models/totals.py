"""What is kept up with every accepted write: fit groups, counts, ways, and what changed."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import (
    ForeignKey,
    Index,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from shadowing.core.database import Base


class Panel(Base):
    """One fit group: all live visits, the competitors' walks, or one import (DECISIONS 18)."""

    __tablename__ = "panel"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    #: Imports only: the newest row; their window ends there instead of today.
    anchored_at: Mapped[datetime | None]
    #: Imports only: the file named no dates, so one day stands for all.
    undated: Mapped[bool] = mapped_column(default=False)
    #: Counts how often its scores were written: who holds its equations in memory sees whether somebody else did.
    generation: Mapped[int] = mapped_column(default=0, server_default="0")


class VisitPath(Base):
    """The way one visit went, kept up by the worker, so that coverage never scans observations.

    steps: what counts, in time order, packed as paths.py says.
    """

    __tablename__ = "visit_path"
    __table_args__ = (Index("ix_visit_path_journey", "panel_id", "journey_id", "last_at"),)

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"), primary_key=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    persona_id: Mapped[int | None] = mapped_column(ForeignKey("persona.id"))
    scenario: Mapped[str | None] = mapped_column(String(120))
    #: The customer: shared by observers who walked beside the same one.
    encounter: Mapped[str] = mapped_column(String(32))
    last_at: Mapped[datetime]
    steps: Mapped[str] = mapped_column(Text)


class Tally(Base):
    """Counts kept up with every accepted write, so that pages never scan observations.

    kind says what is counted: a level (key = rating), emotion, expectation, handover, a timing (key =
    seconds), `standard:<key>`, `factor:<slug>`, `reason:<level>`; n = how many observations said so.
    """

    __tablename__ = "tally"

    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    site_id: Mapped[int] = mapped_column(primary_key=True, default=0)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    kind: Mapped[str] = mapped_column(String(80), primary_key=True)
    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    n: Mapped[int] = mapped_column(default=0)


class ScoreChange(Base):
    """A visit whose rows changed; the worker deletes what it consumed (DECISIONS 20).

    Without a visit the whole panel needs another look (an import, a target, a new epoch).
    """

    __tablename__ = "score_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[uuid.UUID | None]
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
