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

#: As people look for their field; others follow by name.
ORDER = (
    "hospital_outpatient",
    "retail_store",
    "restaurant",
    "hotel",
    "bank_branch",
    "call_centre",
    "airline_passenger",
    "car_purchase",
    "car_service",
    "ecommerce_purchase",
    "ecommerce_after_sale",
    "government_centre",
    "internal_service",
)


@dataclass(frozen=True)
class OfferedPack:
    slug: str
    name: Words
    touchpoints: int


def offered_packs() -> list[OfferedPack]:
    made = []
    for slug in sorted(available(), key=lambda each: (ORDER.index(each) if each in ORDER else len(ORDER), each)):
        pack = load(slug)
        made.append(OfferedPack(slug, pack["name"], sum(len(stage["touchpoints"]) for stage in pack["stages"])))
    return made


def add_pack(slug: str, now: datetime) -> None:
    """The pack as a journey; nothing when it is unknown or was added already, as by a second tap."""
    if slug in available() and not db.session.scalar(select(Journey.id).where(Journey.pack == slug).limit(1)):
        create_journey(load(slug), "pack", now, pack=slug)
