"""Drafts in the database: begin, change with a number, publish. Callers commit."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select, update

from shadowing.authoring.editor.models import JourneyDraft
from shadowing.core.database import advisory_lock, db
from shadowing.journeys.draft import PersonaDraft
from shadowing.journeys.editing import Draft, touchpoints
from shadowing.journeys.models import Journey, JourneyVersion, Persona, Touchpoint
from shadowing.journeys.publishing import publish
from shadowing.people.models import Person
from shadowing.visits.models.totals import Panel
from shadowing.visits.tallies import panel_changed

T = TypeVar("T")


class Stale(Exception):
    """Somebody changed the draft meanwhile: who, and what it is now."""

    def __init__(self, who: str, draft: JourneyDraft) -> None:
        super().__init__(who)
        self.who, self.draft = who, draft


def published(journey: Journey) -> Draft:
    """The journey as it stands: the current version's snapshot with today's settings, in the shape of a draft.

    Targets, importance, volume and personas live outside versions.
    """
    # Read anew from the row, not from the session's object: a copy of a large journey takes longer than decoding it.
    version = select(JourneyVersion.snapshot).where(JourneyVersion.journey_id == journey.id)
    snapshot: Draft = db.session.scalars(version.where(JourneyVersion.number == journey.version)).one()
    rows = db.session.scalars(select(Touchpoint).where(Touchpoint.journey_id == journey.id))
    kept = {str(row.id): row for row in rows}
    for _, entry in touchpoints(snapshot):
        row = kept[entry.pop("id")]
        entry["targets"], entry["importance"] = row.targets_by_level, dict(row.importance)
        entry["volume_per_month"] = row.volume
        entry["department"] = row.department_id
        entry["standards"] = entry.get("standards") or []
        entry["phrases"] = entry.get("phrases") or []
    for stage in snapshot["stages"]:
        stage.pop("id", None)
    snapshot["personas"] = _personas(journey)
    return snapshot


def draft_of(journey: Journey) -> tuple[Draft, int]:
    """The draft and its number; 0 when nobody has begun one, and it is the journey as published."""
    kept = db.session.get(JourneyDraft, journey.id)
    return (_whole(journey, kept.document), kept.revision) if kept else (published(journey), 0)


def change(
    journey: Journey, base: int, by: Person, now: datetime, work: Callable[[Draft], T]
) -> tuple[JourneyDraft, T]:
    """Do something to the draft that has this number; also what `work` returned. Raises Stale, and what it raises."""
    advisory_lock(f"draft:{journey.id}")  # the first change finds no row to lock
    kept = db.session.get(JourneyDraft, journey.id)
    if (kept.revision if kept else 0) != base:
        raise Stale(_who(kept), kept or JourneyDraft(journey_id=journey.id, revision=0, document=published(journey)))
    document = _whole(journey, copy.deepcopy(kept.document)) if kept else published(journey)
    result = work(document)
    if kept is not None and document == kept.document:
        return kept, result  # saying the same again makes no other draft
    if kept is None:
        kept = JourneyDraft(journey_id=journey.id, revision=0, changed_at=now, changed_by=by.id, document=document)
        db.session.add(kept)
    kept.document, kept.revision, kept.changed_at, kept.changed_by = document, base + 1, now, by.id
    db.session.flush()
    return kept, result


def change_newest(journey: Journey, by: Person, now: datetime, work: Callable[[Draft], T]) -> T:
    """Do something to the draft whatever its number: for what is said elsewhere, not on the draft's own page."""
    advisory_lock(f"draft:{journey.id}")
    kept = db.session.get(JourneyDraft, journey.id, populate_existing=True)
    _draft, result = change(journey, kept.revision if kept else 0, by, now, work)
    return result


def publish_draft(journey: Journey, draft: JourneyDraft, now: datetime) -> JourneyVersion:
    """The draft becomes the next version and its settings count from now on; visits under way keep theirs."""
    version = publish(journey, draft.document, now, by=draft.changed_by)
    db.session.delete(draft)
    for panel_id in db.session.scalars(select(Panel.id)).all():
        panel_changed(panel_id)
    return version


def discard(journey: Journey) -> None:
    kept = db.session.get(JourneyDraft, journey.id)
    if kept is not None:
        db.session.delete(kept)


def duplicate(journey: Journey) -> Draft:
    """A draft for a journey of its own: new keys, or the two would be taken for one."""
    draft, _ = draft_of(journey)
    return copy.deepcopy(draft)


def set_archived(journey: Journey, moment: datetime | None) -> None:
    """No longer offered to phones; everything seen stays."""
    db.session.execute(update(Journey).where(Journey.id == journey.id).values(archived_at=moment))


def _whole(journey: Journey, document: Draft) -> Draft:
    """Drafts begun before personas were written here say nothing of them."""
    return document if "personas" in document else {**document, "personas": _personas(journey)}


def _personas(journey: Journey) -> list[PersonaDraft]:
    rows = db.session.scalars(
        select(Persona)
        .where(Persona.journey_id == journey.id, Persona.removed_at.is_(None))
        .order_by(Persona.position, Persona.id)
    )
    return [{"key": row.key, "kind": row.kind, "name": row.name, "needs": row.needs} for row in rows]


def _who(kept: JourneyDraft | None) -> str:
    person = db.session.get(Person, kept.changed_by) if kept else None
    return person.name if person else "?"
