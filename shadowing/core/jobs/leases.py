"""One holder at a time: taken and renewed by the same call, lost when nobody renews."""

from __future__ import annotations

import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, or_, select, update

from shadowing.core.database import db, reading, upsert
from shadowing.core.jobs.models import Job, Lease

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


def release_dead(now: datetime) -> None:
    """Leases and jobs of processes of this machine that are gone; after a kill nobody waits for them. Commits."""
    here = f"{os.uname().nodename}:"
    with reading():
        held = set(db.session.scalars(select(Lease.holder).where(Lease.holder.startswith(here))))
        taken = select(Job.holder).where(Job.done_at.is_(None), Job.lease_until > now, Job.holder.startswith(here))
        held |= {holder for holder in db.session.scalars(taken) if holder}
    dead = [holder for holder in held if not _alive(holder.split(":")[1])]
    if dead:
        db.session.execute(delete(Lease).where(Lease.holder.in_(dead)))
        db.session.execute(update(Job).where(Job.done_at.is_(None), Job.holder.in_(dead)).values(lease_until=now))
        db.session.commit()


def holder_name() -> str:
    """Machine, process and a token, so that two workers of one process differ too."""
    return f"{os.uname().nodename}:{os.getpid()}:{secrets.token_hex(4)}"


def release(holder: str) -> None:
    """Let others go on at once. Commits."""
    db.session.execute(delete(Lease).where(Lease.holder == holder))
    db.session.commit()


def anybody_works(now: datetime) -> bool:
    """Whether some worker holds a lease that has not run out."""
    return db.session.scalar(select(Lease.name).where(Lease.until > now).limit(1)) is not None


def _alive(pid: str) -> bool:
    """Whether a process runs. One that was killed and not yet collected by its parent does not."""
    try:
        os.kill(int(pid), 0)
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (ProcessLookupError, ValueError):
        return False
    except OSError:  # somebody else's process, or a system without /proc
        return True
    return state not in ("Z", "X")
