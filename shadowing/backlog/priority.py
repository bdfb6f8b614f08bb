"""The order of the backlog (METHOD 2 and 3): what is gained for customers per day of work.

Pure arithmetic on small records; what is said about tension and ties is said by the pages.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from statistics import NormalDist, median

from shadowing.core.vocabulary import EFFORT_DAYS, LENSES, LEVELS, Level

MEASURED, ASSUMED = 0.10, 0.50
ESTIMATED, GUESSED = 0.25, 0.50
ASSUMED_REACH = 100.0
ASSUMED_EFFORT = 3.0
LEAST_EFFORT = 0.25
NEW_BAND_AT = 0.65
PULL_FROM = 0.2
_EQUAL = {lens: 1 / len(LENSES) for lens in LENSES}


@dataclass(frozen=True)
class PriorityInput:
    """What the order is computed from. `gain` is G, `gain_variance` Var G of the binding level."""

    id: str
    level: Level
    probability: float
    gain: float
    gain_variance: float
    rows: int
    opened: datetime
    importance: Mapping[str, float]
    effects: Mapping[str, float]
    reach: float = ASSUMED_REACH
    reach_measured: bool = False
    effort: float = ASSUMED_EFFORT
    effort_estimated: bool = False


@dataclass(frozen=True)
class Ranked:
    """A candidate with its numbers. Items of one `band` are practically tied."""

    candidate: PriorityInput
    lenses: Mapping[str, float]
    support: float
    value: float
    priority: float
    doubt: float
    tension: str
    tension_size: float
    band: int = 0
    rank_by_lens: Mapping[str, int] = field(default_factory=dict)


def reach_of(measured: float | None, others: Sequence[float]) -> tuple[float, bool]:
    """Customers a month and whether it was measured; else the journey's median, else 100."""
    if measured is not None:
        return measured, True
    return (median(others), False) if others else (ASSUMED_REACH, False)


def effort_of(days: float | None, size: str | None) -> tuple[float, bool]:
    """Person-days and whether they were estimated in days; sizes and nothing at all are guesses."""
    if days is not None:
        return max(days, LEAST_EFFORT), True
    return (float(EFFORT_DAYS[size]), False) if size else (ASSUMED_EFFORT, False)


def lens_values(importance: Mapping[str, float], effects: Mapping[str, float]) -> dict[str, float]:
    """x_l = e_l · I_l / 5, from −1 to +1."""
    return {lens: effects.get(lens, 1.0) * importance.get(lens, 3.0) / 5 for lens in LENSES}


def tension(lenses: Mapping[str, float]) -> tuple[str, float]:
    """`conflict`, `pull` or `aligned`, and t = (max − min)/2."""
    highest, lowest = max(lenses.values()), min(lenses.values())
    size = (highest - lowest) / 2
    if lowest < 0 < highest:
        return "conflict", size
    return ("pull" if size >= PULL_FROM - 1e-12 else "aligned"), size


def judge(candidate: PriorityInput, lens_weights: Mapping[str, float] = _EQUAL) -> Ranked:
    """S, V, priority, doubt and tension of one item."""
    lenses = lens_values(candidate.importance, candidate.effects)
    kind, size = tension(lenses)
    support = max(0.0, sum(lens_weights[lens] * lenses[lens] for lens in LENSES))
    value = support * candidate.gain * candidate.reach
    return Ranked(
        candidate=candidate,
        lenses=lenses,
        support=support,
        value=value,
        priority=value / max(candidate.effort, LEAST_EFFORT),
        doubt=_doubt(candidate),
        tension=kind,
        tension_size=size,
    )


def probability_above(first: Ranked, second: Ranked) -> float:
    """P(first truly deserves to stand above second). Priority 0 is below everything."""
    if first.priority <= 0 or second.priority <= 0:
        return 0.5 if first.priority == second.priority else float(first.priority > 0)
    distance = math.log(first.priority) - math.log(second.priority)
    return NormalDist().cdf(distance / math.sqrt(first.doubt + second.doubt))


def ordered(candidates: Sequence[PriorityInput], lens_weights: Mapping[str, float] = _EQUAL) -> list[Ranked]:
    """The whole backlog: base of the pyramid first, then priority, with bands and lens ranks."""
    judged = in_order(candidates, lens_weights)
    ranks = {lens: _ranks_by(judged, lens) for lens in LENSES}
    return [
        replace(item, rank_by_lens={lens: ranks[lens][item.candidate.id] for lens in LENSES})
        for item in _banded(judged)
    ]


def in_order(candidates: Sequence[PriorityInput], lens_weights: Mapping[str, float] = _EQUAL) -> list[Ranked]:
    """The same order, where nobody asks for bands and ranks."""
    return sorted((judge(each, lens_weights) for each in candidates), key=_backlog_key)


def opportunity_score(importance: float, satisfied_share: float) -> float:
    """2·I + max(2·I − 10·share(4-5), 0), for comparison only."""
    return 2 * importance + max(2 * importance - 10 * satisfied_share, 0.0)


def _doubt(candidate: PriorityInput) -> float:
    """r: squared relative spread of gain, reach and effort together."""
    gain = min(1.0, candidate.gain_variance / candidate.gain**2) if candidate.gain > 0 else 1.0
    reach = MEASURED if candidate.reach_measured else ASSUMED
    effort = ESTIMATED if candidate.effort_estimated else GUESSED
    return gain + reach**2 + effort**2


def _backlog_key(item: Ranked) -> tuple[object, ...]:
    candidate = item.candidate
    tier = list(LEVELS).index(candidate.level)
    return (
        tier,
        -item.priority,
        -candidate.probability,
        -candidate.rows,
        candidate.opened,
        candidate.id,
    )


def _banded(judged: Sequence[Ranked]) -> list[Ranked]:
    banded: list[Ranked] = []
    first: Ranked | None = None
    band = 0
    for item in judged:
        if first is None or _starts_band(first, item):
            band, first = band + 1, item
        banded.append(replace(item, band=band))
    return banded


def _starts_band(first: Ranked, item: Ranked) -> bool:
    other_tier = first.candidate.level != item.candidate.level
    return other_tier or probability_above(first, item) >= NEW_BAND_AT


def _ranks_by(judged: Sequence[Ranked], lens: str) -> dict[str, int]:
    """Rank of every item when only this lens counts."""
    alone = sorted(
        judged,
        key=lambda item: (
            -item.lenses[lens] * item.candidate.gain * item.candidate.reach / max(item.candidate.effort, LEAST_EFFORT)
        ),
    )
    return {item.candidate.id: rank for rank, item in enumerate(alone, start=1)}
