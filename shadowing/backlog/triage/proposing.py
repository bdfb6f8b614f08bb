"""An improvement proposed by a person, with where it comes from. Callers commit."""

from __future__ import annotations

from datetime import datetime
from typing import cast
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from shadowing.backlog.drafting import raise_by_person
from shadowing.backlog.models import Evidence, Improvement
from shadowing.backlog.notices.letters import tell_new_owner
from shadowing.backlog.owners import active_person
from shadowing.backlog.triage.origins import OF_OBSERVATIONS
from shadowing.backlog.triage.schemas import ProposedItem
from shadowing.core.database import db
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import Level
from shadowing.journeys.models import Area, Journey
from shadowing.people import audit
from shadowing.people.models import Person
from shadowing.people.reader import Reader
from shadowing.scoring.queries import panel_of_journey
from shadowing.visits.models.totals import Panel
from shadowing.visits.models.visit import Observation, Visit
from shadowing.visits.tallies import LIVE


def propose(wanted: ProposedItem, reader: Reader, person: Person, now: datetime) -> Improvement:
    """Raises Problem invalid with the field named."""
    area = _area(wanted.area_id)
    observation = _observation(wanted, area, reader)
    owner = active_person(wanted.owner, "owner")
    panel_id, level = _panel(area.touchpoint.journey), cast(Level, wanted.level)
    item = raise_by_person(area, panel_id, level, wanted.title, "", None, person, now)
    item.owner_id, item.why, item.origin, item.origin_ref = owner, wanted.why, wanted.origin, wanted.ref or None
    if observation is not None:
        db.session.add(Evidence(improvement_id=item.id, observation_id=observation.id, joined_at=now))
    tell_new_owner(item, person, now)
    audit.note("propose", "improvement", item.id, {"origin": wanted.origin, "area": area.id})
    return item


def observation_seen(ref: str | None, reader: Reader) -> Observation | None:
    """One that this reader may see. None for what is no id of one, or lies at another's site."""
    try:
        id = UUID(ref or "")
    except ValueError:
        return None
    query = select(Observation).join(Visit, Visit.id == Observation.visit_id)
    seen = Observation.stands, reader.at_sites(Visit.site_id), Observation.area_id.is_not(None)
    return db.session.scalar(query.where(Observation.id == id, *seen))


def _area(said: str) -> Area:
    id = our_id(said)
    area = None if id is None else db.session.get(Area, id)
    if area is None:
        raise Problem("invalid", [("area_id", _("Choose one of the list."))])
    return area


def _observation(wanted: ProposedItem, area: Area, reader: Reader) -> Observation | None:
    """That the proposal names. Raises Problem invalid for one that is not there, or of another area."""
    if not wanted.ref:
        return None
    if wanted.origin not in OF_OBSERVATIONS:
        _refuse_strangers(wanted, area)
        return None
    found = observation_seen(wanted.ref, reader)
    if found is None or found.area_id != area.id:
        raise Problem("invalid", [("ref", _("This observation is not there, or was made elsewhere."))])
    return found


def _refuse_strangers(wanted: ProposedItem, area: Area) -> None:
    touchpoint, _colon, key = (wanted.ref or "").partition(":")
    if wanted.origin != "promise" or our_id(touchpoint) != area.touchpoint_id or not key:
        raise Problem("invalid", [("ref", _("This promise does not belong to this area."))])


def _panel(journey: Journey) -> int:
    """Where it will be judged; made when nobody has shadowed yet."""
    known = panel_of_journey(journey)
    if known:
        return known
    panel = Panel(kind=LIVE)
    db.session.add(panel)
    db.session.flush()
    return panel.id
