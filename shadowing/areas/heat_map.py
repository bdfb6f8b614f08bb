"""The heat map of stages and levels, and the pyramid above it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shadowing.areas.figures import grouped
from shadowing.core.vocabulary import CHANNELS, LEVELS, VerdictSlug
from shadowing.scoring.kept import nothing_kept
from shadowing.scoring.models import JourneyResult
from shadowing.scoring.queries import STAGES
from shadowing.scoring.shapes import AreaRow, Estimate, HeatCell, HeatMap, HeatRow, Pyramid, PyramidLevel
from shadowing.scoring.statistics.verdicts import FLAG_AT, HEALTHY, NOT_ENOUGH, UNDERPERFORMING, WATCH, WATCH_FROM


def heat_map(areas: Iterable[AreaRow], customers: Mapping[str, int]) -> HeatMap:
    """Stage x channel over the journey's map: each cell shows the area that comes first in the list (METHOD 2.1).

    areas: those offered; customers: "stage channel" -> the different ones that were met there (DECISIONS 23).
    """
    ranked = [area for group in grouped(areas) for area in group.areas]
    used = {area.channel for area in ranked}
    channels = tuple([c for c in CHANNELS if c in used] + sorted(used - set(CHANNELS)))
    rows = []
    for stage in STAGES:
        cells = tuple(_cell(stage, channel, ranked, customers.get(f"{stage} {channel}", 0)) for channel in channels)
        if any(cell.exists for cell in cells):
            rows.append(HeatRow(stage, cells))
    return HeatMap(channels, tuple(rows))


def _cell(stage: str, channel: str, ranked: list[AreaRow], visits: int) -> HeatCell:
    here = [area for area in ranked if (area.stage, area.channel) == (stage, channel)]
    first = next((area for area in here if area.estimate), None)
    return HeatCell(
        channel,
        exists=bool(here),
        score=first.estimate.score if first and first.estimate else None,
        visits=visits,
        level=first.level if first else None,
        area=first.id if first else None,
        failing=sum(area.verdict == UNDERPERFORMING for area in here),
        areas=len(here),
    )


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


def _verdict_of(p_below: float) -> VerdictSlug:
    if p_below >= FLAG_AT:
        return UNDERPERFORMING
    return WATCH if p_below >= WATCH_FROM else HEALTHY
