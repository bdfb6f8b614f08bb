"""Where the next visits are most likely to change a decision that matters (METHOD 7). Pure.

Scores are on 1-5, standard errors in points, days since the last row; never seen has no days.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shadowing.core.vocabulary import LEVEL_WEIGHTS, Z90, Level
from shadowing.scoring.statistics.grade import FRESH_DAYS, FRESH_VISITS
from shadowing.scoring.statistics.normal import FloatArray, cumulative, density

#: Visits looked ahead.
BATCH = 3
#: By how much a score may have drifted, points² a day (METHOD 0).
DRIFT = 0.0005
#: A target closer than this many standard deviations of what the batch may show lies on the edge.
EDGE = 1.0
#: Importance for the customer from which a place is called important.
IMPORTANT = 4


@dataclass(frozen=True)
class Doubt:
    """What is known now and after a batch; arrays of one shape.

    now      standard error today, drift included
    spread   s̃, how far the score may move by the batch
    edge     u, distance to the target in units of that
    gain     EVSI, points expected from deciding better
    """

    now: FloatArray
    spread: FloatArray
    edge: FloatArray
    gain: FloatArray

    @property
    def after(self) -> FloatArray:
        """Standard error once the batch is in."""
        return np.asarray(np.sqrt(np.maximum(np.square(self.now) - np.square(self.spread), 0.0)))


def doubt(
    score: npt.ArrayLike,
    error: npt.ArrayLike,
    target: npt.ArrayLike,
    row_variance: npt.ArrayLike,
    days: npt.ArrayLike = 0.0,
) -> Doubt:
    """EVSI of three more visits. row_variance: σ² + τv²; days: nan where nobody has looked (no drift then)."""
    since = np.nan_to_num(np.asarray(days, dtype=float))
    variance = np.square(np.asarray(error, dtype=float)) + DRIFT * np.maximum(since, 0.0)
    spread = variance / np.sqrt(variance + np.asarray(row_variance, dtype=float) / BATCH)
    edge = np.abs(np.asarray(target, dtype=float) - np.asarray(score, dtype=float)) / spread
    gain = spread * (density(edge) - edge * cumulative(-edge))
    return Doubt(np.sqrt(variance), spread, edge, np.maximum(gain, 0.0))


@dataclass(frozen=True)
class KnownLevel:
    """One level of one place: what the fit says (an unseen place has the panel's own mean and spread)."""

    score: float
    error: float
    target: float
    row_variance: float
    seen: bool = True


@dataclass(frozen=True)
class VisitCandidate:
    """A place that could be shadowed next.

    weight      W of the place, its share of the journey
    importance  for the customer, 1-5
    days        since anybody looked; None = never
    planned     (visits done, visits planned) while it is shadowed again after a fix
    """

    key: str
    weight: float
    importance: int
    levels: Mapping[Level, KnownLevel]
    days: float | None = None
    visits: int = 0
    planned: tuple[int, int] | None = None

    @property
    def comes_first(self) -> bool:
        return self.planned is not None and self.planned[0] < self.planned[1]


@dataclass(frozen=True)
class Look:
    """One suggestion. `value` is the look score scaled to 100; now and after are half widths of the 90 % bar in points.

    level: the one that decides; reason: reshadowing, never, long_ago, thin, edge, important or open.
    """

    candidate: VisitCandidate
    value: float
    level: Level
    score: float
    target: float
    now: float
    after: float
    reason: str


def rank(candidates: Iterable[VisitCandidate]) -> list[Look]:
    """Places in re-shadowing first, then by look score; equal ones by key, so that the order stands still."""
    places = [place for place in candidates if place.levels]
    if not places:
        return []
    values, per_level = look_scores(places)
    most = max(float(values.max()), 1e-12)
    looks = [
        _look(place, 100 * float(value) / most, {level: (found, i) for level, found in per_level.items()})
        for i, (place, value) in enumerate(zip(places, values, strict=True))
    ]
    return sorted(looks, key=lambda look: (not look.candidate.comes_first, -look.value, look.candidate.key))


def look_scores(places: Sequence[VisitCandidate]) -> tuple[FloatArray, dict[Level, Doubt]]:
    """W_i Σ_level level weight · EVSI, and the doubt of every level; a level that does not apply adds nothing."""
    total = np.zeros(len(places))
    per_level = {}
    for level, level_weight in LEVEL_WEIGHTS.items():
        known = [place.levels.get(level) for place in places]
        found = doubt(
            [k.score if k else 0.0 for k in known],
            [k.error if k else 1e-6 for k in known],
            [k.target if k else 9.0 for k in known],
            [k.row_variance if k else 1.0 for k in known],
            [_days(place, k) for place, k in zip(places, known, strict=True)],
        )
        per_level[level] = found
        total += level_weight * found.gain
    return total * np.array([place.weight for place in places]), per_level


def _days(place: VisitCandidate, known: KnownLevel | None) -> float:
    return math.nan if known is None or not known.seen or place.days is None else place.days


def _look(place: VisitCandidate, value: float, doubts: Mapping[str, tuple[Doubt, int]]) -> Look:
    level = max(place.levels, key=lambda name: LEVEL_WEIGHTS[name] * float(doubts[name][0].gain[doubts[name][1]]))
    found, i = doubts[level]
    known = place.levels[level]
    return Look(
        candidate=place,
        value=value,
        level=level,
        score=known.score,
        target=known.target,
        now=Z90 * float(found.now[i]),
        after=Z90 * float(found.after[i]),
        reason=_reason(place, float(found.edge[i])),
    )


def _reason(place: VisitCandidate, edge: float) -> str:
    if place.comes_first:
        return "reshadowing"
    if place.days is None:
        return "never"
    if place.days > FRESH_DAYS:
        return "long_ago"
    if place.visits < FRESH_VISITS:
        return "thin"
    if edge <= EDGE:
        return "edge"
    return "important" if place.importance >= IMPORTANT else "open"
