"""Things to do after the commit: enqueue in the caller's transaction, claim with a lease, finish once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import exists, select, update
from sqlalchemy.exc import DBAPIError

from shadowing.core.database import db, is_outage, is_sqlite, reading, upsert
from shadowing.core.jobs.models import Job

LEASE = timedelta(seconds=120)
MOST_ATTEMPTS = 5
MOST_TOLD = 20
LONGEST_PAUSE = timedelta(minutes=2)


def enqueue(kind: str, payload: Mapping[str, object], now: datetime, key: str | None = None) -> None:
    """Do it surely once this transaction commits. The same key twice is one job."""
    row = {"kind": kind, "payload": payload, "key": key, "run_at": now, "lease_until": now - LEASE, "attempts": 0}
    db.session.execute(upsert(Job).on_conflict_do_nothing(), [row])


def anything_due(now: datetime) -> bool:
    """Only looks, so that an idle worker writes nothing."""
    with reading():
        due = select(exists().where(Job.done_at.is_(None), Job.run_at <= now, Job.lease_until < now))
        found = bool(db.session.scalar(due))
    return found


def claim(now: datetime, holder: str = "") -> Job | None:
    """The next due job, leased to us; commits the lease."""
    due = (
        select(Job.id)
        .where(Job.done_at.is_(None), Job.run_at <= now, Job.lease_until < now)
        .order_by(Job.run_at, Job.id)
        .limit(1)
    )
    if not is_sqlite(db.engine):
        due = due.with_for_update(skip_locked=True)
    claimed = db.session.scalar(
        update(Job)
        .where(Job.id == due.scalar_subquery())
        .values(lease_until=now + LEASE, holder=holder, attempts=Job.attempts + 1)
        .returning(Job)
    )
    db.session.commit()
    return claimed


def finish(job_id: int, now: datetime) -> None:
    db.session.execute(update(Job).where(Job.id == job_id).values(done_at=now, error=None))
    db.session.commit()


def put_off(job: Job, error: Exception, now: datetime) -> bool:
    """Try again later, ever later; after five attempts it rests with its error. Whether it rests. Commits.

    A store or a database that is gone is not the job's fault and comes back: that is tried for ever. A statement
    that the database refuses is the job's, and will be refused again.
    """
    job.error = repr(error)[:2000]
    job.lease_until = now - LEASE
    job.run_at = now + min(timedelta(seconds=2 ** min(job.attempts, 20)), LONGEST_PAUSE)
    rests = job.attempts >= MOST_ATTEMPTS and not _will_pass(error)
    if rests:
        job.done_at = now
    db.session.commit()
    return rests


def tried_in_vain() -> list[Job]:
    """Jobs that are tried still, although they failed as often as others may, the longest at it first."""
    rows = select(Job).where(Job.done_at.is_(None), Job.error.is_not(None), Job.attempts >= MOST_ATTEMPTS)
    return list(db.session.scalars(rows.order_by(Job.id).limit(MOST_TOLD)))


def gave_up() -> list[Job]:
    """Jobs that rest with their error, the newest first."""
    rows = select(Job).where(Job.done_at.is_not(None), Job.error.is_not(None)).order_by(Job.id.desc())
    return list(db.session.scalars(rows.limit(MOST_TOLD)))


def try_again(job_id: int, now: datetime) -> bool:
    """Put a job that gave up in line once more; whether there was one. Commits."""
    mine = update(Job).where(Job.id == job_id, Job.done_at.is_not(None), Job.error.is_not(None))
    moved = db.session.execute(mine.values(done_at=None, attempts=0, run_at=now, lease_until=now - LEASE))
    db.session.commit()
    return bool(moved.rowcount)  # type: ignore[attr-defined]


def _will_pass(error: Exception) -> bool:
    return isinstance(error, OSError) or isinstance(error, DBAPIError) and is_outage(error)
