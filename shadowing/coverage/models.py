"""What is kept up of the ways of visits, so that pages need not read them all."""

from __future__ import annotations

from typing import TypedDict

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shadowing.core.database import Base, Document

#: From and to, names of touchpoints or channels, and how often each way of handing over.
KeptHandOver = tuple[str, str, dict[str, int]]


class KeptOverlap(TypedDict):
    """An Overlap of overlapping.py: ids of two people and of an area."""

    newcomer: int
    settled: int
    place: int


class KeptWays(TypedDict):
    """area_groups, site_groups: number of the group by id; scenarios: those that visits were made in."""

    channels: list[KeptHandOver]
    places: list[KeptHandOver]
    area_groups: dict[str, int]
    site_groups: dict[str, int]
    overlaps: list[KeptOverlap]
    scenarios: list[str]


class JourneyWays(Base):
    """Hand-overs, who connects what, and scenarios of a journey's visits in the window; path_summary.py writes them."""

    __tablename__ = "journey_ways"

    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"), primary_key=True)
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"), primary_key=True)
    figures: Mapped[KeptWays] = mapped_column(Document)
