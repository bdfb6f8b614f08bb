"""A draft becomes a version: an immutable snapshot for phones, and the rows all else hangs on. Callers commit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from shadowing.core.database import db
from shadowing.core.vocabulary import DEFAULT_IMPORTANCE, DEFAULT_TARGETS, LENSES, LEVELS
from shadowing.journeys.draft import Draft, PersonaDraft, StandardDraft, TouchpointDraft
from shadowing.journeys.models import Area, Journey, JourneyVersion, Persona, Standard, Touchpoint
from shadowing.people.models import Department

#: What a version keeps of a journey and of a touchpoint, besides what has columns.
JOURNEY_PARTS = ("name", "need", "consent", "anchors", "purposes", "scenarios")
TOUCHPOINT_PARTS = ("key", "name", "need", "channels", "longest_wait_seconds", "standards", "factors", "phrases")
#: Left out where there is none, for every phone carries it.
OPTIONAL_PARTS = ("library",)


def create_journey(draft: Draft, origin: str, now: datetime, pack: str | None = None) -> Journey:
    """A new journey, published as version 1."""
    journey = Journey(name=draft["name"], origin=origin, pack=pack)
    db.session.add(journey)
    db.session.flush()
    publish(journey, draft, now)
    return journey


def publish(journey: Journey, draft: Draft, now: datetime, by: int | None = None) -> JourneyVersion:
    """The next version. Touchpoints with a known key stay the same thing; missing ones are removed, not deleted."""
    journey.name, journey.version = draft["name"], journey.version + 1
    known = {touchpoint.key: touchpoint for touchpoint in _touchpoints(journey)}
    stages, position = [], 0
    for stage in draft["stages"]:
        entries = []
        for entry in stage["touchpoints"]:
            position += 1
            touchpoint = _place(journey, known.pop(entry["key"], None), entry, stage["kind"], position)
            kept = {part: entry.get(part) for part in TOUCHPOINT_PARTS}
            kept |= {part: value for part in OPTIONAL_PARTS if (value := entry.get(part))}
            entries.append({"id": str(touchpoint.id), **kept})
        stages.append({"id": stage["kind"], "kind": stage["kind"], "name": stage["name"], "touchpoints": entries})
    for touchpoint in known.values():
        _remove(touchpoint, now)
    if draft.get("personas") is not None:
        _keep_personas(journey, draft["personas"], now)
    snapshot = {**{part: draft.get(part) for part in JOURNEY_PARTS}, "stages": stages}
    version = JourneyVersion(
        journey_id=journey.id, number=journey.version, snapshot=snapshot, published_at=now, published_by=by
    )
    db.session.add(version)
    db.session.flush()
    return version


def _touchpoints(journey: Journey) -> list[Touchpoint]:
    return list(db.session.scalars(select(Touchpoint).where(Touchpoint.journey_id == journey.id)))


def _place(journey: Journey, found: Touchpoint | None, entry: TouchpointDraft, stage: str, position: int) -> Touchpoint:
    touchpoint = found or Touchpoint(journey_id=journey.id, key=entry["key"], targets={}, importance={})
    _set(touchpoint, entry)
    touchpoint.name, touchpoint.stage, touchpoint.position = entry["name"], stage, position
    touchpoint.channels = list(entry["channels"])
    touchpoint.longest_wait_seconds = entry.get("longest_wait_seconds")
    touchpoint.removed_at = None
    db.session.add(touchpoint)
    db.session.flush()
    _offer(touchpoint)
    _keep_standards(touchpoint, entry.get("standards") or ())
    return touchpoint


def _set(touchpoint: Touchpoint, entry: TouchpointDraft) -> None:
    """What lives outside versions. Where the entry is silent, what is set already stays."""
    targets, importance = entry.get("targets") or {}, entry.get("importance") or {}
    touchpoint.targets = {
        level: targets.get(level, touchpoint.targets.get(level, DEFAULT_TARGETS[level])) for level in LEVELS
    }
    touchpoint.importance = {
        lens: importance.get(lens, touchpoint.importance.get(lens, DEFAULT_IMPORTANCE)) for lens in LENSES
    }
    if "volume_per_month" in entry:
        touchpoint.volume = entry["volume_per_month"]
    if "department" in entry:
        known = db.session.get(Department, entry["department"]) if entry["department"] else None
        touchpoint.department_id = known.id if known else None


def _offer(touchpoint: Touchpoint) -> None:
    areas = {a.channel: a for a in db.session.scalars(select(Area).where(Area.touchpoint_id == touchpoint.id))}
    for channel, area in areas.items():
        area.offered = channel in touchpoint.channels
    for channel in touchpoint.channels:
        if channel not in areas:
            db.session.add(Area(touchpoint_id=touchpoint.id, channel=channel))


def _keep_standards(touchpoint: Touchpoint, entries: Iterable[StandardDraft]) -> None:
    for entry in entries:
        standard = db.session.get(Standard, (touchpoint.id, entry["id"])) or Standard(
            touchpoint_id=touchpoint.id, key=entry["id"]
        )
        standard.kind, standard.level, standard.text = entry["kind"], entry["level"], entry["text"]
        standard.limit_seconds = entry.get("limit_seconds")
        db.session.add(standard)


def _keep_personas(journey: Journey, entries: list[PersonaDraft], now: datetime) -> None:
    """Visits name personas: one that is no longer chosen stays, removed."""
    rows = db.session.scalars(select(Persona).where(Persona.journey_id == journey.id))
    known = {row.key: row for row in rows}
    for position, entry in enumerate(entries, 1):
        row = known.pop(entry.get("key", ""), None) or Persona(journey_id=journey.id)
        row.key = entry.get("key") or row.key or f"p_{position}"
        row.kind, row.name, row.position = entry.get("kind", "external"), entry["name"], position
        row.needs, row.removed_at = entry.get("needs") or [], None
        db.session.add(row)
    for row in known.values():
        row.removed_at = row.removed_at or now
    db.session.flush()


def _remove(touchpoint: Touchpoint, now: datetime) -> None:
    touchpoint.removed_at = touchpoint.removed_at or now
    for area in db.session.scalars(select(Area).where(Area.touchpoint_id == touchpoint.id)):
        area.offered = False
