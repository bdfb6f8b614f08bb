"""From kept-up results to the figures of the pages about areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from shadowing.areas.figures import AreasPage, grouped
from shadowing.core.database import db
from shadowing.core.vocabulary import CHANNELS, LEVELS, STAGE_KINDS
from shadowing.journeys.models import Journey
from shadowing.people.models import Site
from shadowing.scoring.models import AreaScore, JourneyResult
from shadowing.scoring.queries import (
    STAGES,
    AreaWithResult,
    journey_result,
    journeys_by_visits,
    level_scores,
    panel_of_journey,
    places,
    scope_of,
)
from shadowing.scoring.shapes import (
    AreaRow,
    Choice,
    Estimate,
    Filter,
    HeatCell,
    HeatMap,
    HeatRow,
    Pyramid,
    PyramidLevel,
)
from shadowing.scoring.statistics.heat import CellArea, heat_score
from shadowing.scoring.statistics.verdicts import FLAG_AT, HEALTHY, UNDERPERFORMING, WATCH, WATCH_FROM

NOT_ENOUGH = "not_enough_evidence"


def areas_page(wanted: Mapping[str, str], remembered: str | None) -> AreasPage:
    """/areas. wanted: query parameters journey, site, channel, stage. Raises not_found for a bad site."""
    journeys = journeys_by_visits()
    journey = choose_journey([journey for journey, _ in journeys], wanted.get("journey") or remembered)
    if journey is None:
        return AreasPage(None, (), (), HeatMap((), ()), Pyramid(()))
    scope = scope_of(wanted.get("site"))
    panel_id = panel_of_journey(journey)
    found = places(journey, panel_id, scope)
    picked = [p for p in found if _picked(p, wanted)]
    kept = journey_result(journey, panel_id, scope)
    return AreasPage(
        journey=journey.name,
        filters=_filters([j for j, _ in journeys], journey, found, wanted),
        groups=grouped(row_of(p) for p in picked if p.result is not None and p.result.score is not None),
        heat=heat_map(found, panel_id, scope, kept),
        pyramid=pyramid_of(kept),
        offered=sum(p.area.offered for p in picked),
        imported=journey.origin == "import",
    )


def choose_journey(journeys: list[Journey], said: str | None) -> Journey | None:
    """The one asked for or remembered, else the one with most visits."""
    return next((j for j in journeys if str(j.id) == said), journeys[0] if journeys else None)


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
        alone=len(touchpoint.channels) == 1,
    )


def heat_map(found: list[AreaWithResult], panel_id: int, scope: str, kept: JourneyResult | None) -> HeatMap:
    """Stage x channel over the journey's map; n of a cell is its different visits (DECISIONS 23)."""
    offered = [p for p in found if p.area.offered]
    scores = level_scores(panel_id, [p.area.id for p in offered], scope)
    figures = kept.figures if kept else {}
    weights, visits = figures.get("weights", {}), figures.get("cells", {})
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
    levels = kept.figures["pyramid"] if kept else {}
    judged = []
    for level in LEVELS:
        known = levels.get(level)
        estimate = Estimate.of_index(known["value"], known["error"], known["target"] / 25 + 1) if known else None
        judged.append(PyramidLevel(level, estimate, _verdict_of(known["p_below"]) if known else NOT_ENOUGH))
    binding = next((each.level for each in judged if each.verdict == UNDERPERFORMING), None)
    return Pyramid(tuple(judged), binding)


def _cell_area(scores: Mapping[str, AreaScore], weight: float) -> CellArea:
    return CellArea({level: score.score for level, score in scores.items()}, weight)


def _verdict_of(p_below: float) -> str:
    if p_below >= FLAG_AT:
        return UNDERPERFORMING
    return WATCH if p_below >= WATCH_FROM else HEALTHY


def _picked(place: AreaWithResult, wanted: Mapping[str, str]) -> bool:
    channel, stage = wanted.get("channel"), wanted.get("stage")
    return channel in (None, "", place.area.channel) and stage in (None, "", place.touchpoint.stage)


def _filters(
    journeys: list[Journey], journey: Journey, found: list[AreaWithResult], wanted: Mapping[str, str]
) -> tuple[Filter, ...]:
    channels = [c for c in CHANNELS if any(p.area.channel == c for p in found)]
    sites = [] if journey.origin == "import" else [(str(s.id), s.name) for s in _own_sites()]
    made = [Filter("journey", _("Journey"), "path", _choices([(str(j.id), j.name) for j in journeys], str(journey.id)))]
    if len(sites) > 1:
        every = _("All %(n)s sites", n=len(sites))
        made.append(Filter("site", _("Site"), "pin", _choices([("", every), *sites], wanted.get("site"))))
    if len(channels) > 1:
        named = [("", _("All channels")), *((c, CHANNELS[c]) for c in channels)]
        made.append(Filter("channel", _("Channel"), "filter", _choices(named, wanted.get("channel"))))
    staged = [("", _("All stages")), *STAGE_KINDS.items()]
    made.append(Filter("stage", _("Stage"), "stages", _choices(staged, wanted.get("stage"))))
    return tuple(made)


def _own_sites() -> Iterable[Site]:
    return db.session.scalars(select(Site).where(Site.kind == "own").order_by(Site.id)).all()


def _choices(named: list[tuple[str, Any]], chosen: str | None) -> tuple[Choice, ...]:
    return tuple(Choice(value, name, value == (chosen or "")) for value, name in named)
