"""One holder at a time: taken and renewed by the same call, lost when nobody renews."""

from __future__ import annotations

import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, or_, select, update

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


def release_dead() -> None:
    """Leases of processes of this machine that are gone; after a kill nobody waits for them to run out. Commits."""
    for lease in db.session.scalars(select(Lease).where(Lease.holder.startswith(f"{os.uname().nodename}:"))).all():
        if not _alive(lease.holder.split(":")[1]):
            db.session.delete(lease)
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
