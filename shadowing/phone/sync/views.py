"""The phone's door: carry, records one by one or in batches, receipts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.group_commit import commit_together
from shadowing.core.http import json_object
from shadowing.core.problems import Problem
from shadowing.core.routes import EVERYONE, api_routes
from shadowing.phone.sync.carry import carry
from shadowing.phone.sync.outcomes import echo, forget_unreadable, has_unreadable_bytes
from shadowing.phone.sync.receipts import receipt
from shadowing.phone.sync.receive import Answer, Delivery, Sent, check, receive_all

api = api_routes("sync")

RECORD_BYTES = 512 * 1024
BATCH_BYTES = 20 * 1024 * 1024
BATCH_RECORDS = 200


@api.get("/carry", endpoint="carry", roles=EVERYONE)
def carry_along() -> ResponseReturnValue:
    """Everything a phone takes along; 304 when nothing changed."""
    moment = clock.now()
    luggage = carry(current_user, moment)
    response = Response(luggage.text(moment), mimetype="application/json")
    response.set_etag(luggage.entity_tag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)


@api.put("/visits/<uuid:record_id>", roles=EVERYONE)
def put_visit(record_id: UUID) -> tuple[Response, int]:
    """Store one visit (DECISIONS 10)."""
    return _put("visit", record_id)


@api.put("/observations/<uuid:record_id>", roles=EVERYONE)
def put_observation(record_id: UUID) -> tuple[Response, int]:
    """Store one observation; it may arrive before its visit or its photos."""
    return _put("observation", record_id)


@api.post("/sync", endpoint="sync", roles=EVERYONE)
def sync_batch() -> Response:
    """Up to 200 records in one transaction, one answer each; a bad one does not hold back the rest."""
    body = json_object(BATCH_BYTES)
    batch = [Sent("visit", item) for item in _list(body, "visits")]
    batch += [Sent("observation", item) for item in _list(body, "observations")]
    if len(batch) > BATCH_RECORDS:
        raise Problem("too_many_records")
    answers = _store(batch, _behind(body.get("sent_at"), clock.now()))
    results = [_result(*each) for each in zip(batch, answers, strict=True)]
    return jsonify(results=results, server_time=clock.now().isoformat())


@api.get("/echo", endpoint="echo", roles=EVERYONE)
def show_echo() -> Response:
    """What became of what this person noted, and how this person's eye compares. Nobody else is told."""
    now = clock.now()
    told = echo(current_user, now)
    response = jsonify(told)
    response.headers["Cache-Control"] = "no-store"
    if told["unreadable"] and has_unreadable_bytes(current_user):
        db.session.rollback()  # leave the reading transaction before taking the write lock
        with writing():
            forget_unreadable([photo["id"] for photo in told["unreadable"]], now)
    return response


@api.get("/visits/<uuid:visit_id>/receipt", endpoint="receipt", roles=EVERYONE)
def show_receipt(visit_id: UUID) -> Response:
    """What the server holds of this visit."""
    response = jsonify(receipt(visit_id, current_user.id, clock.now()))
    response.headers["Cache-Control"] = "no-store"
    return response


def _put(kind: str, record_id: UUID) -> tuple[Response, int]:
    document = json_object(RECORD_BYTES)
    if str(document.get("id", record_id)).lower() != str(record_id):
        raise Problem("invalid", [("id", _("The id in the address and in the body differ."))])
    answer = _store([Sent(kind, {**document, "id": str(record_id)})])[0]
    if isinstance(answer, Problem):
        raise answer
    return jsonify(answer.document()), answer.status


def _store(batch: list[Sent], behind: timedelta = timedelta(0)) -> list[Answer | Problem]:
    """Commit what is good, together with what others send at this moment."""
    return commit_together(_receive, Delivery(check(batch), current_user.id, behind))


def _receive(deliveries: Sequence[Delivery]) -> list[list[Answer | Problem]]:
    return receive_all(deliveries, clock.now())


def _behind(said: Any, now: datetime) -> timedelta:
    """By how much the phone's clock is behind ours; nothing where it does not say or says nonsense."""
    try:
        there = datetime.fromisoformat(said)
        return now - there.astimezone(UTC) if there.tzinfo else timedelta(0)
    except (TypeError, ValueError, OverflowError):
        return timedelta(0)


def _result(sent: Sent, answer: Answer | Problem) -> dict[str, Any]:
    if isinstance(answer, Answer):
        return {"kind": sent.kind, **answer.document()}
    said = sent.document.get("id") if isinstance(sent.document, dict) else None
    return {
        "kind": sent.kind,
        "id": said if isinstance(said, str) else None,
        "status": answer.status,
        "problem": answer.document(),
    }


def _list(body: dict[str, Any], name: str) -> list[Any]:
    items = body.get(name) or []
    if not isinstance(items, list):
        raise Problem("invalid", [(name, _("This must be a list."))])
    return items
