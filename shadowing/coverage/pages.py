"""From what was seen to the matrix, the core needs and the filters of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy import select

from shadowing.core.database import db
from shadowing.core.vocabulary import CHANNELS, Words
from shadowing.coverage.figures import CoreNeed, Coverage, CoverageCell, Matrix, cell_state
from shadowing.coverage.filter import journeys_to_plan
from shadowing.coverage.models import JourneyWays
from shadowing.coverage.path_arrays import PathArrays
from shadowing.coverage.seen_counts import SeenBy, seen_by
from shadowing.journeys.models import Journey, JourneyVersion
from shadowing.people.reader import Reader
from shadowing.scoring.filter import Asked
from shadowing.scoring.filter_bar import FilterOffer, filters_of
from shadowing.scoring.queries import STAGES, AreaWithResult, panel_of_journey, places
from shadowing.scoring.refresh import map_area
from shadowing.scoring.shapes import Filter
from shadowing.scoring.statistics.index import area_weights
from shadowing.visits.models.plan import Plan
from shadowing.visits.planning import MISSED_AFTER

MOST_SCENARIOS = 20


def coverage_of(
    journey: Journey | None, asked: Asked, paths: PathArrays | None, now: datetime, reader: Reader
) -> Coverage:
    """What has been seen of a journey under these filters. One computation for page, API and summary.

    paths: as paths_asked says.
    """
    if journey is None:
        return Coverage()
    panel_id = panel_of_journey(journey)
    found = offered_places(journey, panel_id)
    seen = seen_by(journey, panel_id, found, asked, paths, now)
    return Coverage(
        journey_id=str(journey.id),
        journey=journey.name,
        matrix=_matrix(found, seen, now),
        core=_core_needs(journey, found, seen, now),
        days=round((now - asked.start(now)) / timedelta(days=1)),
        since=asked.since,
        filters=_filters(journey, panel_id, asked, now, reader),
    )


def offered_places(journey: Journey, panel_id: int) -> list[AreaWithResult]:
    """The areas of the journey's map today, in journey order."""
    return [p for p in places(journey, panel_id) if p.area.offered and p.touchpoint.removed_at is None]


def weights_of(found: list[AreaWithResult]) -> dict[int, float]:
    """Area id -> W, its share of the journey's importance (METHOD 5.1)."""
    known = [map_area(place.area, place.touchpoint) for place in found]
    if not known:
        return {}
    shares = area_weights([np.nan if a.reach is None else a.reach for a in known], [a.importance for a in known])
    return {area.area_id: float(share) for area, share in zip(known, shares, strict=True)}


def ordered_channels(found: list[AreaWithResult]) -> tuple[str, ...]:
    """Channels in use, ours in their order, the organisation's own after them."""
    used = {place.area.channel for place in found}
    return tuple([c for c in CHANNELS if c in used] + sorted(used - set(CHANNELS)))


def _matrix(found: list[AreaWithResult], seen: SeenBy, now: datetime) -> Matrix:
    weights, channels = weights_of(found), ordered_channels(found)
    rows = []
    for stage in STAGES:
        here = [place for place in found if place.touchpoint.stage == stage]
        if here:
            rows.append((stage, tuple(_cell(stage, channel, here, seen, weights, now) for channel in channels)))
    return Matrix(channels, tuple(rows))


def _cell(
    stage: str, channel: str, of_stage: list[AreaWithResult], seen: SeenBy, weights: Mapping[int, float], now: datetime
) -> CoverageCell:
    here = [place.area.id for place in of_stage if place.area.channel == channel]
    looked, known = seen.cell(stage, channel), [id for id in here if seen.area(id).visits]
    weight = sum(weights[id] for id in here)
    return CoverageCell(
        stage=stage,
        channel=channel,
        state=cell_state(bool(here), looked, now),
        seen=looked,
        age=looked.age(now),
        weight=weight,
        seen_weight=sum(weights[id] for id in known) / weight if weight else 0.0,
        areas=len(here),
        areas_seen=len(known),
    )


def _core_needs(journey: Journey, found: list[AreaWithResult], seen: SeenBy, now: datetime) -> tuple[CoreNeed, ...]:
    """Touchpoints of the core stages with a customer's need that nobody has fresh evidence of."""
    version = db.session.get(JourneyVersion, (journey.id, journey.version))
    stages = version.snapshot["stages"] if version else ()
    entries = [entry for stage in stages if stage["kind"] == "core" for entry in stage["touchpoints"]]
    needs: dict[str, Words] = {entry["id"]: need for entry in entries if (need := entry.get("need"))}
    core = {place.touchpoint.id: place.touchpoint for place in found if str(place.touchpoint.id) in needs}
    stale = [touchpoint for touchpoint in core.values() if not seen.touchpoint(touchpoint.id).fresh(now)]
    planned = planned_touchpoints(journey, now) if stale else set()
    return tuple(
        CoreNeed(
            touchpoint_id=str(touchpoint.id),
            name=touchpoint.name,
            need=needs[str(touchpoint.id)],
            seen=seen.touchpoint(touchpoint.id),
            age=seen.touchpoint(touchpoint.id).age(now),
            planned=str(touchpoint.id) in planned or "" in planned,
        )
        for touchpoint in stale
    )


def planned_touchpoints(journey: Journey, now: datetime) -> set[str]:
    """Ids of touchpoints somebody is going to look at; "" = a visit along the whole journey is planned."""
    plans = db.session.scalars(
        select(Plan.touchpoint_ids).where(
            Plan.journey_id == journey.id,
            Plan.starts_at > now - MISSED_AFTER,
            Plan.cancelled_at.is_(None),
            Plan.declined_at.is_(None),
        )
    )
    return {id for wanted in plans for id in (wanted or [""])}


def _filters(journey: Journey, panel_id: int, asked: Asked, now: datetime, reader: Reader) -> tuple[Filter, ...]:
    offer = FilterOffer(journeys_to_plan(), journey, scenarios=known_scenarios(panel_id, journey))
    return filters_of(("journey", "site", "persona", "scenario", "since"), offer, asked, reader, now)


def known_scenarios(panel_id: int, journey: Journey) -> list[str]:
    """Those that visits of the window were made in."""
    kept = db.session.get(JourneyWays, (panel_id, journey.id))
    return kept.figures["scenarios"][:MOST_SCENARIOS] if kept else []
