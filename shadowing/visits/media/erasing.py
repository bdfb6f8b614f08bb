"""Photos and voice notes that must go: rows in the caller's transaction, bytes surely after it (DECISIONS 14)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from shadowing.core.bytes.store import store, stored_key
from shadowing.core.database import db, reading
from shadowing.core.jobs.queue import enqueue
from shadowing.visits.media.images import LARGE, SMALL
from shadowing.visits.media.models import Medium, Photo, Sound
from shadowing.visits.models.visit import Observation

ERASE_PHOTOS = "erase_photos"
ERASE_SOUNDS = "erase_sounds"


class PhotosToErase(TypedDict):
    """received: keys in the store. stored: fingerprints of derived pictures, which others may share."""

    received: list[str]
    stored: list[str]


class SoundsToErase(TypedDict):
    """Keys in the store."""

    keys: list[str]


def erase_media_of(observation_ids: Sequence[UUID], now: datetime) -> int:
    """Forget what belongs to these observations. Returns how many photos. The caller commits."""
    _erase_sounds(Sound.observation_id.in_(observation_ids), now)
    return _erase_photos(Photo.observation_id.in_(observation_ids), now)


def erase_removed_media(before: datetime, now: datetime) -> None:
    """Forget what was taken off before then, or went with its observation. The caller commits."""
    gone = select(Observation.id).where(Observation.deleted_at < before)
    _erase_photos(or_(Photo.removed_at < before, Photo.observation_id.in_(gone)), now)
    _erase_sounds(or_(Sound.removed_at < before, Sound.observation_id.in_(gone)), now)


def erase_unreadable_photos(which: ColumnElement[bool], now: datetime) -> None:
    """Pictures that cannot be derived were never rid of the places written in them. The caller commits.

    Their rows stay: receipts go on saying that they came and cannot be read, else phones would send them again.
    """
    photos = db.session.scalars(
        select(Photo).where(Photo.state == "unreadable", Photo.erased_at.is_(None), which)
    ).all()
    if photos:
        payload: PhotosToErase = {"received": [photo.key for photo in photos], "stored": []}
        enqueue(ERASE_PHOTOS, payload, now)
    for photo in photos:
        photo.erased_at = now


def erase_photo_bytes(payload: PhotosToErase) -> None:
    """The worker's part. Bytes another photo shares stay. Safe to repeat."""
    _drop(payload["received"])
    for sha256 in payload["stored"]:
        drop_unless_needed(sha256)


def erase_sound_bytes(payload: SoundsToErase) -> None:
    """The worker's part. Safe to repeat."""
    _drop(payload["keys"])


def drop_unless_needed(sha256: str) -> None:
    """Derived pictures go with the last photo that shows them."""
    with reading():
        needed = db.session.scalar(select(Photo.id).where(Photo.stored_sha256 == sha256).limit(1)) is not None
    if not needed:
        _drop(stored_key(sha256, size) for size in (LARGE, SMALL))


def _erase_photos(which: ColumnElement[bool], now: datetime) -> int:
    photos = db.session.scalars(select(Photo).where(which)).all()
    stored = sorted({photo.stored_sha256 for photo in photos if photo.stored_sha256})
    payload: PhotosToErase = {"received": [photo.key for photo in photos], "stored": stored}
    return _erase(photos, ERASE_PHOTOS, payload, now)


def _erase_sounds(which: ColumnElement[bool], now: datetime) -> int:
    sounds = db.session.scalars(select(Sound).where(which)).all()
    payload: SoundsToErase = {"keys": [sound.key for sound in sounds]}
    return _erase(sounds, ERASE_SOUNDS, payload, now)


def _erase(media: Sequence[Medium], job: str, payload: PhotosToErase | SoundsToErase, now: datetime) -> int:
    if media:
        enqueue(job, payload, now)
    for medium in media:
        db.session.delete(medium)
    return len(media)


def _drop(keys: Iterable[str]) -> None:
    for key in keys:
        store().delete(key)
