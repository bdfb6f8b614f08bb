"""What the journey pages show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from shadowing.authoring.editor.figures import JourneyRow, JourneysPage, MapPage
from shadowing.authoring.editor.models import JourneyDraft
from shadowing.authoring.editor.prompts import due, off_the_map
from shadowing.authoring.strategy.pages import principles, sentences
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.vocabulary import CHANNELS, LEVELS
from shadowing.journeys.assumed import assumed
from shadowing.journeys.defaults import inherited_by, own_defaults
from shadowing.journeys.draft import TouchpointDraft
from shadowing.journeys.editing import Draft, NotThere, find, touchpoints
from shadowing.journeys.inheriting import own_levels
from shadowing.journeys.inheriting import shown as shown_target
from shadowing.journeys.models import Area, Journey, Touchpoint
from shadowing.journeys.packs import offered
from shadowing.journeys.personas import served_at
from shadowing.people.models import Department
from shadowing.people.reader import Reader
from shadowing.visits.models.visit import Observation, Visit

#: Sentences for what reading.py finds wrong.
WRONG = {
    "name": _l("Fill in a name in one language at least."),
    "number": _l("Write a number."),
    "range": _l("This number is out of range."),
    "channel": _l("Choose one channel at least; a name of your own has letters and digits."),
    "choice": _l("Choose one of these; somebody may have removed it meanwhile."),
    "long": _l("This is too long; nothing of it was cut or kept."),
    "many": _l("These are more lines than anybody reads; 40 at most, 20 for needs."),
}


def journeys_page(complaints: tuple[str, ...] = (), file: bool = False) -> JourneysPage:
    """complaints: what was wrong with a new journey; file: it came as a file."""
    standing = select(Touchpoint.journey_id, func.count()).where(Touchpoint.removed_at.is_(None))
    places = _pairs(standing.group_by(Touchpoint.journey_id))
    visits = _pairs(select(Visit.journey_id, func.count()).group_by(Visit.journey_id))
    drafts = _pairs(select(JourneyDraft.journey_id, JourneyDraft.changed_at))
    rows = db.session.scalars(select(Journey).order_by(Journey.archived_at.is_not(None), Journey.id))
    made = tuple(
        JourneyRow(
            row.id,
            row.name,
            row.version,
            places.get(row.id, 0),
            visits.get(row.id, 0),
            drafts.get(row.id),
            row.archived_at is not None,
            row.origin == "import",
        )
        for row in rows
    )
    return JourneysPage(made, offered(), complaints, file)


def map_page(
    journey: Journey,
    reader: Reader,
    draft: Draft,
    revision: int,
    key: str,
    wrong: dict[str, str],
    told: str,
    given: Mapping[str, str],
) -> MapPage:
    """wrong, told, given: what was refused, in a slug a field; a sentence about all of it; what had been typed."""
    chosen = _in_hand(draft, key)
    above = inherited_by(journey.id, own_defaults())
    kept = db.session.get(JourneyDraft, journey.id)
    return MapPage(
        id=journey.id,
        draft=draft,
        revision=revision,
        version=journey.version,
        key=key if chosen else "",
        chosen=chosen,
        targets={level: shown_target(chosen["targets"][level]) for level in LEVELS} if chosen else {},
        own_channels=", ".join(each for each in chosen["channels"] if each not in CHANNELS) if chosen else "",
        wrong={field: str(WRONG[what]) for field, what in wrong.items()},
        told=told,
        older=_visits_on_older_versions(journey),
        changed_at=kept.changed_at if kept else None,
        archived=journey.archived_at is not None,
        total=sum(1 for _ in touchpoints(draft)),
        given={field: given[field] for field in wrong if field in given},
        served=frozenset(served_at(draft, key)),
        strategy=sentences(),
        off_map=tuple(off_the_map(journey, reader, clock.now())),
        due=tuple(due(journey, draft, clock.now())),
        above=above,
        own_levels=tuple(own_levels(chosen["targets"], above)) if chosen else (),
        principles=tuple(principles()),
        departments=_open_departments(),
        assumed=assumed(journey.id),
    )


def _in_hand(draft: Draft, key: str) -> TouchpointDraft | None:
    try:
        return find(draft, key) if key else None
    except NotThere:
        return None


def _visits_on_older_versions(journey: Journey) -> int:
    under_way = select(func.count()).where(
        Visit.journey_id == journey.id,
        Visit.journey_version < journey.version,
        Visit.status.in_(("in_progress", "paused")),
        Visit.withdrawn_at.is_(None),
    )
    return db.session.scalar(under_way) or 0


def _open_departments() -> tuple[Department, ...]:
    return tuple(db.session.scalars(select(Department).where(Department.closed_at.is_(None)).order_by(Department.id)))


def seen_at(journey: Journey) -> dict[str, int]:
    """Observations by the key of their touchpoint: what stays when one is removed."""
    counted = (
        select(Touchpoint.key, func.count())
        .join(Area, Area.touchpoint_id == Touchpoint.id)
        .join(Observation, Observation.area_id == Area.id)
        .where(Touchpoint.journey_id == journey.id, Observation.deleted_at.is_(None))
    )
    return _pairs(counted.group_by(Touchpoint.key))


def _pairs(query: Any) -> dict[Any, Any]:
    return {key: value for key, value in db.session.execute(query)}
