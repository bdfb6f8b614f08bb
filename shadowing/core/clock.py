"""The only place that reads the clock, and that makes a day or an hour of a moment. Rules take `now` as an argument.

A moment is an instant; which day it is, and what hour, only a place can say. So everything here that speaks of days or
hours is told the zone (people/zones.py knows whose), and nothing elsewhere takes a moment apart.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def now() -> datetime:
    """The moment, aware, in UTC."""
    return datetime.now(UTC)


def today(zone: tzinfo) -> date:
    """The calendar day at a place."""
    return day_at(now(), zone)


def local(moment: datetime, zone: tzinfo) -> datetime:
    """What calendar and clock show there. A moment at the edge of time stays in UTC."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment.astimezone(UTC)


def day_at(moment: datetime, zone: tzinfo) -> date:
    """The calendar day there."""
    return local(moment, zone).date()


def hour_at(moment: datetime, zone: tzinfo) -> int:
    """The hour of the day there, from 0."""
    return local(moment, zone).hour


def minutes_at(moment: datetime, zone: tzinfo) -> int:
    """Minutes since midnight there."""
    there = local(moment, zone)
    return 60 * there.hour + there.minute


def weekday_of(day: date) -> int:
    """Monday = 0."""
    return day.weekday()


def clock_face(moment: datetime, zone: tzinfo) -> str:
    """HH:MM there."""
    return local(moment, zone).strftime("%H:%M")


def offset_at(moment: datetime, zone: tzinfo) -> int:
    """Minutes east of UTC there, at that moment."""
    return offset_of(local(moment, zone))


def offset_of(moment: datetime) -> int:
    """Minutes east of UTC, as the moment itself says."""
    offset = moment.utcoffset()
    return 0 if offset is None else round(offset.total_seconds() / 60)


def moment_at(day: date, at: time, zone: tzinfo) -> datetime:
    """When calendar and clock show this there. Raises OverflowError at the edge of time."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def day_begins(day: date, zone: tzinfo) -> datetime:
    """The first moment of a day there. Raises OverflowError at the edge of time."""
    return moment_at(day, time.min, zone)


def time_of(minutes: int) -> time:
    """So many minutes after midnight."""
    return time(minutes // 60, minutes % 60)


def written_clock(at: time) -> str:
    """HH:MM."""
    return at.strftime("%H:%M")


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def parse_day(said: str) -> date:
    """A day written YYYY-MM-DD. Raises ValueError."""
    return date.fromisoformat(said)


def parse_clock(said: str) -> time:
    """A time of day written HH:MM. Raises ValueError."""
    return datetime.strptime(said, "%H:%M").time()


def written_day(said: str) -> date:
    """The day of a moment as whoever wrote it down had it. Raises ValueError."""
    return datetime.fromisoformat(said).date()
