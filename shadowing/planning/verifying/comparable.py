"""Where and when to look again so that before and after can be compared: same sites, same hours. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from shadowing.core import clock

QUARTER_HOUR = 15
WORKDAYS = (0, 1, 2, 3, 4)
MORNING = 10 * 60


@dataclass(frozen=True)
class SeenAt:
    """When a rating of before was given, by its site's clock. day_of_week: Monday = 0; minutes: since midnight."""

    site_id: int
    day_of_week: int
    minutes: int


@dataclass(frozen=True)
class Hour:
    """A visit to make, by the site's clock."""

    site_id: int
    day: date
    at: time


def comparable_hours(
    before: Sequence[SeenAt], visits: int, first: date, otherwise: Collection[int]
) -> tuple[Hour, ...]:
    """So many, one a day from `first` on: sites in proportion to before, hours spread as they were, on such weekdays.

    otherwise: sites to take where before names none; ten in the morning, on workdays. Empty without any site.
    """
    if not before:
        before = [SeenAt(site, day, MORNING) for site in sorted(otherwise) for day in WORKDAYS]
    if not before:
        return ()
    wanted = _interleaved({site: _hours_of(before, site, share) for site, share in _shares(before, visits).items()})
    days = _days(first, {seen.day_of_week for seen in before}, len(wanted))
    return tuple(Hour(site, day, clock.time_of(minute)) for (site, minute), day in zip(wanted, days, strict=True))


def _shares(before: Sequence[SeenAt], visits: int) -> dict[int, int]:
    """Visits by site, by largest remainder; of equal ones the site that comes first."""
    counted = Counter(seen.site_id for seen in before)
    exact = {site: visits * n / len(before) for site, n in counted.items()}
    shares = {site: int(share) for site, share in exact.items()}
    rest = sorted(exact, key=lambda site: (shares[site] - exact[site], site))
    for site in rest[: visits - sum(shares.values())]:
        shares[site] += 1
    return {site: share for site, share in sorted(shares.items()) if share}


def _hours_of(before: Sequence[SeenAt], site: int, visits: int) -> list[int]:
    """The middles of so many equal parts of the minutes seen there, each to the quarter of an hour."""
    minutes = sorted(seen.minutes for seen in before if seen.site_id == site)
    middles = (minutes[int((number + 0.5) * len(minutes) / visits)] for number in range(visits))
    return [QUARTER_HOUR * (minute // QUARTER_HOUR) for minute in middles]


def _interleaved(hours: dict[int, list[int]]) -> list[tuple[int, int]]:
    """The sites by turns, so that no site is seen only at the end."""
    rounds: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for site, minutes in hours.items():
        for number, minute in enumerate(minutes):
            rounds[number].append((site, minute))
    return [each for number in sorted(rounds) for each in rounds[number]]


def _days(first: date, weekdays: Collection[int], many: int) -> list[date]:
    days: list[date] = []
    day = first
    while len(days) < many:
        if clock.weekday_of(day) in weekdays:
            days.append(day)
        day += timedelta(days=1)
    return days
