"""Ready-made journeys by industry, kept as JSON beside this module. Pure: no database.

A pack is the snapshot of a journey without ids: {slug, edition, served, name, need, consent, anchors,
purposes, personas, scenarios, stages: [{key, kind, name, touchpoints: [...]}]}. Touchpoints carry
`key`, standards `id`; both are stable, so a later edition of a pack finds its places again.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from shadowing.core.vocabulary import Words
from shadowing.journeys.draft import Draft

_FOLDER = Path(__file__).parent / "packs"
#: As people look for their field, each with its icon; packs that are not named here follow by name.
ICONS = {
    "hospital_outpatient": "care",
    "retail_store": "tag",
    "restaurant": "star",
    "hotel": "pin",
    "bank_branch": "counter",
    "call_centre": "phone",
    "airline_passenger": "plane",
    "car_purchase": "sun",
    "car_service": "improve",
    "ecommerce_purchase": "web",
    "ecommerce_after_sale": "post",
    "government_centre": "shield",
    "internal_service": "people",
}


class UnknownPack(LookupError):
    """No pack of that name is shipped."""


class OfferedPack(NamedTuple):
    """icon: its name in components/icons.html; touchpoints: how many."""

    slug: str
    name: Words
    touchpoints: int
    icon: str


def available() -> list[str]:
    """Names of all packs, sorted."""
    return sorted(path.stem for path in _FOLDER.glob("*.json"))


@cache
def offered() -> tuple[OfferedPack, ...]:
    """What a page of choices shows, in the order people look for it. Packs do not change while we run."""
    order = [slug for slug in ICONS if slug in available()]
    return tuple(_offer(slug) for slug in order + [slug for slug in available() if slug not in ICONS])


def load(name: str) -> Draft:
    """The pack as a fresh dictionary. Raises UnknownPack."""
    if name not in available():
        raise UnknownPack(f"There is no pack “{name}”. There are: {', '.join(available())}.")
    pack: Draft = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return pack


def _offer(slug: str) -> OfferedPack:
    pack = load(slug)
    total = sum(len(stage["touchpoints"]) for stage in pack["stages"])
    return OfferedPack(slug, pack["name"], total, ICONS.get(slug, "path"))
