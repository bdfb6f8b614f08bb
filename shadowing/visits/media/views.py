"""Photos and voice notes: in from phones, out to those who may see or hear them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from shadowing.core import clock
from shadowing.core.bytes.store import stored_key
from shadowing.core.database import db, reading
from shadowing.core.group_commit import commit_together
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.problems import Problem
from shadowing.core.routes import EVERYONE, Routes, api_routes
from shadowing.people import audit
from shadowing.people.reader import signed_in_reader
from shadowing.visits.media.documents import MediumDocument, medium_document
from shadowing.visits.media.images import LARGE, SMALL
from shadowing.visits.media.intake import Arrived, again, drop, drop_copy, keep, take_in
from shadowing.visits.media.kinds import PHOTO, SOUND, MediumKind
from shadowing.visits.media.models import Photo, Sound
from shadowing.visits.media.requests import named_observation, whole_body
from shadowing.visits.media.serving import may_hear, may_see, served
from shadowing.visits.media.sound_formats import TYPES

photo_pages = Routes("photos", __name__)
photo_api = api_routes("photos")
sound_pages = Routes("sounds", __name__)
sound_api = api_routes("sounds")


@photo_api.put("/photos/<uuid:photo_id>", roles=EVERYONE)
def put_photo(photo_id: UUID) -> ResponseReturnValue:
    """Keep a photo. 201 only after its bytes are safe; 200 when they are here already."""
    return _put(PHOTO, photo_id)


@sound_api.put("/sounds/<uuid:sound_id>", roles=EVERYONE)
def put_sound(sound_id: UUID) -> ResponseReturnValue:
    """Keep a voice note. 201 only after its bytes are safe; 200 when they are here already."""
    return _put(SOUND, sound_id)


@photo_pages.get("/photos/<uuid:id>", roles=EVERYONE)
def show(id: UUID) -> ResponseReturnValue:
    """A derived photo, by permission. `?size=400` for the small one."""
    photo = db.session.get(Photo, id)
    if photo is None or not photo.stored_sha256 or not may_see(photo, signed_in_reader()):
        raise Problem("not_found")
    size = SMALL if request.args.get("size") == str(SMALL) else LARGE
    response = served(stored_key(photo.stored_sha256, size), "image/webp", f"{photo.stored_sha256}-{size}")
    response.headers["Content-Disposition"] = "inline"
    audit.note_read("photo", id)
    return response.make_conditional(request)


@sound_pages.get("/sounds/<uuid:id>", roles=EVERYONE)
def play(id: UUID) -> ResponseReturnValue:
    """A voice note, whole or the part a player asks for, by permission."""
    sound = db.session.get(Sound, id)
    if sound is None or not may_hear(sound, signed_in_reader()):
        raise Problem("not_found")
    response, length = served(sound.key, TYPES[sound.format], sound.sha256), sound.bytes
    audit.note_read("sound", id)
    return response.make_conditional(request, accept_ranges=True, complete_length=length)


def _put(kind: MediumKind[Any], id: UUID) -> ResponseReturnValue:
    observation_id, (raw, sha256) = named_observation(), whole_body(kind.most_bytes)
    person_id = current_user.id
    document, status = _here(kind, id, person_id, sha256), 200
    if document is None:
        document, status = _take(keep(kind, id, raw, sha256), observation_id, person_id)
    wake_worker()
    return jsonify(document), status


def _take(arrived: Arrived[Any], observation_id: UUID, person_id: int) -> tuple[MediumDocument, int]:
    """What is said of it, with its status. Commits."""
    try:
        taken, document = commit_together(_take_all, (arrived, observation_id, person_id))
    except IntegrityError:  # the same one over two lines at once
        known = _here(arrived.kind, arrived.id, person_id, arrived.sha256)
        if known is None:
            raise
        with reading():
            drop_copy(db.session.get(arrived.kind.model, arrived.id))
        return known, 200
    if not taken:  # the phone may forget it
        drop(arrived)
        return {**document, "marks": ["withdrawn"]}, 200
    return document, 201


def _take_all(arrivals: Sequence[tuple[Arrived[Any], UUID, int]]) -> list[tuple[bool, MediumDocument]]:
    """For each whether it is kept, and what is said of it."""
    now = clock.now()
    rows = [(arrived, take_in(arrived, observation, person, now)) for arrived, observation, person in arrivals]
    return [(row is not None, medium_document(row or arrived)) for arrived, row in rows]


def _here(kind: MediumKind[Any], id: UUID, person_id: int, sha256: str) -> MediumDocument | None:
    """What is said of one that is here already. Leaves no transaction open."""
    with reading():
        known = again(kind, id, person_id, sha256)
        document = medium_document(known) if known else None
    return document
