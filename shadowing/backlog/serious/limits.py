"""How soon a serious failure is to be put right with the customer it happened to. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

#: Safety does not wait for the day after tomorrow.
SOONEST, OTHERWISE = timedelta(hours=24), timedelta(hours=72)


def due_at(kind: str, known_at: datetime) -> datetime:
    """From the moment we know of it."""
    return known_at + (SOONEST if kind == "safety" else OTHERWISE)
