"""One holder at a time: taken and renewed by the same call, lost when nobody renews."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update

from shadowing.database import db, upsert
from shadowing.jobs.models import Lease

TERM = timedelta(seconds=30)


def hold(name: str, holder: str, now: datetime) -> bool:
    """Whether the lease is ours until now + 30 s. Commits."""
    row = {"name": name, "holder": "", "until": now - TERM}
    db.session.execute(upsert(Lease).on_conflict_do_nothing(), [row])
    taken = db.session.execute(
        update(Lease)
        .where(Lease.name == name, or_(Lease.holder == holder, Lease.until < now))
        .values(holder=holder, until=now + TERM)
    )
    db.session.commit()
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def release(holder: str) -> None:
    """Let others go on at once. Commits."""
    db.session.execute(delete(Lease).where(Lease.holder == holder))
    db.session.commit()
