"""From kept-up results to the figures of the pages about areas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from flask_babel import gettext as _
from sqlalchemy import select

from shadowing.areas.figures import (
    AreaPage,
    AreasPage,
    FactorRow,
    LevelFigures,
    ReasonRow,
    SiteRow,
    StandardRow,
    WaitFigures,
    grouped,
)
from shadowing.areas.heat_map import heat_map, pyramid_of
from shadowing.areas.observations import how_many_rated, last_seen_on, newest_words
from shadowing.areas.rows import choices, row_of
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.formatting import display_score
from shadowing.core.i18n import words
from shadowing.core.vocabulary import CHANNELS, FACTORS, LEVELS, RATINGS, REASONS, STAGE_KINDS, Level
from shadowing.journeys.models import Journey, Standard
from shadowing.people.reader import Reader, own_sites
from shadowing.scoring.models import AreaResult, AreaScore
from shadowing.scoring.queries import (
    AreaWithResult,
    area_or_404,
    journey_result,
    journeys_by_visits,
    level_scores,
    panel_of_journey,
    places,
    scope_of,
    tallies,
)
from shadowing.scoring.shapes import (
    AreaRow,
    Estimate,
    Filter,
    HeatMap,
    Pyramid,
)
from shadowing.scoring.statistics.explanation import Steps
from shadowing.scoring.statistics.grade import grade, is_fresh
from shadowing.scoring.statistics.proportions import waits, wilson
from shadowing.scoring.statistics.pyramid import LevelFinding, check_the_base_first, waiting_on_the_base
from shadowing.scoring.statistics.verdicts import NOT_ENOUGH


def areas_page(wanted: Mapping[str, str], remembered: str | None, reader: Reader) -> AreasPage:
    """/areas. wanted: query parameters journey, site, channel, stage. Raises not_found for a bad site."""
    journeys = journeys_by_visits()
    journey = choose_journey([journey for journey, _ in journeys], wanted.get("journey") or remembered)
    if journey is None:
        return AreasPage(None, (), (), HeatMap((), ()), Pyramid(()))
    scope = scope_of(wanted.get("site"), reader)
    panel_id = panel_of_journey(journey)
    found = places(journey, panel_id, scope)
    picked = [p for p in found if _picked(p, wanted)]
    kept = journey_result(journey, panel_id, scope)
    return AreasPage(
        journey=journey.name,
        filters=_filters([j for j, _ in journeys], journey, found, wanted, reader),
        groups=grouped(row_of(p) for p in picked if p.result is not None and p.result.score is not None),
        heat=heat_map([row_of(p) for p in found if p.area.offered], kept),
        pyramid=pyramid_of(kept),
        offered=sum(p.area.offered for p in picked),
        imported=journey.origin == "import",
        journey_id=journey.id,
    )


def choose_journey(journeys: list[Journey], said: str | None) -> Journey | None:
    """The one asked for or remembered, else the one with most visits."""
    return next((j for j in journeys if str(j.id) == said), journeys[0] if journeys else None)


def _picked(place: AreaWithResult, wanted: Mapping[str, str]) -> bool:
    channel, stage = wanted.get("channel"), wanted.get("stage")
    return channel in (None, "", place.area.channel) and stage in (None, "", place.touchpoint.stage)


def _filters(
    journeys: list[Journey],
    journey: Journey,
    found: list[AreaWithResult],
    wanted: Mapping[str, str],
    reader: Reader,
) -> tuple[Filter, ...]:
    channels = [c for c in CHANNELS if any(p.area.channel == c for p in found)]
    sites = [] if journey.origin == "import" else [(str(s.id), s.name) for s in own_sites(reader)]
    made = [Filter("journey", _("Journey"), "path", choices([(str(j.id), j.name) for j in journeys], str(journey.id)))]
    if len(sites) > 1 or (sites and reader.sites is not None):
        every = _("All %(n)s sites", n=len(sites)) if reader.sites is None else _("All sites")
        made.append(Filter("site", _("Site"), "pin", choices([("", every), *sites], wanted.get("site"))))
    if len(channels) > 1:
        named = [("", _("All channels")), *((c, CHANNELS[c]) for c in channels)]
        made.append(Filter("channel", _("Channel"), "filter", choices(named, wanted.get("channel"))))
    staged = [("", _("All stages")), *STAGE_KINDS.items()]
    made.append(Filter("stage", _("Stage"), "stages", choices(staged, wanted.get("stage"))))
    return tuple(made)


LONG_AGO = 10_000


def area_page(area_id: int, reader: Reader) -> AreaPage:
    """/areas/<id>. Raises not_found."""
    place = area_or_404(area_id)
    panel_id = panel_of_journey(place.touchpoint.journey)
    said = tallies(panel_id, area_id, reader.sites)
    scores = level_scores(panel_id, [area_id]).get(area_id, {})
    findings = {level: LevelFinding(s.verdict, s.p_below, s.shortfall) for level, s in scores.items()}
    result, row = place.result, row_of(place)
    age = (clock.now() - result.last_at).days if result and result.last_at else LONG_AGO
    return AreaPage(
        area=row,
        levels=tuple(_level(level, scores.get(level), said.get(level, {})) for level in LEVELS),
        observations=result.rows if result else 0,
        sites=_sites(panel_id, area_id, row, reader),
        standards=_standards(place, said),
        factors=_factors(said),
        reasons=_reasons(said),
        waits=_waits(place, said.get("wait", {})),
        seen=newest_words(place, reader),
        to_read=how_many_rated(place, reader),
        grade=grade(result.rows, result.observers, result.days, age) if result else "D",
        last_on=last_seen_on(place),
        fresh=is_fresh(result.visits, age) if result else False,
        waiting_on_base=waiting_on_the_base(findings),
        check_base_first=check_the_base_first(findings),
        imported=place.touchpoint.journey.origin == "import",
    )


def _level(level: Level, score: AreaScore | None, counts: Mapping[str, int]) -> LevelFigures:
    ratings: Any = tuple(counts.get(str(rating), 0) for rating in RATINGS)
    if score is None:
        return LevelFigures(level, 0, NOT_ENOUGH, counts=ratings)
    return LevelFigures(
        level,
        score.n,
        score.verdict,
        Estimate(score.score, score.se, score.target),
        score.p_below,
        score.raw_mean,
        ratings,
        steps_of(score),
        None if score.towards is None else display_score(score.towards),
    )


def steps_of(score: AreaScore) -> Steps | None:
    """How the score comes from the plain mean (METHOD 1.9); None where nobody has rated or it was not kept yet."""
    if score.raw_mean is None or score.who is None or score.company is None:
        return None
    few = score.score - score.raw_mean - score.who - score.company
    return Steps(score.raw_mean, score.who, score.company, few)


def _sites(panel_id: int, area_id: int, row: AreaRow, reader: Reader) -> tuple[SiteRow, ...]:
    """The shown level at each site, each a part of the area."""
    names = {f"site:{site.id}": site.name for site in own_sites(reader)}
    if len(names) < 2 or row.level is None:
        return ()
    scores = db.session.scalars(
        select(AreaScore).where(
            AreaScore.panel_id == panel_id,
            AreaScore.area_id == area_id,
            AreaScore.level == row.level,
            AreaScore.scope.in_(names),
        )
    ).all()
    latest = {score.scope: score for score in sorted(scores, key=lambda s: s.epoch)}
    counted = db.session.execute(
        select(AreaResult.scope, AreaResult.visits).where(
            AreaResult.panel_id == panel_id, AreaResult.area_id == area_id, AreaResult.scope.in_(names)
        )
    )
    visits = {scope: n for scope, n in counted}
    return tuple(
        SiteRow(
            words(name),
            latest[s].verdict,
            visits.get(s, 0),
            Estimate(latest[s].score, latest[s].se, latest[s].target),
            latest[s].n,
            steps_of(latest[s]),
        )
        for s, name in names.items()
        if s in latest
    )


def _standards(place: AreaWithResult, said: Mapping[str, Mapping[str, int]]) -> tuple[StandardRow, ...]:
    known = db.session.scalars(select(Standard).where(Standard.touchpoint_id == place.touchpoint.id)).all()
    rows = []
    for standard in known:
        counts = said.get(f"standard:{standard.key}", {})
        met, missed = counts.get("met", 0), counts.get("not_met", 0)
        if met + missed:
            rows.append(StandardRow(standard.text, standard.kind, wilson(met, met + missed)))
    return tuple(sorted(rows, key=lambda row: row.share.value or 0))


def _factors(said: Mapping[str, Mapping[str, int]]) -> tuple[FactorRow, ...]:
    rows = []
    for factor in FACTORS:
        counts = said.get(f"factor:{factor}", {})
        if counts:
            rows.append(FactorRow(factor, counts.get("hurt", 0), counts.get("helped", 0)))
    return tuple(sorted(rows, key=lambda row: (row.helped - row.hurt, row.factor)))


def _reasons(said: Mapping[str, Mapping[str, int]]) -> tuple[ReasonRow, ...]:
    rows = [
        ReasonRow(level, reason, said[f"reason:{level}"][reason])
        for level in LEVELS
        for reason in REASONS[level]
        if said.get(f"reason:{level}", {}).get(reason)
    ]
    return tuple(sorted(rows, key=lambda row: -row.count))


def _waits(place: AreaWithResult, seconds: Mapping[str, int]) -> WaitFigures | None:
    if not seconds:
        return None
    values = np.repeat([int(s) for s in seconds], [n for n in seconds.values()])
    limit = place.touchpoint.longest_wait_seconds
    found = waits(list(values), limit)
    if found is None:
        return None
    return WaitFigures(found.count, found.median, found.ninetieth, limit, found.over)
