"""The score of a cell of the heat map (METHOD 2.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shadowing.core.vocabulary import LEVEL_WEIGHTS


@dataclass(frozen=True)
class CellArea:
    """One area of a heat cell: scores (1-5) of the levels that have rows, and its weight W_i."""

    scores: Mapping[str, float]
    weight: float


def heat_score(areas: Iterable[CellArea]) -> float | None:
    """0.4/0.3/0.3 of the weighted means, over the levels that were rated; None when none was."""
    seen = list(areas)
    total = weight_seen = 0.0
    for level, level_weight in LEVEL_WEIGHTS.items():
        rated = [(area.scores[level], area.weight) for area in seen if level in area.scores]
        weight = sum(share for _, share in rated)
        if weight > 0:
            total += level_weight * sum(score * share for score, share in rated) / weight
            weight_seen += level_weight
    return total / weight_seen if weight_seen else None
