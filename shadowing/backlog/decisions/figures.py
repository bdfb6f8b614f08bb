"""One line of the register of decisions, whatever it was about."""

from dataclasses import dataclass
from datetime import datetime

from shadowing.core.vocabulary import ImprovementState, Level, Words
from shadowing.scoring.shapes import Estimate


@dataclass(frozen=True)
class DecidedOn:
    """The evidence as it stood on that day."""

    estimate: Estimate
    level: Level
    visits: int
    grade: str
    observers: int = 0


@dataclass(frozen=True)
class CitedCounts:
    """How often a promise had been kept and broken by that day."""

    kept: int
    broken: int


@dataclass(frozen=True)
class Reply:
    """To what somebody asked before deciding."""

    words: str
    who: str
    at: datetime


@dataclass(frozen=True)
class DecisionRow:
    """kind: `improvement` or `promise`; title None: the place stands in. became: what it is today; None = nothing."""

    kind: str
    option: str
    title: Words | str | None
    touchpoint: Words
    channel: str
    reason: str
    who: str
    at: datetime
    improvement_id: int | None = None
    promise: str | None = None
    level: Level | None = None
    became: ImprovementState | None = None
    cited: DecidedOn | CitedCounts | None = None
    id: int = 0
    replies: tuple[Reply, ...] = ()
