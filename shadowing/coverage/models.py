"""What is kept up of the ways of visits, so that pages need not read them all."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shadowing.core.database import Base, Document


class JourneyWays(Base):
    """Hand-overs, who connects what, and scenarios of a journey's visits in the window; as ways.py writes them."""

    __tablename__ = "journey_ways"

    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), primary_key=True)
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"), primary_key=True)
    figures: Mapped[dict[str, Any]] = mapped_column(Document)
