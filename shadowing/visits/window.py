"""The rolling window that pages and fits look at (METHOD 0). Pure."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from shadowing.core import clock

WINDOW = timedelta(days=180)


def window_start(now: datetime, anchored_at: datetime | None = None) -> datetime:
    """anchored_at: the newest row of an import, whose window ends there; ours end now."""
    return (anchored_at or now) - WINDOW


def first_day(now: datetime, zone: tzinfo) -> str:
    """Of our own window, as tallies write their days."""
    return clock.day_at(window_start(now), zone).isoformat()
