"""What records refer to, by the opaque ids that phones say: read once, kept until somebody changes it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from shadowing.core.database import db
from shadowing.core.reference_cache import remembered
from shadowing.journeys.models import Area, Journey, Persona, Standard, Touchpoint
from shadowing.people.models import Site


class KnownJourney(NamedTuple):
    """version: the current one."""

    id: int
    version: int


class KnownTouchpoint(NamedTuple):
    """Of whatever version; removed_at: when the journey let it go."""

    id: int
    channels: tuple[str, ...]
    removed_at: datetime | None


class References(NamedTuple):
    """Everything a record may name. standards: touchpoint and key; areas: (touchpoint, channel) -> area."""

    journeys: dict[str, KnownJourney]
    sites: dict[str, int]
    personas: dict[str, int]
    touchpoints: dict[str, KnownTouchpoint]
    standards: frozenset[tuple[str, str]]
    areas: dict[tuple[int, str], int]
    channels: frozenset[str]


def references() -> References:
    """All of them, as they stand in the database now. Not to be changed by whoever asks."""
    shelf = remembered()
    known: References | None = shelf.get(References)
    if known is None:
        known = shelf[References] = _read()
    return known


def _read() -> References:
    ask = db.session.execute
    areas = {(place, channel): id for id, place, channel in ask(select(Area.id, Area.touchpoint_id, Area.channel))}
    touchpoints = ask(select(Touchpoint.id, Touchpoint.channels, Touchpoint.removed_at))
    return References(
        {str(id): KnownJourney(id, version) for id, version in ask(select(Journey.id, Journey.version))},
        {str(id): id for (id,) in ask(select(Site.id))},
        {str(id): id for (id,) in ask(select(Persona.id))},
        {str(id): KnownTouchpoint(id, tuple(channels), removed) for id, channels, removed in touchpoints},
        frozenset((str(place), key) for place, key in ask(select(Standard.touchpoint_id, Standard.key))),
        areas,
        frozenset(channel for _, channel in areas),
    )
