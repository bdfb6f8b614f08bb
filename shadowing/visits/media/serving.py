"""Photos and voice notes out of the store, to those who may see or hear them."""

from __future__ import annotations

from uuid import UUID

from flask import Response
from sqlalchemy import select

from shadowing.core.bytes.store import store
from shadowing.core.database import db
from shadowing.core.problems import Problem
from shadowing.people.reader import Reader
from shadowing.visits.media.models import Medium, Photo, Sound
from shadowing.visits.models.visit import Observation, Visit


def ids_to_show(model: type[Photo] | type[Sound], observation_ids: list[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Photos or voice notes of the observer's own that can be shown, by observation, in the order they came."""
    rows = db.session.execute(
        select(model.observation_id, model.id)
        .join(Observation, (Observation.id == model.observation_id) & (Observation.person_id == model.person_id))
        .where(model.observation_id.in_(observation_ids), model.can_be_shown)
        .order_by(model.received_at, model.id)
    )
    found: dict[UUID, tuple[str, ...]] = {}
    for observation_id, id in rows:
        found[observation_id] = (*found.get(observation_id, ()), str(id))
    return found


def may_see(medium: Medium, reader: Reader) -> bool:
    """Its maker, and readers of pages where the customer's consent allows it."""
    if not medium.can_be_shown:
        return False
    if medium.person_id == reader.person_id:
        return True
    observation = db.session.get(Observation, medium.observation_id)
    visit = db.session.get(Visit, observation.visit_id) if observation else None
    if reader.role == "observer" or observation is None or visit is None:
        return False
    agreed = visit.photos_may_be_shown if isinstance(medium, Photo) else visit.voice_may_be_heard
    shown = observation.stands and agreed and reader.sees(visit.site_id)
    return shown and observation.person_id == medium.person_id


def may_hear(sound: Sound, reader: Reader) -> bool:
    """Its maker and leads: a voice tells who spoke, and executives are not told."""
    return (reader.leads or sound.person_id == reader.person_id) and may_see(sound, reader)


def served(key: str, mimetype: str, etag: str) -> Response:
    """The bytes, for the reader's own cache. Raises not_found when the store does not have them."""
    try:
        raw = store().get(key)
    except KeyError as error:
        raise Problem("not_found") from error
    response = Response(raw, mimetype=mimetype)
    response.set_etag(etag)
    response.headers["Cache-Control"] = "private, max-age=600"
    return response
