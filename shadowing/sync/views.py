"""The phone's door: carry, records one by one or in batches, receipts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response, jsonify, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from shadowing import clock
from shadowing.accounts.people import seen
from shadowing.database import db, writing
from shadowing.jobs.wake import wake_worker
from shadowing.problems import Problem
from shadowing.sync import receive
from shadowing.sync.carrying import carry, entity_tag
from shadowing.sync.known import Known
from shadowing.sync.receipts import receipt
from shadowing.web import api_blueprint, json_object

api = api_blueprint("sync")

RECORD_BYTES = 512 * 1024
BATCH_BYTES = 20 * 1024 * 1024
BATCH_RECORDS = 200


@api.get("/carry", endpoint="carry")
def carry_along() -> Any:
    """Everything a phone takes along; 304 when nothing changed."""
    moment = clock.now()
    document = carry(current_user, moment)
    response = jsonify({**document, "server_time": moment.isoformat()})
    response.set_etag(entity_tag(document))
    response.headers["Cache-Control"] = "private, no-cache"
    _mark_seen()
    return response.make_conditional(request)


@api.put("/visits/<uuid:record_id>")
def put_visit(record_id: UUID) -> tuple[Response, int]:
    """Store one visit (DECISIONS 10)."""
    return _put(record_id, receive.receive_visit)


@api.put("/observations/<uuid:record_id>")
def put_observation(record_id: UUID) -> tuple[Response, int]:
    """Store one observation; it may arrive before its visit or its photos."""
    return _put(record_id, receive.receive_observation)


@api.post("/sync", endpoint="sync")
def sync_batch() -> Response:
    """Up to 200 records in one transaction, one answer each; a bad one does not hold back the rest."""
    body = json_object(BATCH_BYTES)
    batch = [("visit", item) for item in _list(body, "visits")]
    batch += [("observation", item) for item in _list(body, "observations")]
    if len(batch) > BATCH_RECORDS:
        raise Problem("too_many_records")
    results = _once_more_on_a_race(lambda: _receive_all(batch))
    wake_worker()
    return jsonify(results=results, server_time=clock.now().isoformat())


@api.get("/visits/<uuid:visit_id>/receipt", endpoint="receipt")
def show_receipt(visit_id: UUID) -> Response:
    """What the server holds of this visit."""
    response = jsonify(receipt(visit_id, current_user.id, clock.now()))
    response.headers["Cache-Control"] = "no-store"
    return response


def _put(record_id: UUID, receive_one: Callable[..., receive.Receipt]) -> tuple[Response, int]:
    document = json_object(RECORD_BYTES)
    if str(document.get("id", record_id)).lower() != str(record_id):
        raise Problem("invalid", [("id", _("The id in the address and in the body differ."))])
    document = {**document, "id": str(record_id)}

    def store() -> receive.Receipt:
        try:
            return receive_one(document, current_user, clock.now())
        except receive.Conflict:
            db.session.commit()  # the version that lost is kept too
            raise

    stored = _once_more_on_a_race(store)
    wake_worker()
    return jsonify(stored.document()), stored.status


def _once_more_on_a_race(store: Callable[[], Any]) -> Any:
    """Two senders of one id: whoever comes second finds the first one's row on the second try."""
    try:
        result = store()
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        result = store()
        db.session.commit()
    return result


def _receive_all(batch: list[tuple[str, Any]]) -> list[dict[str, Any]]:
    known, moment = Known(), clock.now()
    return [_receive_one(kind, document, known, moment) for kind, document in batch]


def _receive_one(kind: str, document: Any, known: Known, moment: Any) -> dict[str, Any]:
    receive_one = receive.receive_visit if kind == "visit" else receive.receive_observation
    savepoint = db.session.begin_nested()
    try:
        answer = receive_one(document, current_user, moment, known).document()
        savepoint.commit()
    except receive.Conflict as conflict:
        savepoint.commit()
        answer = _refused(document, conflict)
    except Problem as problem:
        savepoint.rollback()
        answer = _refused(document, problem)
    return {"kind": kind, **answer}


def _refused(document: Any, problem: Problem) -> dict[str, Any]:
    said = document.get("id") if isinstance(document, dict) else None
    return {
        "id": said if isinstance(said, str) else None,
        "status": problem.status,
        "problem": problem.document(),
    }


def _list(body: dict[str, Any], name: str) -> list[Any]:
    items = body.get(name) or []
    if not isinstance(items, list):
        raise Problem("invalid", [(name, _("This must be a list."))])
    return items


def _mark_seen() -> None:
    """The last-seen mark of DECISIONS 26: one of the few things a reading request leaves."""
    person_id, moment = current_user.id, clock.now()
    if current_user.last_seen_at and (moment - current_user.last_seen_at).total_seconds() < 600:
        return
    db.session.rollback()  # leave the reading transaction before taking the write lock
    with writing():
        person = db.session.get(type(current_user._get_current_object()), person_id)
        if person is not None and seen(person, moment):
            db.session.commit()
