"""What pages about areas share: one line of a list, the choices of a filter."""

from __future__ import annotations

from typing import Any

from shadowing.scoring.queries import AreaWithResult
from shadowing.scoring.shapes import AreaRow, Choice, Estimate
from shadowing.scoring.statistics.verdicts import NOT_ENOUGH


def row_of(place: AreaWithResult) -> AreaRow:
    """One line of a list of areas."""
    area, touchpoint, result = place.area, place.touchpoint, place.result
    estimate = None
    if result is not None and result.score is not None and result.se is not None:
        estimate = Estimate(result.score, result.se, result.target)
    return AreaRow(
        id=str(area.id),
        touchpoint=touchpoint.name,
        channel=area.channel,
        stage=touchpoint.stage,
        verdict=result.verdict if result else NOT_ENOUGH,
        estimate=estimate,
        level=result.shown_level if result else None,
        binding_level=result.binding_level if result else None,
        probability=result.p_below if result else None,
        rows=result.rows if result else 0,
        visits=result.visits if result else 0,
        observers=result.observers if result else 0,
        one_observer=result.one_observer if result else False,
        reshadowing=result.reshadowing if result else False,
        fixed_at=result.fixed_at if result else None,
        score_before=result.score_before if result else None,
        seen_again=result.seen_again if result else 0,
        planned=result.planned if result else None,
        alone=len(touchpoint.channels) == 1,
    )


def choices(named: list[tuple[str, Any]], chosen: str | None) -> tuple[Choice, ...]:
    return tuple(Choice(value, name, value == (chosen or "")) for value, name in named)
