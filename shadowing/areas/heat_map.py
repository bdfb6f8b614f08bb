"""The heat map of stages and levels, and the pyramid above it."""

from __future__ import annotations

from collections.abc import Mapping

from shadowing.core.vocabulary import CHANNELS, LEVELS, Level, VerdictSlug
from shadowing.scoring.kept import nothing_kept
from shadowing.scoring.models import AreaScore, JourneyResult
from shadowing.scoring.queries import (
    STAGES,
    AreaWithResult,
    level_scores,
)
from shadowing.scoring.shapes import (
    Estimate,
    HeatCell,
    HeatMap,
    HeatRow,
    Pyramid,
    PyramidLevel,
)
from shadowing.scoring.statistics.heat import CellArea, heat_score
from shadowing.scoring.statistics.verdicts import FLAG_AT, HEALTHY, NOT_ENOUGH, UNDERPERFORMING, WATCH, WATCH_FROM


def heat_map(found: list[AreaWithResult], panel_id: int, scope: str, kept: JourneyResult | None) -> HeatMap:
    """Stage x channel over the journey's map; n of a cell is its different visits (DECISIONS 23)."""
    offered = [p for p in found if p.area.offered]
    scores = level_scores(panel_id, [p.area.id for p in offered], scope)
    figures = kept.figures if kept else nothing_kept()
    weights, visits = figures["weights"], figures["cells"]
    used = {p.area.channel for p in offered}
    channels = tuple([c for c in CHANNELS if c in used] + sorted(used - set(CHANNELS)))
    rows = []
    for stage in STAGES:
        cells = []
        for channel in channels:
            here = [p for p in offered if (p.touchpoint.stage, p.area.channel) == (stage, channel)]
            parts = [_cell_area(scores.get(p.area.id, {}), weights.get(str(p.area.id), 0.0)) for p in here]
            cells.append(HeatCell(channel, bool(here), heat_score(parts), visits.get(f"{stage} {channel}", 0)))
        if any(cell.exists for cell in cells):
            rows.append(HeatRow(stage, tuple(cells)))
    return HeatMap(channels, tuple(rows))


def pyramid_of(kept: JourneyResult | None) -> Pyramid:
    """The three levels of the journey; the lowest one that is very likely below its target gives way first."""
    levels = (kept.figures if kept else nothing_kept())["pyramid"]
    judged = []
    for level in LEVELS:
        known = levels.get(level)
        estimate = Estimate.of_index(known["value"], known["error"], known["target"] / 25 + 1) if known else None
        judged.append(PyramidLevel(level, estimate, _verdict_of(known["p_below"]) if known else NOT_ENOUGH))
    binding = next((each.level for each in judged if each.verdict == UNDERPERFORMING), None)
    return Pyramid(tuple(judged), binding)


def _cell_area(scores: Mapping[Level, AreaScore], weight: float) -> CellArea:
    return CellArea({level: score.score for level, score in scores.items()}, weight)


def _verdict_of(p_below: float) -> VerdictSlug:
    if p_below >= FLAG_AT:
        return UNDERPERFORMING
    return WATCH if p_below >= WATCH_FROM else HEALTHY
