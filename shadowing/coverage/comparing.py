"""Whether the same place is better here than there: only where enough was seen and eyes overlap. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from shadowing.core.formatting import LEAST_ROWS_FOR_FIGURES
from shadowing.core.vocabulary import Level
from shadowing.scoring.shapes import Estimate
from shadowing.scoring.statistics.proportions import Share, wilson

#: A level of a side with fewer rows is not compared: below five there are words only, never a difference in points.
LEAST_ROWS = LEAST_ROWS_FOR_FIGURES
#: A share is not compared below this many answers.
LEAST_ANSWERS = 3
ERRS = 0.05
DIFFERS, ALIKE, TOO_FEW, NO_OVERLAP = "differs", "alike", "too_few", "no_overlap"
#: How much a finding says, for the order of lists.
WEIGHT = {DIFFERS: 0, NO_OVERLAP: 1, ALIKE: 2, TOO_FEW: 3}


@dataclass(frozen=True)
class Scored:
    """What one side has on one level."""

    slug: str
    rows: int
    estimate: Estimate


@dataclass(frozen=True)
class Found:
    """The level that tells the sides apart most clearly, and what may be said. gap in points of 1-5."""

    level: Level
    verdict: str
    gap: float = 0.0
    best: str = ""
    worst: str = ""


def compare(levels: Mapping[Level, Sequence[Scored]], linked: Mapping[str, int]) -> Found:
    """levels: level -> sides with rows; linked: side -> number of its group of sides that observers connect.

    Two sides differ when the 90 % interval of their difference leaves out 0; where more pairs and levels are looked at,
    of which the clearest is shown, as much stricter (Bonferroni).
    """
    clearest: tuple[float, Found] | None = None
    looked = sum(sum(side.rows >= LEAST_ROWS for side in sides) > 1 for sides in levels.values())
    for level, sides in levels.items():
        enough = [side for side in sides if side.rows >= LEAST_ROWS]
        if len(enough) < 2:
            continue
        found = _between(level, enough, linked, looked)
        if clearest is None or found[0] > clearest[0]:
            clearest = found
    if clearest is not None:
        return clearest[1]
    if not levels:
        return Found("utility", TOO_FEW)
    return Found(max(levels, key=lambda level: sum(side.rows for side in levels[level])), TOO_FEW)


def _between(level: Level, sides: Sequence[Scored], linked: Mapping[str, int], looked: int) -> tuple[float, Found]:
    """How clear the widest difference between linked sides is, and what may be said of it."""
    pairs = [(one, other) for i, one in enumerate(sides) for other in sides[i + 1 :]]
    fair = [pair for pair in pairs if linked.get(pair[0].slug, -1) == linked.get(pair[1].slug, -2)]
    if not fair:
        return -1.0, Found(level, NO_OVERLAP)
    one, other = max(fair, key=lambda pair: _clearness(*pair))
    best, worst = (one, other) if one.estimate.score >= other.estimate.score else (other, one)
    clear = _clearness(one, other)
    verdict = DIFFERS if clear >= NormalDist().inv_cdf(1 - ERRS / (len(fair) * looked)) else ALIKE
    return clear, Found(level, verdict, best.estimate.score - worst.estimate.score, best.slug, worst.slug)


def _clearness(one: Scored, other: Scored) -> float:
    apart = abs(one.estimate.score - other.estimate.score)
    return apart / max(sqrt(one.estimate.error**2 + other.estimate.error**2), 1e-9)


def farthest_apart(shares: Mapping[str, tuple[int, int]]) -> tuple[str, Share, str, Share] | None:
    """Best and worst side of a question whose answers differ: their Wilson intervals do not meet. None = they do.

    shares: side -> (right answers, answers).
    """
    known = {side: wilson(right, total) for side, (right, total) in shares.items() if total >= LEAST_ANSWERS}
    if len(known) < 2:
        return None
    best = max(known, key=lambda side: (known[side].low, side))
    worst = min(known, key=lambda side: (known[side].high, side))
    if best == worst or known[best].low <= known[worst].high:
        return None
    return best, known[best], worst, known[worst]
