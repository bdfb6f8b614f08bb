"""Whose clock counts: a site's where something belongs to one, else the organisation's (DECISIONS 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.reference_cache import remembered_here
from shadowing.people.accounts import organisation
from shadowing.people.models import Site
from shadowing.people.reader import Reader, own_sites


@dataclass(frozen=True)
class Zones:
    """home: the organisation's. sites: of those that have one of their own."""

    home: ZoneInfo
    sites: Mapping[int, ZoneInfo]

    def at(self, site_id: int | None) -> ZoneInfo:
        """The zone that days and hours of this site are told in; without a site the organisation's."""
        return self.home if site_id is None else self.sites.get(site_id, self.home)

    def differ(self) -> bool:
        """Whether any site has another zone than the organisation."""
        return any(zone != self.home for zone in self.sites.values())

    def latest_day(self, now: datetime) -> date:
        """Today where it is latest: no day after it can have been anywhere."""
        return max(clock.day_at(now, zone) for zone in (self.home, *self.sites.values()))


def zones() -> Zones:
    """As they stand; in memory until a site or the organisation changes."""
    shelf = remembered_here()
    known: Zones | None = shelf.get(Zones)
    if known is None:
        known = shelf[Zones] = _read()
    return known


def zone_of(site: Site | None) -> ZoneInfo:
    return zones().at(site.id if site is not None else None)


def home_zone() -> ZoneInfo:
    return zones().home


def zone_for(reader: Reader, site_id: int | None = None) -> ZoneInfo:
    """What is "today" on a page about one site, about the only site or zone of its reader, or about them all."""
    if site_id is not None or reader.sites is None:
        return zones().at(site_id)
    theirs = {zones().at(site.id) for site in own_sites(reader)}
    return theirs.pop() if len(theirs) == 1 else home_zone()


def _read() -> Zones:
    rows = db.session.execute(select(Site.id, Site.time_zone).where(Site.time_zone.is_not(None)))
    return Zones(ZoneInfo(organisation().time_zone), {id: ZoneInfo(name) for id, name in rows if name})
