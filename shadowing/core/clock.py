"""The only place that reads the clock. Rules take the moment as an argument."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The moment, aware, in UTC."""
    return datetime.now(UTC)


def today(zone: str) -> date:
    """The calendar day at a place."""
    return now().astimezone(ZoneInfo(zone)).date()


def parse_day(said: str) -> date:
    """A day written YYYY-MM-DD. Raises ValueError."""
    return date.fromisoformat(said)
