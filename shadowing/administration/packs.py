"""The ready-made journeys offered on the first run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from shadowing.database import db
from shadowing.journeys.models import Journey
from shadowing.journeys.packs import available, load
from shadowing.journeys.publishing import create_journey
from shadowing.vocabulary import Words


@dataclass(frozen=True)
class OfferedPack:
    slug: str
    name: Words
    touchpoints: int


def offered_packs() -> list[OfferedPack]:
    made = []
    for slug in available():
        pack = load(slug)
        made.append(OfferedPack(slug, pack["name"], sum(len(stage["touchpoints"]) for stage in pack["stages"])))
    return made


def add_pack(slug: str, now: datetime) -> None:
    """The pack as a journey; nothing when it is unknown or was added already, as by a second tap."""
    if slug in available() and not db.session.scalar(select(Journey.id).where(Journey.pack == slug).limit(1)):
        create_journey(load(slug), "pack", now, pack=slug)
