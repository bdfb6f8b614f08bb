"""Voice notes in from phones, and out to those who may hear them."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from flask import Response, jsonify, request, send_file
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from shadowing.core import clock
from shadowing.core.bytes.store import store
from shadowing.core.database import db, reading
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.problems import Problem
from shadowing.core.routes import EVERYONE, Routes, api_routes
from shadowing.people.reader import signed_in_reader
from shadowing.visits.media.photos.intake import check_digest
from shadowing.visits.media.photos.requests import may_see, named_observation, note_read, whole_body
from shadowing.visits.media.sounds.formats import MOST_BYTES, TYPES
from shadowing.visits.media.sounds.intake import Heard, again, drop, keep, take_in
from shadowing.visits.media.sounds.models import Sound

pages = Routes("sounds", __name__)
api = api_routes("sounds")


@api.put("/sounds/<uuid:sound_id>", roles=EVERYONE)
def put_sound(sound_id: UUID) -> tuple[Response, int]:
    """Keep a voice note. 201 only after its bytes are safe; 200 when they are here already."""
    observation_id, raw = named_observation(), whole_body(MOST_BYTES)
    sha256 = check_digest(request.headers.get("Content-Digest"), raw)
    person_id = current_user.id
    if here := _again(sound_id, person_id, sha256):
        return jsonify(here), 200
    heard = keep(sound_id, raw, sha256)
    try:
        sound = take_in(heard, observation_id, person_id, clock.now())
        db.session.commit()
    except IntegrityError:  # the same one over two lines at once
        db.session.rollback()
        return jsonify(_again(sound_id, person_id, sha256)), 200
    if sound is None:
        drop(heard)
        return jsonify({**_document(heard), "marks": ["withdrawn"]}), 200
    wake_worker()
    return jsonify(_document(heard)), 201


@pages.get("/sounds/<uuid:id>", roles=EVERYONE)
def play(id: UUID) -> Any:
    """A voice note for its maker and for leads: a voice tells who spoke, and executives are not told."""
    sound, reader = db.session.get(Sound, id), signed_in_reader()
    if sound is None or sound.removed_at or not (reader.leads or sound.person_id == reader.person_id):
        raise Problem("not_found")
    if not may_see(sound, reader):
        raise Problem("not_found")
    try:
        raw = store().get(sound.key)
    except KeyError as error:
        raise Problem("not_found") from error
    kind, etag = TYPES[sound.format], sound.sha256
    note_read("sound", id)
    response = send_file(io.BytesIO(raw), mimetype=kind, conditional=True, etag=etag)  # players ask for ranges
    response.headers["Cache-Control"] = "private, max-age=600"
    return response


def _again(sound_id: UUID, person_id: int, sha256: str) -> dict[str, Any] | None:
    """What is said of one that is here already. Leaves no transaction open."""
    with reading():
        known = again(sound_id, person_id, sha256)
        document = _document(known) if known else None
    return document


def _document(sound: Sound | Heard) -> dict[str, Any]:
    return {"id": str(sound.id), "sha256": sound.sha256, "bytes": sound.bytes}
