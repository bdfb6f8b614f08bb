"""Which improvements are looked at: the filter of all pages, and what only the backlog asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, Text, and_, func, or_, select, type_coerce
from sqlalchemy.orm import aliased

from shadowing.backlog.brief import Brief
from shadowing.backlog.models import Evidence, Improvement
from shadowing.core.database import db
from shadowing.core.ids import our_id
from shadowing.core.vocabulary import IMPROVEMENT_STATES, LEVELS
from shadowing.journeys.models import Area, Journey, Touchpoint
from shadowing.people.models import Person
from shadowing.scoring.filter import Asked, missing
from shadowing.scoring.shapes import Choice, Filter
from shadowing.visits.models.visit import Observation, Visit

NOBODY = "none"
LONGEST = 120


@dataclass(frozen=True)
class Selection:
    """owner: an id, NOBODY or ""; find: words of the name or of the place; right: what waits to be put right."""

    owner: str = ""
    state: str = ""
    level: str = ""
    find: str = ""
    right: bool = False


def read_selection(wanted: Mapping[str, str]) -> Selection:
    """Raises Problem not_found with the parameter named."""
    owner, state, level = (wanted.get(name, "") for name in ("owner", "state", "level"))
    if owner and owner != NOBODY and our_id(owner) is None:
        raise missing("owner")
    if state and state not in IMPROVEMENT_STATES:
        raise missing("state")
    if level and level not in LEVELS:
        raise missing("level")
    find = " ".join((wanted.get("find") or "").replace("\x00", "").split())[:LONGEST]
    return Selection(owner, state, level, find, bool(wanted.get("right")))


def selected(query: Select[Brief], asked: Asked, journey: Journey | None, own: Selection) -> Select[Brief]:
    """query: joined with area and touchpoint. A channel selects what covers it, a site what has evidence from there."""
    conditions: list[ColumnElement[bool]] = []
    if journey is not None:
        conditions.append(Touchpoint.journey_id == journey.id)
    if asked.channel:
        conditions.append(or_(Area.channel == asked.channel, Improvement.id.in_(_took_in(asked.channel))))
    if asked.stage:
        conditions.append(Touchpoint.stage == asked.stage)
    if asked.site_id is not None:
        conditions.append(Improvement.id.in_(_seen_at(asked.site_id)))
    return query.where(*conditions, *_own(own))


def own_filters(own: Selection) -> tuple[Filter, ...]:
    """Owner, status, level and words, as controls."""
    owners = db.session.execute(
        select(Person.id, Person.name).where(Person.id.in_(select(Improvement.owner_id))).order_by(Person.name)
    )
    known = [(str(id), name) for id, name in owners]
    owed = _filter("right", _("Serious"), "warning", _("All"), [("due", _("To be put right"))], "due")
    return (
        *((owed,) if own.right else ()),
        _filter("owner", _("Owner"), "person", _("All owners"), [(NOBODY, _("Nobody yet")), *known], own.owner),
        _filter("state", _("Status"), "improve", _("Every status"), list(IMPROVEMENT_STATES.items()), own.state),
        _filter("level", _("Level"), "stages", _("All levels"), list(LEVELS.items()), own.level),
        Filter("find", _("Find words"), "find", text=own.find),
    )


def _own(own: Selection) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if own.owner:
        nobody = own.owner == NOBODY
        conditions.append(Improvement.owner_id.is_(None) if nobody else Improvement.owner_id == int(own.owner))
    if own.state:
        conditions.append(Improvement.state == own.state)
    if own.level:
        conditions.append(Improvement.level == own.level)
    if own.find:
        conditions.append(and_(*(_says(word) for word in own.find.split())))
    return conditions


def _says(word: str) -> ColumnElement[bool]:
    """In a name of the improvement, or in either name of its touchpoint; names in two languages are kept as JSON."""
    titles = func.coalesce(type_coerce(Improvement.titles, Text), "")
    columns = (func.coalesce(Improvement.title, ""), titles, type_coerce(Touchpoint.name, Text))
    return or_(*(func.lower(column).contains(word.lower(), autoescape=True) for column in columns))


def _took_in(channel: str) -> Select[int | None]:
    """Those that stand for an area of this channel, too, because another one was merged into them."""
    merged, area = aliased(Improvement), aliased(Area)
    into = select(merged.merged_into_id).join(area, area.id == merged.area_id)
    return into.where(area.channel == channel, merged.merged_into_id.is_not(None))


def _seen_at(site_id: int) -> Select[int]:
    evidence = select(Evidence.improvement_id).join(Observation, Observation.id == Evidence.observation_id)
    return evidence.join(Visit, Visit.id == Observation.visit_id).where(Visit.site_id == site_id)


def _filter(name: str, label: str, icon: str, every: str, known: list[tuple[str, object]], chosen: str) -> Filter:
    choices = (Choice(value, text, value == chosen) for value, text in [("", every), *known])  # type: ignore[arg-type]
    return Filter(name, label, icon, tuple(choices))
