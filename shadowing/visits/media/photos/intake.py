"""A photo arrives: checked, written durably, then acknowledged; derived afterwards by the worker (DECISIONS 13)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from shadowing.core.bytes.store import received_key, store, stored_key
from shadowing.core.database import db, reading
from shadowing.core.jobs.queue import enqueue
from shadowing.core.problems import Problem
from shadowing.visits.media.photos import images
from shadowing.visits.media.photos.erasing import drop_unless_needed
from shadowing.visits.media.photos.models import Photo
from shadowing.visits.models.visit import Observation

DERIVE = "derive_photo"
CONTENT_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/=]+):")


def check_digest(header: str | None, raw: bytes) -> str:
    """SHA-256 of the bytes in hexadecimal. Raises bad_digest when the sender meant other bytes."""
    mark = hashlib.sha256(raw)
    if header:
        said = CONTENT_DIGEST.search(header)
        if said is None or _decoded(said.group(1)) != mark.digest():
            raise Problem("bad_digest")
    return mark.hexdigest()


@dataclass(frozen=True)
class Arrived:
    """A photo whose bytes are safe, not yet in the database."""

    id: UUID
    sha256: str
    bytes: int
    header: images.Header


def again(photo_id: UUID, person_id: int, sha256: str) -> Photo | None:
    """The photo when it is here already. Raises Problem: not_yours, photo_conflict."""
    known = db.session.get(Photo, photo_id)
    if known is not None and known.person_id != person_id:
        raise Problem("not_yours")
    if known is not None and known.received_sha256 != sha256:
        raise Problem("photo_conflict")
    return known


def keep(photo_id: UUID, raw: bytes, sha256: str) -> Arrived:
    """Look at the header and write the bytes durably. Needs no transaction, so nobody waits for the disk.

    Raises Problem: not_a_photo, photo_too_big.
    """
    arrived = look(photo_id, raw, sha256)
    store().put(received_key(photo_id, sha256), raw)
    return arrived


def look(photo_id: UUID, raw: bytes, sha256: str) -> Arrived:
    """As keep, but nothing is written."""
    return Arrived(photo_id, sha256, len(raw), _inspect(raw))


def take_in(arrived: Arrived, observation_id: UUID, person_id: int, now: datetime) -> Photo | None:
    """The photo's row, and what is to be derived. The caller commits.

    None when the customer has taken the observation back: then nothing is kept.
    """
    if taken_back(observation_id):
        return None
    photo = Photo(
        removed_at=now if str(arrived.id) in removed_from(observation_id, "removed_photos") else None,
        id=arrived.id,
        observation_id=observation_id,
        person_id=person_id,
        received_sha256=arrived.sha256,
        received_bytes=arrived.bytes,
        received_format=arrived.header.format,
        received_at=now,
        width=arrived.header.width,
        height=arrived.header.height,
    )
    db.session.add(photo)
    let_speak(observation_id, person_id)
    enqueue(DERIVE, {"photo": str(arrived.id)}, now, key=f"{DERIVE}:{arrived.id}")
    return photo


def derive_photo(payload: dict[str, str]) -> None:
    """The worker's part: derivatives first, then the record, then the received bytes go. Safe to repeat.

    No transaction is open while a picture is decoded, so phones go on writing meanwhile.
    """
    photo_id = UUID(payload["photo"])
    photo = _known(photo_id)
    if photo is None or photo.state != "received":
        drop_copy(photo)  # the worker may have died after the record and before this
        return
    received = received_key(photo_id, photo.received_sha256)
    try:
        derived = images.derive(store().get(received))
    except (images.UnreadableImage, images.TooBig):
        _settle(photo_id, state="unreadable")
        return
    sha256 = hashlib.sha256(derived.large).hexdigest()
    store().put(stored_key(sha256, images.LARGE), derived.large)
    store().put(stored_key(sha256, images.SMALL), derived.small)
    if not _settle(photo_id, state="ready", stored_sha256=sha256, width=derived.width, height=derived.height):
        drop_unless_needed(sha256)  # erased meanwhile, or another worker was quicker
    let_speak(photo.observation_id, photo.person_id)  # once more: it may have been on its way when the photo came
    db.session.commit()
    store().delete(received)


def taken_back(observation_id: UUID) -> bool:
    """Whether the customer took this observation back. Whoever erases just now is waited for, and waits for us."""
    row = select(Observation.withdrawn_at).where(Observation.id == observation_id).with_for_update()
    return db.session.scalar(row) is not None


def removed_from(observation_id: UUID, field: str) -> set[str]:
    """Ids that the observer has taken off this observation already."""
    body = db.session.scalar(select(Observation.body).where(Observation.id == observation_id)) or {}
    return set(body.get(field) or ())


def let_speak(observation_id: UUID, person_id: int) -> None:
    """The observation has something to show beside its numbers. The caller commits."""
    mine = (Observation.id == observation_id, Observation.person_id == person_id)
    db.session.execute(update(Observation).where(*mine, Observation.speaks.is_(False)).values(speaks=True))


def drop(arrived: Arrived) -> None:
    """Bytes that were written and are not wanted after all."""
    store().delete(received_key(arrived.id, arrived.sha256))


def drop_copy(photo: Photo | None) -> None:
    """Received bytes that nobody needs, because their derivatives are there."""
    if photo is not None and photo.state == "ready":
        store().delete(received_key(photo.id, photo.received_sha256))


def _known(photo_id: UUID) -> Photo | None:
    """The photo as it stands, with no transaction left open."""
    with reading():
        photo = db.session.get(Photo, photo_id, populate_existing=True)
        if photo is not None:
            db.session.expunge(photo)
    return photo


def _settle(photo_id: UUID, **facts: object) -> bool:
    """Whether the photo was still waiting for it."""
    mine = update(Photo).where(Photo.id == photo_id, Photo.state == "received")
    settled = db.session.execute(mine.values(**facts))
    db.session.commit()
    return bool(settled.rowcount)  # type: ignore[attr-defined]


def _inspect(raw: bytes) -> images.Header:
    try:
        return images.inspect(raw)
    except images.TooBig as error:
        raise Problem("photo_too_big") from error
    except images.UnreadableImage as error:
        raise Problem("not_a_photo") from error


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return b""
