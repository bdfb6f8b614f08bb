"""What a request that brings or asks for bytes must say, and who may see what belongs to an observation."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from flask import request
from flask_babel import gettext as _

from shadowing.core.database import db, writing
from shadowing.core.problems import Problem
from shadowing.people import audit
from shadowing.people.reader import Reader
from shadowing.visits.models.visit import Observation, Visit


class Medium(Protocol):
    """A photo or a voice note."""

    @property
    def observation_id(self) -> UUID: ...
    @property
    def person_id(self) -> int: ...


def named_observation() -> UUID:
    """The observation the bytes belong to; it may arrive later. Raises invalid."""
    try:
        return UUID(request.args.get("observation") or "")
    except ValueError as error:
        raise Problem("invalid", [("observation", _("Name the observation by its UUID."))]) from error


def whole_body(most: int) -> bytes:
    """The request's bytes. Raises length_required, too_large, bad_digest."""
    if request.content_length is None:
        raise Problem("length_required")
    if request.content_length > most:
        raise Problem("too_large")
    raw = request.get_data(cache=False)
    if len(raw) != request.content_length:
        raise Problem("bad_digest")
    return raw


def may_see(medium: Medium, reader: Reader) -> bool:
    """Its maker, and readers of pages where the customer's consent allows it."""
    if medium.person_id == reader.person_id:
        return True
    observation = db.session.get(Observation, medium.observation_id)
    visit = db.session.get(Visit, observation.visit_id) if observation else None
    if reader.role == "observer" or observation is None or visit is None:
        return False
    shown = observation.stands and visit.words_may_be_shown and reader.sees(visit.site_id)
    return shown and observation.person_id == medium.person_id


def note_read(kind: str, id: UUID) -> None:
    """Who looked at what is in the trail."""
    db.session.rollback()  # leave the reading transaction before taking the write lock
    with writing():
        audit.note("read", kind, id)
        db.session.commit()
