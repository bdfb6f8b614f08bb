"""The form of a plan: from what a browser sends to what the API takes, and back onto the page with its choices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import or_, select

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.forms import sent
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import Words
from shadowing.coverage.pages import offered_places, ordered_channels
from shadowing.journeys.models import Journey, Persona
from shadowing.journeys.served import served
from shadowing.people.models import Person, Site
from shadowing.people.reader import own_sites, reader_of
from shadowing.people.zones import zone_of, zones
from shadowing.planning.plans.figures import PlanForm
from shadowing.planning.plans.forms import AssignForm
from shadowing.planning.plans.observers import observer_choices
from shadowing.scoring.queries import panel_of_journey
from shadowing.visits.models.plan import Plan

TEXTS = ("channel", "scenario", "mode", "kind", "customer_label", "note")
IDS = ("journey_id", "site_id", "persona_id", "observer_id", "companion_id", "second_observer_id")


def document_of(entry: AssignForm, whole: bool = True) -> dict[str, Any]:
    """What POST /plans takes. whole False: only what the form held, for a change. Raises Problem invalid."""
    form = sent(entry)
    said: dict[str, Any] = {name: form[name] or None for name in (*TEXTS, *IDS) if name in form}
    for name in ("mode", "kind"):
        if said.get(name) is None:
            said.pop(name, None)
    if "touchpoint_id" in form:
        said["touchpoint_ids"] = [form["touchpoint_id"]] if form["touchpoint_id"] else None
    if whole or "day" in form:
        said["starts_at"] = _moment(form, form.get("site_id", "")).isoformat()
    site = _site(form.get("site_id", ""))
    if site is not None and site.kind == "competitor":
        said |= {"kind": "competitor", "mode": "walked"}
    if form.get("every"):
        said["repeat"] = {"every": form["every"], "times": form.get("times") or "1"}
    return said


def plan_form(person: Person, journey: Journey, entry: AssignForm, now: datetime) -> PlanForm:
    """The form with what was said, and what there is to choose from."""
    said, found = entry.said, offered_places(journey, panel_of_journey(journey))
    touchpoints = {str(place.touchpoint.id): place.touchpoint for place in found}
    rivals = select(Site).where(Site.closed_at.is_(None), Site.kind == "competitor").order_by(Site.id)
    personas = select(Persona).where(or_(Persona.journey_id.is_(None), Persona.journey_id == journey.id))
    wanted = touchpoints.get(said["touchpoint_id"])
    called = _("How %(the)s is called (“Ms Chen”); erased after 30 days", **served(journey.id))
    entry.customer_label.label.text = called
    return PlanForm(
        entry=entry,
        observers=observer_choices(person, now, said["observer_id"], [str(wanted.id)] if wanted else ()),
        sites=_choices(own_sites(reader_of(person), closed=False)),
        competitors=_choices(db.session.scalars(rivals)),
        places=_choices(touchpoints.values()),
        channels=ordered_channels([p for p in found if wanted is None or p.touchpoint.id == wanted.id]),
        personas=_choices(db.session.scalars(personas.order_by(Persona.id))),
        what=wanted.name if wanted else None,
        what_channel=said["channel"] or None,
        clocks_differ=zones().differ(),
    )


def said_of(plan: Plan) -> dict[str, str]:
    """The form of a plan as it stands."""
    zone = zone_of(plan.site)
    said = {name: str(getattr(plan, name) or "") for name in (*TEXTS, *IDS) if hasattr(plan, name)}
    return {
        **said,
        "touchpoint_id": (plan.touchpoint_ids or [""])[0],
        "day": clock.day_at(plan.starts_at, zone).isoformat(),
        "time": clock.clock_face(plan.starts_at, zone),
    }


def _choices(things: Any) -> tuple[tuple[str, Words], ...]:
    return tuple((str(thing.id), thing.name) for thing in things)


def _site(said: str) -> Site | None:
    id = our_id(said)
    return None if id is None else db.session.get(Site, id)


def _moment(form: Mapping[str, str], site_id: str) -> datetime:
    """Day and time at the site's clock. Raises Problem invalid at day or time."""
    try:
        day = clock.parse_day(form.get("day", ""))
    except ValueError as error:
        raise Problem("invalid", [("day", _("Choose a day."))]) from error
    try:
        at = clock.parse_clock(form.get("time", ""))
    except ValueError as error:
        raise Problem("invalid", [("time", _("Choose a time."))]) from error
    try:
        return clock.moment_at(day, at, zone_of(_site(site_id)))
    except OverflowError as error:
        raise Problem("invalid", [("day", _("Choose a day."))]) from error
