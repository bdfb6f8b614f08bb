"""Whether what a plan names exists and fits together. Raises Problem invalid with every field at fault."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from shadowing.core.database import db
from shadowing.core.problems import Problem
from shadowing.journeys.models import Journey, Persona, Touchpoint
from shadowing.journeys.served import served
from shadowing.people.models import Person, Site
from shadowing.people.reader import reader_of
from shadowing.visits.models.plan import Plan
from shadowing.visits.planning import MISSED_AFTER

#: Nobody plans farther ahead.
FARTHEST = timedelta(days=366)


@dataclass
class Faults:
    """Gathered, so that all are named at once."""

    errors: list[tuple[str, str]] = field(default_factory=list)

    def add(self, path: str, sentence: str) -> None:
        self.errors.append((path, sentence))

    def raise_any(self) -> None:
        if self.errors:
            raise Problem("invalid", self.errors)


def check_plan(plan: Plan, person: Person, now: datetime, changed: Iterable[str]) -> None:
    """Every field that was set, and how the kind fits site and mode."""
    changed, faults = set(changed), Faults()
    site = db.session.get(Site, plan.site_id)
    if "site_id" in changed:
        _check_site(site, person, faults)
    if "journey_id" in changed or "touchpoint_ids" in changed or "channel" in changed:
        _check_journey(plan, faults)
    if plan.persona_id and "persona_id" in changed:
        persona = db.session.get(Persona, plan.persona_id)
        if persona is None or persona.journey_id not in (None, plan.journey_id):
            faults.add("persona_id", _("This persona does not belong to the journey."))
    for name in ("observer_id", "companion_id"):
        if name in changed and getattr(plan, name):
            _check_person(name, getattr(plan, name), faults)
    if plan.companion_id and plan.companion_id == plan.observer_id:
        faults.add("companion_id", _("Somebody else walks along."))
    if "starts_at" in changed and not now - MISSED_AFTER < plan.starts_at < now + FARTHEST:
        faults.add("starts_at", _("Choose a moment from now on, within a year."))
    if site is not None and changed & {"site_id", "mode", "kind"}:
        _check_kind(plan, site, faults)
    faults.raise_any()


def _check_site(site: Site | None, person: Person, faults: Faults) -> None:
    if site is None or site.closed_at is not None:
        faults.add("site_id", _("There is no such site, or it is closed."))
    elif not leads_at(person, site.id) and site.kind == "own":
        faults.add("site_id", _("You plan visits at your own sites only."))


def leads_at(person: Person, site_id: int) -> bool:
    """Whether this lead plans there."""
    return person.leads and reader_of(person).sees(site_id)


def _check_journey(plan: Plan, faults: Faults) -> None:
    journey = db.session.get(Journey, plan.journey_id)
    if journey is None or journey.archived_at is not None or journey.origin == "import":
        faults.add("journey_id", _("There is no such journey to walk."))
        return
    mine = (Touchpoint.journey_id == journey.id, Touchpoint.removed_at.is_(None))
    known = {str(touchpoint.id): touchpoint for touchpoint in db.session.scalars(select(Touchpoint).where(*mine))}
    wanted = plan.touchpoint_ids or []
    if not set(wanted) <= known.keys():
        faults.add("touchpoint_ids", _("This touchpoint is not on the journey’s map."))
        return
    offered = {channel for id in (wanted or known) for channel in known[id].channels}
    if plan.channel and plan.channel not in offered:
        faults.add("channel", _("The journey does not offer this channel there."))


def _check_person(name: str, id: int, faults: Faults) -> None:
    person = db.session.get(Person, id)
    if person is None or not person.is_active:
        faults.add(name, _("No member of staff has this id."))


def _check_kind(plan: Plan, site: Site, faults: Faults) -> None:
    if (plan.kind == "competitor") != (site.kind == "competitor"):
        faults.add("kind", _("A competitor’s site is for competitor walks, and they for it."))
    elif site.kind == "competitor" and plan.mode != "walked":
        told = _(
            "At a competitor’s we walk ourselves: their %(many)s are not ours to follow.", **served(plan.journey_id)
        )
        faults.add("mode", told)
