"""The filter of a page as controls: what it offers, and what of it is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import or_, select

from shadowing.core.database import db
from shadowing.core.vocabulary import STAGE_KINDS
from shadowing.journeys.models import Journey, Persona
from shadowing.journeys.wording import channel_name
from shadowing.people.reader import Reader, own_sites
from shadowing.people.zones import zone_for
from shadowing.scoring.filter import Asked, latest_since
from shadowing.scoring.shapes import Choice, Filter
from shadowing.visits.window import WINDOW

#: Days back that the filter offers; more than the window is a fit of its own.
SINCE_DAYS = (30, 90, 365)


@dataclass(frozen=True)
class FilterOffer:
    """What there is to choose from. journey: the one shown, None = all of them; channels: those of its map."""

    journeys: Sequence[Journey]
    journey: Journey | None
    channels: Sequence[str] = ()
    scenarios: Sequence[str] = ()
    may_be_all: bool = False


def filters_of(
    names: Sequence[str], offer: FilterOffer, asked: Asked, reader: Reader, now: datetime
) -> tuple[Filter, ...]:
    """Those of `names` (core/carried.FILTER) that have something to choose from, in this order."""
    makers: Mapping[str, Callable[[], Filter]] = {
        "journey": lambda: _journeys(offer),
        "site": lambda: _sites(asked, reader),
        "channel": lambda: _channels(offer, asked),
        "stage": lambda: _filter("stage", _("Stage"), "stages", _("All stages"), STAGE_KINDS.items(), asked.stage),
        "persona": lambda: _personas(offer, asked),
        "scenario": lambda: _scenarios(offer, asked),
        "since": lambda: _days(asked, reader, now),
    }
    return tuple(made for name in names if (made := makers[name]()).choices)


def _filter(name: str, label: str, icon: str, every: str, known: Any, chosen: str | int | None) -> Filter:
    """Without anything known there is nothing to choose."""
    said = str(chosen or "")
    named = [("", every), *known]
    choices = tuple(Choice(value, text, value == said) for value, text in named)
    return Filter(name, label, icon, choices if len(choices) > 1 else ())


def _journeys(offer: FilterOffer) -> Filter:
    known = [(str(each.id), each.name) for each in offer.journeys]
    if len(known) < 2:
        return Filter("journey", _("Journey"), "path", ())
    shown = str(offer.journey.id) if offer.journey else ""
    if offer.may_be_all:
        return _filter("journey", _("Journey"), "path", _("All journeys"), known, shown)
    return Filter("journey", _("Journey"), "path", tuple(Choice(id, name, id == shown) for id, name in known))


def _sites(asked: Asked, reader: Reader) -> Filter:
    """One site is nothing to choose, unless it is one of others that this reader may not see."""
    sites = [(str(site.id), site.name) for site in own_sites(reader)]
    every = _("All %(n)s sites", n=len(sites)) if reader.sites is None else _("All sites")
    offered = sites if len(sites) > 1 or reader.sites is not None else []
    return _filter("site", _("Site"), "pin", every, offered, asked.site_id)


def _channels(offer: FilterOffer, asked: Asked) -> Filter:
    known = [(each, channel_name(each)) for each in offer.channels]
    return _filter("channel", _("Channel"), "filter", _("All channels"), known if len(known) > 1 else [], asked.channel)


def _personas(offer: FilterOffer, asked: Asked) -> Filter:
    own = offer.journey and offer.journey.id
    told = select(Persona).where(or_(Persona.journey_id.is_(None), Persona.journey_id == own))
    known = [(str(each.id), each.name) for each in db.session.scalars(told.order_by(Persona.id))]
    return _filter("persona", _("Persona"), "people", _("All personas"), known, asked.persona_id)


def _scenarios(offer: FilterOffer, asked: Asked) -> Filter:
    known = [(each, each) for each in offer.scenarios]
    return _filter("scenario", _("Scenario"), "tag", _("All scenarios"), known, asked.scenario)


def _days(asked: Asked, reader: Reader, now: datetime) -> Filter:
    zone, since = zone_for(reader, asked.site_id), asked.day.isoformat() if asked.day else ""
    days = {latest_since(now, days, zone): _("Last %(days)s days", days=days) for days in SINCE_DAYS}
    if since and since not in days:
        days[since] = _("Since %(day)s", day=since)
    every = _("Last %(days)s days", days=WINDOW.days)
    return _filter("since", _("Since"), "clock", every, days.items(), since)
