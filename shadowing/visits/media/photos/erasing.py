"""Photos that must go: their rows in the caller's transaction, their bytes surely after the commit (DECISIONS 14)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shadowing.core.bytes.store import received_key, store, stored_key
from shadowing.core.database import db, reading
from shadowing.core.jobs.queue import enqueue
from shadowing.visits.media.photos.images import LARGE, SMALL
from shadowing.visits.media.photos.models import Photo

ERASE = "erase_photos"


def erase_photos_of(observation_ids: list[UUID], now: datetime) -> int:
    """Forget the photos of these observations. Returns how many. The caller commits."""
    return erase_photos(db.session.scalars(select(Photo).where(Photo.observation_id.in_(observation_ids))).all(), now)


def erase_photos(photos: Sequence[Photo], now: datetime) -> int:
    """Their rows in the caller's transaction, their bytes surely after the commit."""
    if photos:
        received = [received_key(photo.id, photo.received_sha256) for photo in photos]
        stored = sorted({photo.stored_sha256 for photo in photos if photo.stored_sha256})
        enqueue(ERASE, {"received": received, "stored": stored}, now)
    for photo in photos:
        db.session.delete(photo)
    return len(photos)


def erase_bytes(payload: dict[str, Any]) -> None:
    """The worker's part. Bytes another photo shares stay. Safe to repeat."""
    for key in payload["received"]:
        store().delete(key)
    for sha256 in payload["stored"]:
        drop_unless_needed(sha256)


def drop_unless_needed(sha256: str) -> None:
    """Derived pictures go with the last photo that shows them."""
    with reading():
        needed = db.session.scalar(select(Photo.id).where(Photo.stored_sha256 == sha256).limit(1)) is not None
    for size in () if needed else (LARGE, SMALL):
        store().delete(stored_key(sha256, size))
