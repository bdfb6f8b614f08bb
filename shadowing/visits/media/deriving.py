"""What is shown of a picture, made by the worker while phones go on writing."""

from __future__ import annotations

import hashlib
from uuid import UUID

from sqlalchemy import update

from shadowing.core.bytes.store import store, stored_key
from shadowing.core.database import db, reading
from shadowing.visits.media import images
from shadowing.visits.media.erasing import drop_unless_needed
from shadowing.visits.media.intake import drop_copy, let_speak
from shadowing.visits.media.kinds import PhotoToDerive
from shadowing.visits.media.models import Photo


def derive_photo(payload: PhotoToDerive) -> None:
    """Derivatives first, then the record, then the received bytes go. Safe to repeat.

    No transaction is open while a picture is decoded, so phones go on writing meanwhile.
    """
    photo_id = UUID(payload["photo"])
    photo = _known(photo_id)
    if photo is None or photo.state != "received":
        drop_copy(photo)  # the worker may have died after the record and before this
        return
    try:
        derived = images.derive(store().get(photo.key))
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
    store().delete(photo.key)


def _known(photo_id: UUID) -> Photo | None:
    """The photo as it stands, with no transaction left open."""
    with reading():
        photo = db.session.get(Photo, photo_id, populate_existing=True)
        if photo is not None:
            db.session.expunge(photo)
    return photo


def _settle(photo_id: UUID, **facts: object) -> bool:
    """Whether the photo was still waiting for it. Commits."""
    mine = update(Photo).where(Photo.id == photo_id, Photo.state == "received")
    settled = db.session.execute(mine.values(**facts))
    db.session.commit()
    return bool(settled.rowcount)  # type: ignore[attr-defined]
