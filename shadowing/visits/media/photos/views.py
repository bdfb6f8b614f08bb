"""Photos in from phones, photos out to those who may see them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, jsonify, request
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from shadowing.core import clock
from shadowing.core.bytes.store import store, stored_key
from shadowing.core.database import db, reading
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.problems import Problem
from shadowing.core.routes import EVERYONE, Routes, api_routes
from shadowing.people.reader import signed_in_reader
from shadowing.visits.media.photos.images import LARGE, MOST_BYTES, SMALL
from shadowing.visits.media.photos.intake import Arrived, again, check_digest, drop, drop_copy, keep, take_in
from shadowing.visits.media.photos.models import Photo
from shadowing.visits.media.photos.requests import may_see, named_observation, note_read, whole_body

pages = Routes("photos", __name__)
api = api_routes("photos")


@api.put("/photos/<uuid:photo_id>", roles=EVERYONE)
def put_photo(photo_id: UUID) -> tuple[Response, int]:
    """Keep a photo. 201 only after its bytes are safe; 200 when they are here already."""
    observation_id, raw = named_observation(), whole_body(MOST_BYTES)
    sha256 = check_digest(request.headers.get("Content-Digest"), raw)
    person_id = current_user.id
    here = _again(photo_id, person_id, sha256)
    if here is None:
        arrived = keep(photo_id, raw, sha256)
        try:
            photo = take_in(arrived, observation_id, person_id, clock.now())
            document = _document(photo) if photo else _taken_back(arrived)
            db.session.commit()
            if photo is None:
                drop(arrived)
                here = document
        except IntegrityError:  # the same photo over two lines at once
            db.session.rollback()
            here = _again(photo_id, person_id, sha256)
            drop_copy(db.session.get(Photo, photo_id))
    wake_worker()
    return jsonify(here or document), 200 if here else 201


@pages.get("/photos/<uuid:id>", roles=EVERYONE)
def show(id: UUID) -> Any:
    """A derived photo, by permission. `?size=400` for the small one."""
    photo = db.session.get(Photo, id)
    if (
        photo is None
        or photo.state != "ready"
        or not photo.stored_sha256
        or photo.removed_at
        or not may_see(photo, signed_in_reader())
    ):
        raise Problem("not_found")
    size = SMALL if request.args.get("size") == str(SMALL) else LARGE
    sha256 = photo.stored_sha256
    try:
        raw = store().get(stored_key(sha256, size))
    except KeyError as error:
        raise Problem("not_found") from error
    response = Response(raw, mimetype="image/webp")
    response.set_etag(f"{sha256}-{size}")
    response.headers["Cache-Control"] = "private, max-age=600"
    response.headers["Content-Disposition"] = "inline"
    note_read("photo", id)
    return response.make_conditional(request)


def _again(photo_id: UUID, person_id: int, sha256: str) -> dict[str, Any] | None:
    """What is said of a photo that is here already. Leaves no transaction open."""
    with reading():
        known = again(photo_id, person_id, sha256)
        document = _document(known) if known else None
    return document


def _document(photo: Photo) -> dict[str, Any]:
    return {
        "id": str(photo.id),
        "sha256": photo.received_sha256,
        "bytes": photo.received_bytes,
        "width": photo.width,
        "height": photo.height,
    }


def _taken_back(arrived: Arrived) -> dict[str, Any]:
    """The phone may forget it: its content was dropped."""
    return {"id": str(arrived.id), "sha256": arrived.sha256, "bytes": arrived.bytes, "marks": ["withdrawn"]}
