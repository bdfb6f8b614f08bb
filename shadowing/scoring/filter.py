"""What a reader asked for: one filter for areas, coverage, plan, backlog and summary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from flask_babel import gettext as _
from sqlalchemy import select

from shadowing.core import clock
from shadowing.core.clock import parse_day
from shadowing.core.database import db
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import STAGE_KINDS
from shadowing.journeys.editing import is_channel
from shadowing.journeys.models import Persona
from shadowing.people.models import Site
from shadowing.people.reader import Reader
from shadowing.people.zones import home_zone, zone_for
from shadowing.scoring.models import ALL
from shadowing.visits.window import window_start


@dataclass(frozen=True)
class Asked:
    """site, persona, scenario and since make a part of what was seen; channel and stage only select areas.

    since: None = the whole window; day: how it was asked for; outside: it lies before the window, so that a fit of its
    own answers (periods.py).
    """

    site_id: int | None = None
    channel: str | None = None
    stage: str | None = None
    persona_id: int | None = None
    scenario: str | None = None
    since: datetime | None = None
    day: date | None = None
    outside: bool = False

    @property
    def fitted(self) -> bool:
        """Whether a fit answers by itself; a persona, a scenario or a period inside the window is a part of one."""
        return self.persona_id is None and self.scenario is None and (self.since is None or self.outside)

    @property
    def kept_up(self) -> bool:
        """Whether the totals and scores kept with the fits answer it."""
        return self.persona_id is None and self.scenario is None and self.since is None

    @property
    def everything(self) -> bool:
        """Whether all that was seen counts; channel and stage leave nothing of an area out."""
        return self.kept_up and self.site_id is None

    @property
    def scope(self) -> str:
        at = ALL if self.site_id is None else f"site:{self.site_id}"
        return scope_of_period(self.day, at) if self.outside and self.day else at

    def start(self, now: datetime) -> datetime:
        """Rows before this left the statistics, or were not asked for."""
        return self.since or window_start(now)


def read(wanted: Mapping[str, str], reader: Reader) -> Asked:
    """From query parameters. Raises Problem invalid or not_found, with the parameter named.

    A site that this reader may not see is unknown to them.
    """
    site = _known(Site, "site", wanted, reader)
    scenario = (wanted.get("scenario") or "").replace("\x00", "").strip()[:120]
    return Asked(
        site,
        _word("channel", wanted, is_channel),
        _word("stage", wanted, STAGE_KINDS.__contains__),
        _known(Persona, "persona", wanted, reader),
        scenario or None,
        *_since(wanted.get("since"), zone_for(reader, site)),
    )


def scope_of_period(day: date, at: str = ALL) -> str:
    """Of the fit of everything since a day, over all sites or at one of them."""
    return "/".join(part for part in (f"since:{day.isoformat()}", at) if part)


def known_id(said: str | None) -> int | None:
    """A number of ours; nothing said is None. Raises Problem not_found for what cannot be one."""
    if not said:
        return None
    id = our_id(said)
    if id is None:
        raise Problem("not_found")
    return id


def latest_since(now: datetime, days: int, zone: tzinfo) -> str:
    """The day so many days ago, as the filter says it."""
    return (clock.day_at(now, zone) - timedelta(days=days)).isoformat()


def missing(name: str) -> Problem:
    """What a filter names and what is not there."""
    return Problem("not_found", [(name, _("What the filter names is not there, or no longer. Take it off."))])


def _known(model: type[Site] | type[Persona], name: str, wanted: Mapping[str, str], reader: Reader) -> int | None:
    if not wanted.get(name):
        return None
    id = our_id(wanted[name])
    if id is None or db.session.scalar(select(model.id).where(model.id == id)) is None:
        raise missing(name)
    if model is Site and not reader.sees(id):
        raise missing(name)
    return id


def _word(name: str, wanted: Mapping[str, str], is_known: Callable[[str], bool]) -> str | None:
    said = wanted.get(name)
    if said and not is_known(said):
        raise missing(name)
    return said or None


def _since(said: str | None, zone: tzinfo) -> tuple[datetime | None, date | None, bool]:
    """With whether it lies before the window: such a period is one and the same for readers of every zone."""
    if not said:
        return None, None, False
    try:
        day = parse_day(said)
        outside = clock.day_begins(day, zone) <= window_start(clock.now())
        return clock.day_begins(day, home_zone() if outside else zone), day, outside
    except (ValueError, OverflowError) as error:
        raise Problem("invalid", [("since", _("Write the day as 2026-03-31."))]) from error
