"""What the server holds of a visit, by number and fingerprint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shadowing.core.database import db
from shadowing.core.problems import Problem
from shadowing.visits.media.kinds import Row
from shadowing.visits.media.models import Medium, Photo, Sound
from shadowing.visits.models.bodies import MediaField, RemovedField
from shadowing.visits.models.visit import Observation, Visit


def receipt(visit_id: UUID, person_id: int, now: datetime) -> dict[str, Any]:
    """The maker's receipt. Raises not_found when nothing of this visit came from this person."""
    visit = db.session.get(Visit, visit_id)
    observations = db.session.scalars(
        select(Observation)
        .where(Observation.visit_id == visit_id, Observation.person_id == person_id)
        .order_by(Observation.observed_at, Observation.id)
    ).all()
    if (visit is None or visit.person_id != person_id) and not observations:
        raise Problem("not_found")
    photos, sounds = _media(Photo, observations, person_id), _media(Sound, observations, person_id)
    return {
        "visit": _record(visit) if visit and visit.person_id == person_id else None,
        "observations": [_record(observation) for observation in observations],
        "photos": [{**_medium(photo), "state": photo.state} for photo in photos],
        "missing_photos": _missing(observations, "photos", "removed_photos", {photo.id for photo in photos}),
        "sounds": [_medium(sound) for sound in sounds],
        "missing_sounds": _missing(observations, "sounds", "removed_sounds", {sound.id for sound in sounds}),
        "checked_at": now.isoformat(),
    }


def _media(model: type[Row], observations: Iterable[Observation], person_id: int) -> Sequence[Row]:
    """Their maker's alone: somebody else may have put something beside them."""
    mine = (model.observation_id.in_([observation.id for observation in observations]), model.person_id == person_id)
    return db.session.scalars(select(model).where(*mine).order_by(model.received_at)).all()


def _record(row: Visit | Observation) -> dict[str, Any]:
    return {"id": str(row.id), "revision": row.revision, "received_at": row.received_at.isoformat(), "marks": row.marks}


def _medium(medium: Medium) -> dict[str, Any]:
    return {
        "id": str(medium.id),
        "observation_id": str(medium.observation_id),
        "sha256": medium.sha256,
        "bytes": medium.bytes,
        "received_at": medium.received_at.isoformat(),
    }


def _missing(
    observations: Iterable[Observation], field: MediaField, removed_field: RemovedField, here: set[UUID]
) -> list[dict[str, str]]:
    """Photos or voice notes the phone spoke of that have not come."""
    missing = []
    for observation in observations:
        if observation.body is None:
            continue
        removed = set(observation.body.get(removed_field) or ())
        for entry in observation.body.get(field) or ():
            if entry["id"] not in removed and UUID(entry["id"]) not in here:
                missing.append({"id": entry["id"], "observation_id": str(observation.id)})
    return missing
