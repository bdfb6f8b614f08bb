"""What a record may refer to. One look-up each for a whole batch."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from sqlalchemy import select

from shadowing.accounts.models import Site
from shadowing.database import db, upsert
from shadowing.journeys.models import Area, Journey, Persona, Standard, Touchpoint
from shadowing.vocabulary import CHANNELS


class Known:
    """References of one request, read once."""

    @cached_property
    def journeys(self) -> dict[str, Journey]:
        return {str(journey.id): journey for journey in db.session.scalars(select(Journey))}

    @cached_property
    def sites(self) -> dict[str, Site]:
        return {str(site.id): site for site in db.session.scalars(select(Site))}

    @cached_property
    def personas(self) -> set[str]:
        return {str(id) for id in db.session.scalars(select(Persona.id))}

    @cached_property
    def touchpoints(self) -> dict[str, Touchpoint]:
        return {str(touchpoint.id): touchpoint for touchpoint in db.session.scalars(select(Touchpoint))}

    @cached_property
    def standards(self) -> set[tuple[str, str]]:
        rows = db.session.execute(select(Standard.touchpoint_id, Standard.key))
        return {(str(touchpoint), key) for touchpoint, key in rows}

    @cached_property
    def areas(self) -> dict[tuple[int, str], int]:
        rows = db.session.execute(select(Area.touchpoint_id, Area.channel, Area.id))
        return {(touchpoint, channel): area for touchpoint, channel, area in rows}

    def knows_channel(self, slug: str) -> bool:
        """Ours, the organisation's own, or one that an earlier version had."""
        return slug in CHANNELS or any(channel == slug for _, channel in self.areas)

    def area_id(self, touchpoint: Touchpoint | None, channel: str | None) -> int | None:
        """The area of a touchpoint and channel, made when first seen; None where the channel is open."""
        if touchpoint is None:
            return None
        channel = channel or (touchpoint.channels[0] if len(touchpoint.channels) == 1 else None)
        if channel is None:
            return None
        place = (touchpoint.id, channel)
        if place not in self.areas:
            self.areas[place] = _make_area(touchpoint.id, channel)
        return self.areas[place]


def _make_area(touchpoint_id: int, channel: str) -> int:
    # Two phones may see a new place in the same second; both get the same area.
    row: dict[str, Any] = {"touchpoint_id": touchpoint_id, "channel": channel, "offered": False, "epoch": 1}
    db.session.execute(upsert(Area).on_conflict_do_nothing(), [row])
    found = select(Area.id).where(Area.touchpoint_id == touchpoint_id, Area.channel == channel)
    return db.session.scalars(found).one()
