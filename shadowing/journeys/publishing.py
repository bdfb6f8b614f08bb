"""A draft becomes a version: an immutable snapshot for phones, and the rows all else hangs on. Callers commit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

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
OPTIONAL_JOURNEY_PARTS = ("served", "short")


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
    placed = _placed(journey, draft, known)
    offered = _Offered(list(known.values()))
    for touchpoint, entry in placed.values():
        offered.keep(touchpoint, entry)
    for key, touchpoint in known.items():
        if key not in placed:
            offered.remove(touchpoint, now)
    offered.write()
    if draft.get("personas") is not None:
        _keep_personas(journey, draft["personas"], now)
    snapshot = {**{part: draft.get(part) for part in JOURNEY_PARTS}, "stages": _stages(draft, placed)}
    snapshot |= {part: value for part in OPTIONAL_JOURNEY_PARTS if (value := draft.get(part))}
    version = JourneyVersion(
        journey_id=journey.id, number=journey.version, snapshot=snapshot, published_at=now, published_by=by
    )
    db.session.add(version)
    db.session.flush()
    return version


def _touchpoints(journey: Journey) -> list[Touchpoint]:
    return list(db.session.scalars(select(Touchpoint).where(Touchpoint.journey_id == journey.id)))


def _placed(
    journey: Journey, draft: Draft, known: dict[str, Touchpoint]
) -> dict[str, tuple[Touchpoint, TouchpointDraft]]:
    """Every touchpoint of the draft by its key, with its row, which has its id: all of them written at once."""
    placed: dict[str, tuple[Touchpoint, TouchpointDraft]] = {}
    for stage in draft["stages"]:
        for entry in stage["touchpoints"]:
            key = entry["key"]
            touchpoint = known.get(key) or Touchpoint(journey_id=journey.id, key=key, targets={}, importance={})
            _set(touchpoint, entry)
            touchpoint.name, touchpoint.stage, touchpoint.position = entry["name"], stage["kind"], len(placed) + 1
            touchpoint.channels = list(entry["channels"])
            touchpoint.longest_wait_seconds = entry.get("longest_wait_seconds")
            touchpoint.removed_at = None
            placed[key] = touchpoint, entry
    db.session.add_all([touchpoint for touchpoint, _ in placed.values()])
    db.session.flush()
    return placed


def _stages(draft: Draft, placed: dict[str, tuple[Touchpoint, TouchpointDraft]]) -> list[dict[str, Any]]:
    """The draft's stages as a version keeps them."""
    return [
        {
            "id": stage["kind"],
            "kind": stage["kind"],
            "name": stage["name"],
            "touchpoints": [_kept(placed[entry["key"]][0], entry) for entry in stage["touchpoints"]],
        }
        for stage in draft["stages"]
    ]


def _kept(touchpoint: Touchpoint, entry: TouchpointDraft) -> dict[str, Any]:
    kept = {part: entry.get(part) for part in TOUCHPOINT_PARTS}
    kept |= {part: value for part in OPTIONAL_PARTS if (value := entry.get(part))}
    return {"id": str(touchpoint.id), **kept}


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


class _Offered:
    """Areas and standards, read and written all at once: a journey may have thousands, and others wait meanwhile."""

    def __init__(self, touchpoints: list[Touchpoint]) -> None:
        ids = [touchpoint.id for touchpoint in touchpoints]
        self.areas: dict[int, dict[str, Area]] = {}
        for area in db.session.scalars(select(Area).where(Area.touchpoint_id.in_(ids))):
            self.areas.setdefault(area.touchpoint_id, {})[area.channel] = area
        standards = db.session.scalars(select(Standard).where(Standard.touchpoint_id.in_(ids)))
        self.standards = {(standard.touchpoint_id, standard.key): standard for standard in standards}
        self.new_areas: list[dict[str, Any]] = []
        self.new_standards: dict[tuple[int, str], dict[str, Any]] = {}

    def keep(self, touchpoint: Touchpoint, entry: TouchpointDraft) -> None:
        """Its areas are those of its channels, its standards what the entry says; former ones stay for what is seen."""
        areas = self.areas.get(touchpoint.id, {})
        for channel, area in areas.items():
            area.offered = channel in touchpoint.channels
        for channel in touchpoint.channels:
            if channel not in areas:
                self.new_areas.append({"touchpoint_id": touchpoint.id, "channel": channel})
        for said in entry.get("standards") or ():
            self._keep_standard(touchpoint, said)

    def remove(self, touchpoint: Touchpoint, now: datetime) -> None:
        touchpoint.removed_at = touchpoint.removed_at or now
        for area in self.areas.get(touchpoint.id, {}).values():
            area.offered = False

    def write(self) -> None:
        if self.new_areas:
            db.session.execute(insert(Area), self.new_areas)
        if self.new_standards:
            db.session.execute(insert(Standard).execution_options(render_nulls=True), list(self.new_standards.values()))

    def _keep_standard(self, touchpoint: Touchpoint, said: StandardDraft) -> None:
        own = touchpoint.id, said["id"]
        told = {part: said[part] for part in ("kind", "level", "text")} | {"limit_seconds": said.get("limit_seconds")}
        standard = self.standards.get(own)
        if standard is None:
            self.new_standards[own] = {"touchpoint_id": touchpoint.id, "key": said["id"], **told}
            return
        for part, value in told.items():
            setattr(standard, part, value)


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
