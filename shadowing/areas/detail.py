"""From kept-up results and what was said to the figures of one area's page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from sqlalchemy import select

from shadowing.areas.figures import AreaPage, FactorRow, LevelFigures, ReasonRow, SiteRow, StandardRow, WaitFigures
from shadowing.areas.pages import row_of
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.i18n import words
from shadowing.core.vocabulary import FACTORS, LEVELS, RATINGS, REASONS
from shadowing.journeys.models import Standard
from shadowing.people.models import Person, Site
from shadowing.people.reader import at_sites, sites_of_reader
from shadowing.scoring.models import AreaResult, AreaScore
from shadowing.scoring.queries import AreaWithResult, area_or_404, level_scores, panel_of_journey, tallies
from shadowing.scoring.shapes import AreaRow, Estimate
from shadowing.scoring.statistics.grade import grade, is_fresh
from shadowing.scoring.statistics.proportions import waits, wilson
from shadowing.scoring.statistics.pyramid import LevelFinding, check_the_base_first, waiting_on_the_base
from shadowing.visits.figures import SeenObservation
from shadowing.visits.models.visit import Observation, Visit
from shadowing.visits.seen import photos_of, seen_observation, sounds_of

NEWEST = 6
LONG_AGO = 10_000


def area_page(area_id: int) -> AreaPage:
    """/areas/<id>. Raises not_found."""
    place = area_or_404(area_id)
    panel_id = panel_of_journey(place.touchpoint.journey)
    sites = sites_of_reader()
    said = tallies(panel_id, area_id, sites)
    scores = level_scores(panel_id, [area_id]).get(area_id, {})
    findings = {level: LevelFinding(s.verdict, s.p_below, s.shortfall) for level, s in scores.items()}
    result, row = place.result, row_of(place)
    age = (clock.now() - result.last_at).days if result and result.last_at else LONG_AGO
    return AreaPage(
        area=row,
        levels=tuple(_level(level, scores.get(level), said.get(level, {})) for level in LEVELS),
        observations=result.rows if result else 0,
        sites=_sites(panel_id, area_id, row),
        standards=_standards(place, said),
        factors=_factors(said),
        reasons=_reasons(said),
        waits=_waits(place, said.get("wait", {})),
        seen=seen_at(panel_id, area_id, sites),
        grade=grade(result.rows, result.observers, result.days, age) if result else "D",
        last_at=result.last_at if result else None,
        fresh=is_fresh(result.visits, age) if result else False,
        waiting_on_base=waiting_on_the_base(findings),
        check_base_first=check_the_base_first(findings),
        imported=place.touchpoint.journey.origin == "import",
        handovers=said.get("handover", {}),
    )


def seen_at(panel_id: int, area_id: int, sites: set[int] | None, most: int = NEWEST) -> tuple[SeenObservation, ...]:
    """The newest observations of an area that have words or photos and may be shown."""
    query = (
        select(Observation, Visit, Site, Person)
        .join(Visit, Visit.id == Observation.visit_id)
        .outerjoin(Site, Site.id == Visit.site_id)
        .outerjoin(Person, Person.id == Observation.person_id)
        .where(
            Observation.area_id == area_id,
            Observation.panel_id == panel_id,
            Observation.speaks.is_(True),
            Observation.scored.is_(True),
            at_sites(Visit.site_id, sites),
        )
        .order_by(Observation.observed_at.desc(), Observation.id)
        .limit(most)
    )
    rows = db.session.execute(query).all()
    ids = [observation.id for observation, *_ in rows]
    photos, sounds = photos_of(ids), sounds_of(ids)
    return tuple(seen_observation(*row, photos.get(row[0].id, ()), sounds.get(row[0].id, ())) for row in rows)


def _level(level: str, score: AreaScore | None, counts: Mapping[str, int]) -> LevelFigures:
    ratings: Any = tuple(counts.get(str(rating), 0) for rating in RATINGS)
    if score is None:
        return LevelFigures(level, 0, "not_enough_evidence", counts=ratings)
    return LevelFigures(
        level,
        score.n,
        score.verdict,
        Estimate(score.score, score.se, score.target),
        score.p_below,
        score.raw_mean,
        ratings,
    )


def _sites(panel_id: int, area_id: int, row: AreaRow) -> tuple[SiteRow, ...]:
    """The shown level at each site, from the kept-up fits by site."""
    names = {f"site:{site.id}": site.name for site in db.session.scalars(select(Site).order_by(Site.id))}
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
            words(name), latest[s].verdict, visits.get(s, 0), Estimate(latest[s].score, latest[s].se, latest[s].target)
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
