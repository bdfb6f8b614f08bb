"""Telling one address one fact: signed, without following anybody elsewhere, and never one slow address for all."""

from __future__ import annotations

import hmac
import http.client
import json
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, TypedDict
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from shadowing.backlog.documents import document
from shadowing.backlog.models import Improvement, ImprovementEvent
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.integration.webhooks.models import WebhookDelivery

SECONDS = 5
#: An address that did not answer is left alone so long, whatever else waits for it.
PAUSE = timedelta(minutes=1)
#: After this a telling has failed.
LATEST = timedelta(hours=24)
MOST_SIGNS = 300


class NotTaken(OSError):
    """The address did not answer, or said no. An OSError, so that whoever sends in the background tries again."""


class ToTell(TypedDict):
    """What the job carries."""

    delivery_id: int


def tell(payload: ToTell) -> None:
    """The worker's part. Raises NotTaken, so that it is tried again; after a day it has failed."""
    now = clock.now()
    delivery = db.session.get(WebhookDelivery, payload["delivery_id"])
    if delivery is None or delivery.state != "waiting":
        return
    webhook = delivery.webhook
    late = now - delivery.asked_at >= LATEST
    rests = webhook.failed_at is not None and now - webhook.failed_at < PAUSE
    if webhook.ended_at is not None or (rests and late):
        delivery.state = "failed"
        db.session.commit()
        return
    if rests:
        raise NotTaken("it did not answer a moment ago")
    id, address, secret = delivery.id, webhook.address, webhook.secret
    body = json.dumps(_document(delivery), ensure_ascii=False).encode()
    db.session.rollback()  # the address may be slow; nothing is held meanwhile
    taken, answer = post(address, body, headers_of(id, body, secret, now))
    if taken:
        _note(id, "sent", answer, now)
    elif late:
        _note(id, "failed", answer, now)
    else:
        _note(id, "waiting", answer, now)
        raise NotTaken(answer)


def headers_of(delivery_id: int, body: bytes, secret: str, now: datetime) -> dict[str, str]:
    """The signature is HMAC-SHA256 of `<timestamp>.<body>` with the secret, in hexadecimal."""
    timestamp = str(int(now.timestamp()))
    signature = hmac.new(secret.encode(), timestamp.encode() + b"." + body, sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "User-Agent": "Shadowing",
        "Shadowing-Delivery": str(delivery_id),
        "Shadowing-Timestamp": timestamp,
        "Shadowing-Signature": f"sha256={signature}",
    }


def post(address: str, body: bytes, headers: dict[str, str]) -> tuple[bool, str]:
    """Whether it was taken, which only 2xx means; and the status, or what went wrong, in a few words. Never raises."""
    try:
        with _opener.open(Request(address, data=body, headers=headers, method="POST"), timeout=SECONDS) as reply:
            return True, str(reply.status)
    except HTTPError as error:
        return False, str(error.code)
    except (OSError, ValueError, http.client.HTTPException) as error:
        return False, str(getattr(error, "reason", error) or type(error).__name__)[:MOST_SIGNS]


class _NoRedirects(HTTPRedirectHandler):
    """Whoever answers with another address is not told there: it was not the one that was named."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


_opener = build_opener(_NoRedirects)


def _document(delivery: WebhookDelivery) -> dict[str, Any]:
    """The fact, and the improvement as it stands by now."""
    event = db.session.get(ImprovementEvent, delivery.event_id or 0)
    if event is None:
        return {"id": str(delivery.id), "kind": "trial", "at": delivery.asked_at.isoformat()}
    return {
        "id": str(delivery.id),
        "kind": event.kind,
        "at": event.at.isoformat(),
        "before": event.before,
        "after": event.after,
        "improvement": document(db.session.get_one(Improvement, event.improvement_id)),
    }


def _note(id: int, state: str, answer: str, now: datetime) -> None:
    """Into the log. Commits."""
    delivery = db.session.get_one(WebhookDelivery, id)
    delivery.state, delivery.answer, delivery.tried_at = state, answer, now
    delivery.tries += 1
    delivery.webhook.failed_at = None if state == "sent" else now
    db.session.commit()
