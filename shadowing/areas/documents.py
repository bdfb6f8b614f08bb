"""An area as integrations read it (contract v1)."""

from __future__ import annotations

from typing import Any

from shadowing.core.vocabulary import Z90, Level
from shadowing.scoring.models import KeptScore
from shadowing.scoring.queries import AreaWithResult
from shadowing.scoring.statistics.verdicts import NOT_ENOUGH


def area_document(place: AreaWithResult, scores: dict[Level, KeptScore]) -> dict[str, Any]:
    """Scores on 1-5; an area nobody has seen has no levels."""
    area, touchpoint, result = place.area, place.touchpoint, place.result
    return {
        "id": str(area.id),
        "touchpoint": {"id": str(touchpoint.id), "name": touchpoint.name},
        "channel": area.channel,
        "stage": touchpoint.stage,
        "epoch": area.epoch,
        "verdict": result.verdict if result else NOT_ENOUGH,
        "binding_level": result.binding_level if result else None,
        "shown_level": result.shown_level if result else None,
        "score": result.score if result else None,
        "visits": result.visits if result else 0,
        "observers": result.observers if result else 0,
        "reshadowing": result.reshadowing if result else False,
        "levels": {level: _level(score) for level, score in scores.items()},
    }


def _level(score: KeptScore) -> dict[str, Any]:
    return {
        "n": score.n,
        "raw_mean": score.raw_mean,
        "score": score.score,
        "se": score.se,
        "low": max(1.0, score.score - Z90 * score.se),
        "high": min(5.0, score.score + Z90 * score.se),
        "p_below": score.p_below,
        "target": score.target,
        "verdict": score.verdict,
    }
