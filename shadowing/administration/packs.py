"""A ready-made journey on the first run."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from shadowing.core.database import db
from shadowing.journeys.models import Journey
from shadowing.journeys.packs import available, load
from shadowing.journeys.publishing import create_journey


def add_pack(slug: str, now: datetime) -> None:
    """The pack as a journey; nothing when it is unknown or was added already, as by a second tap."""
    if slug in available() and not db.session.scalar(select(Journey.id).where(Journey.pack == slug).limit(1)):
        create_journey(load(slug), "pack", now, pack=slug)
