"""A voice note arrives: looked at, written durably, then acknowledged; and how it goes again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shadowing.core.bytes.store import store
from shadowing.core.database import db
from shadowing.core.jobs.queue import enqueue
from shadowing.core.problems import Problem
from shadowing.visits.media.photos.intake import let_speak, removed_from, taken_back
from shadowing.visits.media.sounds.formats import MOST_BYTES, NotASound, format_of
from shadowing.visits.media.sounds.models import Sound, sound_key

ERASE = "erase_sounds"


@dataclass(frozen=True)
class Heard:
    """A voice note whose bytes were looked at, not yet in the database."""

    id: UUID
    sha256: str
    bytes: int
    format: str


def again(sound_id: UUID, person_id: int, sha256: str) -> Sound | None:
    """The voice note when it is here already. Raises Problem: not_yours, sound_conflict."""
    known = db.session.get(Sound, sound_id)
    if known is not None and known.person_id != person_id:
        raise Problem("not_yours")
    if known is not None and known.sha256 != sha256:
        raise Problem("sound_conflict")
    return known


def look(sound_id: UUID, raw: bytes, sha256: str) -> Heard:
    """Nothing is written. Raises Problem: not_a_sound, too_large."""
    if len(raw) > MOST_BYTES:
        raise Problem("too_large")
    try:
        return Heard(sound_id, sha256, len(raw), format_of(raw))
    except NotASound as error:
        raise Problem("not_a_sound") from error


def keep(sound_id: UUID, raw: bytes, sha256: str) -> Heard:
    """As look, and the bytes are written durably. Needs no transaction, so nobody waits for the disk."""
    heard = look(sound_id, raw, sha256)
    store().put(sound_key(sound_id, sha256), raw)
    return heard


def take_in(heard: Heard, observation_id: UUID, person_id: int, now: datetime) -> Sound | None:
    """The voice note's row. None when the customer has taken the observation back. The caller commits."""
    if taken_back(observation_id):
        return None
    sound = Sound(
        removed_at=now if str(heard.id) in removed_from(observation_id, "removed_sounds") else None,
        id=heard.id,
        observation_id=observation_id,
        person_id=person_id,
        sha256=heard.sha256,
        bytes=heard.bytes,
        format=heard.format,
        received_at=now,
    )
    db.session.add(sound)
    let_speak(observation_id, person_id)
    return sound


def drop(heard: Heard) -> None:
    """Bytes that were written and are not wanted after all."""
    store().delete(sound_key(heard.id, heard.sha256))


def erase_sounds_of(observation_ids: Sequence[UUID], now: datetime) -> int:
    """Forget the voice notes of these observations. Returns how many. The caller commits."""
    return erase_sounds(db.session.scalars(select(Sound).where(Sound.observation_id.in_(observation_ids))).all(), now)


def erase_sounds(sounds: Sequence[Sound], now: datetime) -> int:
    """Their rows in the caller's transaction, their bytes surely after the commit."""
    if sounds:
        enqueue(ERASE, {"keys": [sound.key for sound in sounds]}, now)
    for sound in sounds:
        db.session.delete(sound)
    return len(sounds)


def erase_bytes(payload: dict[str, Any]) -> None:
    """The worker's part. Safe to repeat."""
    for key in payload["keys"]:
        store().delete(key)
