"""Moving a default moves every touchpoint that follows it, also in drafts. Callers commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from shadowing.authoring.editor.drafts import change_newest
from shadowing.authoring.editor.models import JourneyDraft
from shadowing.core.database import advisory_lock, db
from shadowing.core.vocabulary import Level
from shadowing.journeys.defaults import inherited_by, own_defaults
from shadowing.journeys.editing import Draft, touchpoints
from shadowing.journeys.inheriting import Inherited, moved
from shadowing.journeys.models import Journey, TargetDefault
from shadowing.people import audit
from shadowing.people.models import Person
from shadowing.visits.models.totals import Panel
from shadowing.visits.tallies import panel_changed


def set_defaults(journey_id: int, targets: Mapping[Level, float], by: Person, now: datetime) -> int:
    """journey_id 0: the organisation's. targets: by level, absent = inherited. How many touchpoints moved."""
    advisory_lock("target defaults")
    before = own_defaults()
    row = db.session.get(TargetDefault, journey_id) or TargetDefault(journey_id=journey_id)
    row.targets, row.changed_at, row.changed_by = dict(targets), now, by.id
    db.session.add(row)
    db.session.flush()
    after, changed = own_defaults(), 0
    affected = select(Journey).where(Journey.origin != "import")
    for journey in db.session.scalars(affected.where(Journey.id == journey_id) if journey_id else affected).all():
        changed += _move(journey, inherited_by(journey.id, before), inherited_by(journey.id, after), by, now)
    if changed:
        for panel_id in db.session.scalars(select(Panel.id)).all():
            panel_changed(panel_id)
    audit.note("change", "targets", journey_id, {"touchpoints": changed})
    return changed


def _move(
    journey: Journey, before: dict[Level, Inherited], after: dict[Level, Inherited], by: Person, now: datetime
) -> int:
    changed = 0
    for place in journey.touchpoints:
        targets = moved(place.targets_by_level, before, after)
        if targets != place.targets_by_level:
            place.targets = targets
            changed += place.removed_at is None
    if db.session.get(JourneyDraft, journey.id) is not None:
        change_newest(journey, by, now, lambda draft: _move_draft(draft, before, after))
    return changed


def _move_draft(draft: Draft, before: dict[Level, Inherited], after: dict[Level, Inherited]) -> None:
    for _kind, place in touchpoints(draft):
        place["targets"] = moved(place["targets"], before, after)
