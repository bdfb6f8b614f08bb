"""How personas differ in what was seen: shares with intervals, and only differences that chance hardly makes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shadowing.core.vocabulary import Words
from shadowing.scoring.statistics.proportions import Share, enough_for_a_share, wilson

MOST_SHOWN = 12


@dataclass(frozen=True)
class PersonaRatings:
    """Ratings of one persona at one touchpoint and level: 4 or 5, and all."""

    persona: str
    touchpoint: str
    level: str
    good: int
    total: int


@dataclass(frozen=True)
class PersonaFigures:
    """got, satisfied: shares of visits that said so; None = fewer than five said anything."""

    key: str
    name: Words
    kind: str
    visits: int
    got: Share | None
    satisfied: Share | None


@dataclass(frozen=True)
class PersonaDifference:
    """One persona against all others at a place: shares of ratings 4-5."""

    persona: str
    touchpoint: str
    level: str
    own: Share
    others: Share

    @property
    def worse(self) -> bool:
        return (self.own.value or 0) < (self.others.value or 0)


def share_of(answers: Mapping[str, int], good: tuple[str, ...]) -> Share | None:
    """None below five answers."""
    total = sum(answers.values())
    return enough_for_a_share(sum(answers.get(each, 0) for each in good), total)


def differing(cells: list[PersonaRatings]) -> list[PersonaDifference]:
    """Where a persona's interval and the others' do not touch, the widest gap first."""
    places: dict[tuple[str, str], list[PersonaRatings]] = {}
    for cell in cells:
        places.setdefault((cell.touchpoint, cell.level), []).append(cell)
    found = []
    for here in places.values():
        good, total = sum(cell.good for cell in here), sum(cell.total for cell in here)
        for cell in here:
            own, others = wilson(cell.good, cell.total), wilson(good - cell.good, total - cell.total)
            if own.enough and others.enough and (own.high < others.low or others.high < own.low):
                found.append(PersonaDifference(cell.persona, cell.touchpoint, cell.level, own, others))
    found.sort(key=lambda each: -abs((each.own.value or 0) - (each.others.value or 0)))
    return found[:MOST_SHOWN]
