"""What the proof of a fix is drawn from: frozen records without database or request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from typing import Literal

from shadowing.core.vocabulary import Z90, Level, Words
from shadowing.journeys.models import KeptVerdict
from shadowing.scoring.shapes import Estimate

#: What became of a fix. early: fewer visits than agreed; afresh: too little was known before; unproven: for 180 days.
Outcome = Literal[
    "early", "improved", "worse", "no_relevant_change", "no_change_shown", "fell_back", "afresh", "unproven"
]
LEAST_SPAN = 30


@dataclass(frozen=True)
class ChangeFigure:
    """A change in points of 0-100, corrected for who looked and for what rose everywhere.

    decided: by the agreed number, or early by the interval that always holds;
    low, high: 90 %, at the agreed number; always_low, always_high: hold however often one looks.
    """

    level: Level
    before: int
    after: int
    value: int
    low: int
    high: int
    always_low: int
    always_high: int
    decided: bool

    @classmethod
    def of(cls, level: Level, kept: KeptVerdict, before: float) -> ChangeFigure:
        value, error, half = 25 * kept["value"], 25 * kept["error"], 25 * kept["half"]
        return cls(
            level=level,
            before=_points(25 * (before - 1)),
            after=_points(25 * (kept["after"] - 1)),
            value=_points(value),
            low=_points(value - Z90 * error),
            high=_points(value + Z90 * error),
            always_low=_points(value - half),
            always_high=_points(value + half),
            decided=kept["verdict"] != "not_enough",
        )

    @property
    def elsewhere(self) -> int:
        """By how much everything else rose meanwhile; so that the sum that is printed comes out."""
        return self.after - self.before - self.value

    @property
    def span(self) -> int:
        """Half the width of a scale on which all of it fits."""
        return max(LEAST_SPAN, 10 * ceil(max(abs(self.always_low), abs(self.always_high)) / 10))

    def at(self, points: int, span: int) -> float:
        """Where it stands on a scale of 0-100 that is symmetric about no change."""
        return 50 + 50 * max(-1.0, min(1.0, points / span))


@dataclass(frozen=True)
class WhoSaw:
    """Ratings since the fix. blind: by people who cannot know of it; own: by the owner or whoever shipped it.

    hours: first and last hour of the day at which it was seen, HH:MM by the sites' clocks; before: the same of before.
    """

    ratings: int
    observers: int
    departments: int
    blind: int
    own: int
    hours: tuple[str, str] | None = None
    before: tuple[str, str] | None = None


@dataclass(frozen=True)
class PlannedHour:
    """A verifying visit in the plan. observer: "" = not told, None = open."""

    plan_id: int
    day: date
    time: str
    site: Words
    observer: str | None = None


@dataclass(frozen=True)
class LaterCheck:
    """Whether it lasts, so many days after the proof. state: ahead, held, unseen or fell."""

    days: int
    on: date
    state: Literal["ahead", "held", "unseen", "fell"]
    ratings: int


@dataclass(frozen=True)
class SpotPhoto:
    """One photo of the spot."""

    id: str
    on: date
    site: Words


@dataclass(frozen=True)
class Proof:
    """done of planned ratings count; before, after: of the improvement's level, as its change has them.

    others: changes of other levels; since: what was seen after the proof; visits_before: ratings behind `before`.
    """

    outcome: Outcome
    level: Level
    planned: int
    done: int
    before: Estimate | None = None
    visits_before: int = 0
    after: Estimate | None = None
    change: ChangeFigure | None = None
    others: tuple[ChangeFigure, ...] = ()
    since: ChangeFigure | None = None
    target: int | None = None
    live_on: date | None = None
    proven_on: date | None = None
    who: WhoSaw | None = None
    coming: tuple[PlannedHour, ...] = ()
    lasting: tuple[LaterCheck, ...] = ()
    pictures: tuple[SpotPhoto | None, SpotPhoto | None] = (None, None)
    pilot: tuple[Words, ...] = ()
    #: Nobody has seen it since: it can be taken back, and the number of visits agreed.
    unseen: bool = False

    @property
    def missing(self) -> int:
        """Ratings that are neither there nor planned."""
        return max(0, self.planned - self.done - len(self.coming))

    @property
    def is_decided(self) -> bool:
        return self.change is not None and self.change.decided

    @property
    def on_target(self) -> bool:
        return self.change is not None and self.target is not None and self.change.after >= self.target


def _points(value: float) -> int:
    return floor(value + 0.5)
