"""Waiting for what another process does."""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import func, select

from shadowing.core.database import db
from shadowing.core.jobs.models import Job


def wait_until(true: Callable[[], bool], seconds: float) -> None:
    """Asks again and again, a few times a second."""
    give_up = time.monotonic() + seconds
    while not true():
        if time.monotonic() > give_up:
            raise AssertionError(f"not in {seconds} seconds")
        time.sleep(0.2)


def wait_until_all_is_done(seconds: float) -> None:
    """Until no job is left in the database of the application at hand."""
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        left = db.session.scalar(select(func.count()).select_from(Job).where(Job.done_at.is_(None)))
        db.session.rollback()
        if not left:
            return
        time.sleep(0.1)
    raise AssertionError(f"{left} jobs are left")
