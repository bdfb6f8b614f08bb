"""Targets that touchpoints inherit: the organisation's, or the journey's own where it has some. Pure.

A touchpoint follows while its number is the inherited one; any other number is its own and stays when defaults move.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from shadowing.core.vocabulary import DEFAULT_TARGETS, LEVELS, Level

Targets = Mapping[Level, float]


class Inherited(NamedTuple):
    """value: 1-5; origin: standard (built in), organisation or journey."""

    value: float
    origin: str


def inherited(organisation: Targets, journey: Targets) -> dict[Level, Inherited]:
    """By level, what a touchpoint of the journey takes over."""
    made = {}
    for level in LEVELS:
        if level in journey:
            made[level] = Inherited(journey[level], "journey")
        elif level in organisation:
            made[level] = Inherited(organisation[level], "organisation")
        else:
            made[level] = Inherited(DEFAULT_TARGETS[level], "standard")
    return made


def shown(value: float) -> int:
    """A target as pages have it, 0-100."""
    return int(25 * (value - 1) + 0.5)


def own_levels(targets: Targets, above: Mapping[Level, Inherited]) -> list[Level]:
    """Levels where a touchpoint has a target of its own."""
    return [level for level in LEVELS if shown(targets.get(level, above[level].value)) != shown(above[level].value)]


def moved(targets: Targets, before: Mapping[Level, Inherited], after: Mapping[Level, Inherited]) -> dict[Level, float]:
    """A touchpoint's targets after its defaults moved."""
    own = own_levels(targets, before)
    return {level: targets[level] if level in own else after[level].value for level in LEVELS}
