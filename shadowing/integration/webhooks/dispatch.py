"""Which facts go to which address: found by the worker, so that no request waits for another program."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func, select

from shadowing.backlog.history.facts import TITLES
from shadowing.backlog.models import ImprovementEvent
from shadowing.core import clock
from shadowing.core.database import db, reading
from shadowing.core.jobs.queue import enqueue
from shadowing.integration.webhooks.models import Webhook, WebhookDelivery

JOB = "webhook"
#: Facts that are told. Comments and what was done for one customer stay here.
TOLD = ("state", "relapse", "owner", "due", "title", *TITLES, "effort", "effort_days", "cost")
#: Numbers are given before transactions end: one that ends late is found so far back.
LOOK_BACK = 500
#: What was not seen so long was not meant for an address that came later.
NEWS = timedelta(days=1)
AT_ONCE = 200
#: The log goes back so far; longer than NEWS, so that what was told is not told again.
LOG_DAYS = timedelta(days=30)


class WebhookCaller:
    """A duty: puts what is new in line for every address."""

    def __init__(self) -> None:
        self._seen = -1

    def __call__(self) -> bool:
        with reading():
            newest = db.session.scalar(select(func.max(ImprovementEvent.id))) or 0
        if newest == self._seen:
            return False
        found = put_in_line(clock.now())
        if found < AT_ONCE:
            self._seen = newest
        return bool(found)


def put_in_line(now: datetime) -> int:
    """How many tellings were added. Each fact goes to each address once. Commits."""
    count = 0
    for webhook in db.session.scalars(select(Webhook).where(Webhook.ended_at.is_(None)).order_by(Webhook.id)).all():
        for event_id in _untold(webhook, now):
            promise(webhook, event_id, now)
            count += 1
    db.session.commit()
    return count


def promise(webhook: Webhook, event_id: int | None, now: datetime) -> WebhookDelivery:
    """Told surely once this transaction commits. event_id: None = a trial."""
    delivery = WebhookDelivery(webhook_id=webhook.id, event_id=event_id, asked_at=now)
    db.session.add(delivery)
    db.session.flush()
    enqueue(JOB, {"delivery_id": delivery.id}, now, key=f"{JOB}:{delivery.id}")
    return delivery


def forget_old(now: datetime) -> None:
    """What was sent or given up goes from the log after a while. The caller commits."""
    old = WebhookDelivery.state != "waiting", WebhookDelivery.asked_at < now - LOG_DAYS
    db.session.execute(delete(WebhookDelivery).where(*old))


def _untold(webhook: Webhook, now: datetime) -> list[int]:
    last = select(func.max(WebhookDelivery.event_id)).where(WebhookDelivery.webhook_id == webhook.id)
    since = (db.session.scalar(last) or 0) - LOOK_BACK
    told = exists().where(WebhookDelivery.webhook_id == webhook.id, WebhookDelivery.event_id == ImprovementEvent.id)
    query = select(ImprovementEvent.id).where(
        ImprovementEvent.id > since,
        ImprovementEvent.kind.in_(TOLD),
        ImprovementEvent.at >= max(webhook.created_at, now - NEWS),
        ~told,
    )
    return list(db.session.scalars(query.order_by(ImprovementEvent.id).limit(AT_ONCE)))
