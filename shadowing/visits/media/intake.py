"""A photo or voice note arrives: looked at, written durably, then acknowledged (DECISIONS 13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic
from uuid import UUID

from sqlalchemy import select, update

from shadowing.core.bytes.store import store
from shadowing.core.database import db
from shadowing.core.problems import Problem
from shadowing.visits.media.kinds import MediumKind, Row
from shadowing.visits.media.models import Medium
from shadowing.visits.models.bodies import RemovedField
from shadowing.visits.models.visit import Observation


@dataclass(frozen=True)
class Arrived(Generic[Row]):
    """One whose bytes are safe, not yet in the database. facts: columns told by its first bytes."""

    kind: MediumKind[Row]
    id: UUID
    sha256: str
    bytes: int
    facts: Mapping[str, str | int]

    @property
    def key(self) -> str:
        return self.kind.key(self.id, self.sha256)


def again(kind: MediumKind[Row], id: UUID, person_id: int, sha256: str) -> Row | None:
    """The one that is here already. Raises Problem: not_yours, photo_conflict, sound_conflict."""
    known = db.session.get(kind.model, id)
    if known is not None and known.person_id != person_id:
        raise Problem("not_yours")
    if known is not None and known.sha256 != sha256:
        raise Problem(kind.conflict)
    return known


def keep(kind: MediumKind[Row], id: UUID, raw: bytes, sha256: str) -> Arrived[Row]:
    """As look, and the bytes are written durably. Needs no transaction, so nobody waits for the disk."""
    arrived = look(kind, id, raw, sha256)
    store().put(arrived.key, raw)
    return arrived


def look(kind: MediumKind[Row], id: UUID, raw: bytes, sha256: str) -> Arrived[Row]:
    """Nothing is written. Raises Problem: not_a_photo, photo_too_big, not_a_sound, too_large."""
    return Arrived(kind, id, sha256, len(raw), kind.look(raw))


def take_in(arrived: Arrived[Row], observation_id: UUID, person_id: int, now: datetime) -> Row | None:
    """Its row, and what is to be derived. The caller commits.

    None when the customer has taken the observation back: then nothing is kept.
    """
    if _taken_back(observation_id):
        return None
    medium = arrived.kind.model(
        removed_at=now if str(arrived.id) in _removed_from(observation_id, arrived.kind.removed) else None,
        id=arrived.id,
        observation_id=observation_id,
        person_id=person_id,
        sha256=arrived.sha256,
        bytes=arrived.bytes,
        received_at=now,
        **arrived.facts,
    )
    db.session.add(medium)
    let_speak(observation_id, person_id)
    arrived.kind.afterwards(arrived.id, now)
    return medium


def let_speak(observation_id: UUID, person_id: int) -> None:
    """The observation has something to show beside its numbers. The caller commits."""
    mine = (Observation.id == observation_id, Observation.person_id == person_id)
    db.session.execute(update(Observation).where(*mine, Observation.speaks.is_(False)).values(speaks=True))


def drop(arrived: Arrived[Row]) -> None:
    """Bytes that were written and are not wanted after all."""
    store().delete(arrived.key)


def drop_copy(medium: Medium | None) -> None:
    """Received bytes that nobody needs, because their derivatives are there."""
    if medium is not None and not medium.needs_received_bytes:
        store().delete(medium.key)


def _taken_back(observation_id: UUID) -> bool:
    """Whether the customer took this observation back. Whoever erases just now is waited for, and waits for us."""
    row = select(Observation.withdrawn_at).where(Observation.id == observation_id).with_for_update()
    return db.session.scalar(row) is not None


def _removed_from(observation_id: UUID, field: RemovedField) -> set[str]:
    """Ids that the observer has taken off this observation already."""
    body = db.session.scalar(select(Observation.body).where(Observation.id == observation_id))
    return set(body.get(field) or ()) if body else set()
