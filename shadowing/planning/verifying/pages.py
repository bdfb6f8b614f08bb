"""From an improvement in work to the figures of the page on which it goes live."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta, tzinfo
from math import floor

from sqlalchemy import select

from shadowing.backlog.models import Improvement
from shadowing.backlog.rows import Facts
from shadowing.backlog.shipping import visits_to_decide
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.people.models import Site
from shadowing.people.reader import Reader, own_sites
from shadowing.people.zones import home_zone, zones
from shadowing.planning.verifying.comparable import Hour, SeenAt, comparable_hours
from shadowing.planning.verifying.figures import GoLivePage, ProposedVisit
from shadowing.scoring.statistics.verdicts import LEAST_ROWS
from shadowing.visits.models.visit import Observation
from shadowing.visits.window import window_start

#: Of what was seen before, the newest tell where and when people look.
LATEST = 400


def go_live_page(item: Improvement, reader: Reader, now: datetime) -> GoLivePage:
    planned = visits_to_decide(item)
    visits = planned.visits if planned else LEAST_ROWS
    sites = own_sites(reader, closed=False)
    hours = hours_to_look(item, visits, tomorrow(now), reader, [site.id for site in sites])
    return GoLivePage(
        item=Facts([item]).row(item),
        revision=item.revision,
        journey_id=item.area.touchpoint.journey_id,
        planned=visits,
        unseen=floor(25 * planned.unseen + 0.5) if planned and planned.unseen else None,
        compared=planned is not None,
        proposed=_named(hours, sites),
        owner=item.owner.name if item.owner else None,
    )


def hours_to_look(item: Improvement, visits: int, first: date, reader: Reader, at: Collection[int]) -> tuple[Hour, ...]:
    """Comparable to what was seen before, at those of these sites that this reader plans for."""
    open_ones = {site.id for site in own_sites(reader, closed=False)} & set(at)
    return comparable_hours(_seen_before(item, open_ones), visits, first, open_ones)


def tomorrow(now: datetime) -> date:
    return clock.day_at(now, home_zone()) + timedelta(days=1)


def _seen_before(item: Improvement, sites: Collection[int]) -> list[SeenAt]:
    """Of the area's ratings before it went live, the newest: by the clock of their site."""
    until = item.shipped_at or clock.now()
    rows = db.session.execute(
        select(Observation.site_id, Observation.observed_at)
        .where(
            Observation.area_id == item.area_id,
            Observation.panel_id == item.panel_id,
            Observation.scored.is_(True),
            Observation.observed_at >= window_start(until),
            Observation.observed_at < until,
            Observation.site_id.in_(sites),
            getattr(Observation, item.level).is_not(None),
        )
        .order_by(Observation.observed_at.desc())
        .limit(LATEST)
    )
    known = zones()
    return [_seen_at(site, moment, known.at(site)) for site, moment in rows if site is not None]


def _seen_at(site: int, moment: datetime, zone: tzinfo) -> SeenAt:
    return SeenAt(site, clock.weekday_of(clock.day_at(moment, zone)), clock.minutes_at(moment, zone))


def _named(hours: Sequence[Hour], sites: Sequence[Site]) -> tuple[ProposedVisit, ...]:
    names = {site.id: site.name for site in sites}
    return tuple(ProposedVisit(names[hour.site_id], hour.day, clock.written_clock(hour.at)) for hour in hours)
