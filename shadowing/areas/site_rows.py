"""Score by site: the shown level of an area at each of our sites, hollow where nobody has looked (METHOD 1.8)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from shadowing.areas.explanation.steps import steps_of
from shadowing.areas.figures import SiteRow
from shadowing.core.database import db
from shadowing.core.i18n import words
from shadowing.core.vocabulary import Level
from shadowing.coverage.path_summary import linked_sites
from shadowing.journeys.models import Journey
from shadowing.people.models import Site
from shadowing.people.reader import Reader, own_sites
from shadowing.scoring.models import AreaResult, AreaScore
from shadowing.scoring.shapes import AreaRow, Estimate
from shadowing.scoring.sides import level_sides
from shadowing.scoring.statistics.verdicts import NOT_ENOUGH


def site_rows(panel_id: int, area_id: int, row: AreaRow, reader: Reader) -> tuple[SiteRow, ...]:
    """row: what the area shows over all sites. Nothing with fewer than two sites to tell apart."""
    sites = own_sites(reader)
    if len(sites) < 2 or row.level is None:
        return ()
    scores = _scores(panel_id, area_id, row.level, sites)
    expected = _expected(panel_id, area_id, row, [s for s in sites if s.id not in scores and s.closed_at is None])
    visits = _visits(panel_id, area_id, sites)
    rows = []
    for site in sites:
        score, name = scores.get(site.id), words(site.name)
        if score is not None:
            estimate = Estimate(score.score, score.se, score.target)
            rows.append(
                SiteRow(
                    name, score.verdict, visits.get(site.id, 0), estimate, score.n, steps_of(score), site_id=site.id
                )
            )
        elif site.id in expected:
            rows.append(SiteRow(name, NOT_ENOUGH, 0, expected[site.id], hollow=True, site_id=site.id))
    return tuple(rows) if any(not each.hollow for each in rows) else ()


def all_linked(journey: Journey, panel_id: int, rows: tuple[SiteRow, ...], now: datetime) -> bool:
    """Whether observers connect all the sites that have ratings."""
    seen = {row.site_id for row in rows if not row.hollow}
    if len(seen) < 2:
        return True
    groups = linked_sites(journey, panel_id, now)
    return len({groups.get(site) for site in seen}) == 1


def _scores(panel_id: int, area_id: int, level: Level, sites: list[Site]) -> dict[int, AreaScore]:
    """Site id -> its score, of the newest epoch that is known there."""
    scopes = {f"site:{site.id}": site.id for site in sites}
    found = db.session.scalars(
        select(AreaScore).where(
            AreaScore.panel_id == panel_id,
            AreaScore.area_id == area_id,
            AreaScore.level == level,
            AreaScore.scope.in_(scopes),
        )
    )
    return {scopes[score.scope]: score for score in sorted(found, key=lambda score: score.epoch)}


def _visits(panel_id: int, area_id: int, sites: list[Site]) -> dict[int, int]:
    scopes = {f"site:{site.id}": site.id for site in sites}
    counted = select(AreaResult.scope, AreaResult.visits).where(
        AreaResult.panel_id == panel_id, AreaResult.area_id == area_id, AreaResult.scope.in_(scopes)
    )
    return {scopes[scope]: n for scope, n in db.session.execute(counted)}


def _expected(panel_id: int, area_id: int, row: AreaRow, sites: list[Site]) -> dict[int, Estimate]:
    """Site id -> what area and site let us expect where nobody has rated."""
    known = level_sides(panel_id, {row.level: [area_id]}).get(row.level) if row.level and sites else None
    target = row.estimate.target if row.estimate else None
    found = {}
    for site in sites if known else ():
        side = known.side(area_id, site.id) if known else None
        if known and side and not known.rows(side):
            found[site.id] = Estimate(*known.score(side), target)
    return found
