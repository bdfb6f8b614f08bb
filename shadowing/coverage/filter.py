"""What a reader of coverage may ask for: journey, site, persona, scenario, since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from flask_babel import gettext as _
from sqlalchemy import select

from shadowing.core import clock
from shadowing.core.clock import parse_day
from shadowing.core.database import db
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.journeys.models import Journey, Persona
from shadowing.people.models import Site
from shadowing.people.reader import Reader
from shadowing.people.zones import zone_for
from shadowing.scoring.models import ALL
from shadowing.scoring.queries import choose_journey, journeys_by_visits
from shadowing.visits.window import window_start


@dataclass(frozen=True)
class Asked:
    """since: None = the whole window; day: how it was asked for."""

    site_id: int | None = None
    persona_id: int | None = None
    scenario: str | None = None
    since: datetime | None = None
    day: date | None = None

    @property
    def kept_up(self) -> bool:
        """Whether the totals kept with the fits answer it."""
        return self.persona_id is None and self.scenario is None and self.since is None

    @property
    def scope(self) -> str:
        return ALL if self.site_id is None else f"site:{self.site_id}"

    def start(self, now: datetime) -> datetime:
        """Rows before this left the statistics."""
        return max(self.since, window_start(now)) if self.since else window_start(now)


def read(wanted: Mapping[str, str], reader: Reader) -> Asked:
    """From query parameters. Raises Problem invalid with the parameter named, not_found for an unknown id.

    A site that this reader may not see is unknown to them.
    """
    site, persona = known_id(wanted.get("site")), known_id(wanted.get("persona"))
    for model, id in ((Site, site), (Persona, persona)):
        if id is not None and db.session.scalar(select(model.id).where(model.id == id)) is None:
            raise Problem("not_found")
    if site is not None and not reader.sees(site):
        raise Problem("not_found")
    scenario = (wanted.get("scenario") or "").replace("\x00", "").strip()[:120]
    return Asked(site, persona, scenario or None, *_since(wanted.get("since"), zone_for(reader, site)))


def known_id(said: str | None) -> int | None:
    """A number of ours; nothing said is None. Raises Problem not_found for what cannot be one."""
    if not said:
        return None
    id = our_id(said)
    if id is None:
        raise Problem("not_found")
    return id


def journeys_to_plan() -> list[Journey]:
    """Journeys that can be walked, the one with most visits first; imported answers cannot be."""
    return [journey for journey, _visits in journeys_by_visits() if journey.origin != "import" and journey.version]


def journey_of(wanted: Mapping[str, str], remembered: str | None = None) -> Journey | None:
    """The one asked for, remembered, or most visited. Raises not_found for one that is asked for and unknown."""
    return choose_journey(journeys_to_plan(), wanted.get("journey"), remembered)


def _since(said: str | None, zone: tzinfo) -> tuple[datetime, date] | tuple[None, None]:
    if not said:
        return None, None
    try:
        day = parse_day(said)
        moment = clock.day_begins(day, zone)
        return (moment, day) if moment > window_start(clock.now()) else (None, None)  # the whole window is kept up
    except (ValueError, OverflowError) as error:
        raise Problem("invalid", [("since", _("Write the day as 2026-03-31."))]) from error


def latest_since(now: datetime, days: int, zone: tzinfo) -> str:
    """The day so many days ago, as the filter says it."""
    return (clock.day_at(now, zone) - timedelta(days=days)).isoformat()
