"""What one observation adds to the totals, as (kind, key) pairs. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from shadowing.core.vocabulary import LEVELS, LOW_RATING, REASONS
from shadowing.visits.models.bodies import Feeling, ObservationBody, Part, RatedField, Wait

Fact = tuple[str, str]
FEELINGS: tuple[Feeling, ...] = ("emotion", "expectation")
RATED: tuple[RatedField, ...] = (*LEVELS, *FEELINGS)
WAITS: tuple[Wait, ...] = ("notice", "wait", "service", "menu", "hold", "talk", "transfers")


def facts_of(body: ObservationBody) -> list[Fact]:
    """Everything countable in a checked observation body, in a fixed order."""
    facts: list[Fact] = [(kind, str(body[kind])) for kind in RATED if body.get(kind) is not None]
    for part, facts_in in PARTS.items():
        if body.get(part):  # most bodies have few parts, and imports bring bodies by the hundred thousand
            facts += facts_in(body)
    return facts


def _waits(body: ObservationBody) -> Iterable[Fact]:
    timings = body["timings"]
    return [(kind, str(round(timings[kind]))) for kind in WAITS if timings.get(kind) is not None]


def _choice(kind: Literal["handover", "about", "serious"]) -> Callable[[ObservationBody], Iterable[Fact]]:
    return lambda body: [(kind, body[kind])]


def _standards(body: ObservationBody) -> Iterable[Fact]:
    return [(f"standard:{key}", state) for key, state in sorted(body["standards"].items())]


def _factors(body: ObservationBody) -> Iterable[Fact]:
    return [
        (f"factor:{name}", effect) for name, effect in sorted({(f["factor"], f["effect"]) for f in body["factors"]})
    ]


def _held_back(body: ObservationBody) -> Iterable[Fact]:
    return [("held_back", what) for what in sorted(set(body["held_back"]))]


def _reasons(body: ObservationBody) -> Iterable[Fact]:
    """Of the levels that were rated low."""
    low = [level for level in LEVELS if body.get(level) is not None and body[level] <= LOW_RATING]
    return [(f"reason:{level}", reason) for level in low for reason in sorted({*body["reasons"]} & {*REASONS[level]})]


PARTS: dict[Part, Callable[[ObservationBody], Iterable[Fact]]] = {
    "timings": _waits,
    "handover": _choice("handover"),
    "about": _choice("about"),
    "serious": _choice("serious"),
    "standards": _standards,
    "factors": _factors,
    "held_back": _held_back,
    "reasons": _reasons,
}
