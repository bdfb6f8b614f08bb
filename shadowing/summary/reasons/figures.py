"""Our own figures beside the quoted ones, and which practices fit here. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shadowing.core.vocabulary import Words
from shadowing.scoring.statistics.proportions import Share
from shadowing.summary.reasons.quoted import PRACTICES, Practice

#: So many hints make a practice worth reading about; a single one is chance.
ENOUGH = 5


@dataclass(frozen=True)
class Own:
    """What our visits say; None = nothing yet. Shares below five answers are shown in words only.

    got, come_again: over all visits of the journey. very_satisfied, satisfied: would come again, of those who gave 5,
    and of those who gave 4. end: mean feeling at the last touchpoint that was seen, -2..2, and from how many visits.
    """

    got: Share | None = None
    come_again: Share | None = None
    very_satisfied: Share | None = None
    satisfied: Share | None = None
    end: float | None = None
    end_rows: int = 0


@dataclass(frozen=True)
class OwnProof:
    """A fix that was seen again and held. Without a title its place stands for it."""

    id: int
    title: Words | None
    touchpoint: Words
    channel: str
    since: datetime


def fitting(signs: Mapping[str, int]) -> tuple[tuple[Practice, int], ...]:
    """Practices for what was met here often enough, the most frequent first, each with how often."""
    met = [(practice, signs.get(practice.fits, 0)) for practice in PRACTICES]
    return tuple(sorted(((p, n) for p, n in met if n >= ENOUGH), key=lambda each: -each[1]))
