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
    cited: DecidedOn | None = None
