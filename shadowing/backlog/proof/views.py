"""The old picture for whoever looks again: what the camera shows as a ghost."""

from __future__ import annotations

from uuid import UUID

from flask import Response, request
from flask.typing import ResponseReturnValue

from shadowing.backlog.proof.same_spot import before_photo
from shadowing.core.bytes.store import stored_key
from shadowing.core.database import db
from shadowing.core.problems import Problem
from shadowing.core.routes import EVERYONE, api_routes
from shadowing.people import audit
from shadowing.people.reader import signed_in_reader
from shadowing.visits.media.images import SMALL
from shadowing.visits.media.serving import served
from shadowing.visits.models.visit import Observation

api = api_routes("proof")


@api.get("/observations/<uuid:observation_id>/before-photo", roles=EVERYONE)
def show_before(observation_id: UUID) -> ResponseReturnValue:
    """The place as it was before the fix that one's own rated observation looks at again; 204 where there is none."""
    reader, observation = signed_in_reader(), db.session.get(Observation, observation_id)
    if observation is None or observation.person_id != reader.person_id:
        raise Problem("not_found")
    photo = before_photo(observation, reader)
    if photo is None:
        return Response(status=204, headers={"Cache-Control": "no-store"})
    response = served(stored_key(str(photo.stored_sha256), SMALL), "image/webp", f"{photo.stored_sha256}-{SMALL}")
    response.headers["Content-Disposition"] = "inline"
    audit.note_read("photo", photo.id)
    return response.make_conditional(request)
