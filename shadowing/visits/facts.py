"""What one observation adds to the totals, as (kind, key) pairs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from shadowing.vocabulary import LEVELS, LOW_RATING, REASONS

Fact = tuple[str, str]
FEELINGS = ("emotion", "expectation")
WAITS = ("notice", "wait", "service", "menu", "hold", "talk", "transfers")


def facts_of(body: Mapping[str, Any]) -> list[Fact]:
    """Everything countable in a checked observation body, in a fixed order."""
    return [*_ratings(body), *_waits(body), *_choices(body), *_checks(body)]


def local_day(moment: datetime, offset_minutes: int) -> str:
    """The calendar day where it was seen, YYYY-MM-DD. A moment at the edge of time keeps its UTC day."""
    try:
        return (moment + timedelta(minutes=offset_minutes)).date().isoformat()
    except OverflowError:
        return moment.date().isoformat()


def _ratings(body: Mapping[str, Any]) -> Iterable[Fact]:
    for kind in (*LEVELS, *FEELINGS):
        if body.get(kind) is not None:
            yield kind, str(body[kind])


def _waits(body: Mapping[str, Any]) -> Iterable[Fact]:
    timings = body.get("timings") or {}
    for kind in WAITS:
        if timings.get(kind) is not None:
            yield kind, str(round(timings[kind]))


def _choices(body: Mapping[str, Any]) -> Iterable[Fact]:
    for kind in ("handover", "about", "serious"):
        if body.get(kind):
            yield kind, body[kind]


def _checks(body: Mapping[str, Any]) -> Iterable[Fact]:
    for key, state in sorted((body.get("standards") or {}).items()):
        yield f"standard:{key}", state
    for factor, effect in sorted({(f["factor"], f["effect"]) for f in body.get("factors") or ()}):
        yield f"factor:{factor}", effect
    for what in sorted(set(body.get("held_back") or ())):
        yield "held_back", what
    given = set(body.get("reasons") or ())
    for level in LEVELS if given else ():
        rating = body.get(level)
        if rating is not None and rating <= LOW_RATING:
            for reason in sorted(given & set(REASONS[level])):
                yield f"reason:{level}", reason
