"""Channels and sites side by side, questions answered differently, and how customers are handed over."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import func, or_, select

from shadowing.core.database import db
from shadowing.core.vocabulary import CHANNELS, Level, Words
from shadowing.coverage.comparing import LEAST_ROWS, WEIGHT, Scored, compare, farthest_apart
from shadowing.coverage.figures import Comparison, Consistency, ProbeDifference, Side
from shadowing.coverage.pages import offered_places
from shadowing.coverage.path_arrays import PathArrays
from shadowing.coverage.path_summary import ways_of
from shadowing.journeys.models import Area, Journey, Standard
from shadowing.people.reader import Reader, own_sites
from shadowing.scoring.models import ALL, AreaScore
from shadowing.scoring.queries import AreaWithResult, panel_of_journey
from shadowing.scoring.shapes import Estimate
from shadowing.visits.models.totals import Tally

#: area id -> side (scope) -> level -> score
Scores = dict[int, dict[str, dict[Level, AreaScore]]]
SITE = "site:"


def consistency_of(journey: Journey, paths: PathArrays | None, now: datetime, reader: Reader) -> Consistency:
    """Everything that may differ although it should be one service.

    Sites are compared as far as this reader may see them. Scores are of the whole window; paths: see paths_asked.
    """
    panel_id = panel_of_journey(journey)
    found = offered_places(journey, panel_id)
    ways = ways_of(journey, panel_id, found, paths, now)
    scores, sites = _scores(panel_id, found), {site.id: site.name for site in own_sites(reader)}
    return Consistency(
        channels=_by_channel(found, scores, ways.area_groups),
        sites=_by_site(found, scores, ways.site_groups, sites),
        probes=_probes(panel_id, found, sites),
        between_channels=ways.channels,
        between_places=ways.places,
        names={str(place.touchpoint.id): place.touchpoint.name for place in found},
    )


def _scores(panel_id: int, found: list[AreaWithResult]) -> Scores:
    """Of the present epochs, over everything and by site."""
    rows = db.session.scalars(
        select(AreaScore)
        .join(Area, (Area.id == AreaScore.area_id) & (Area.epoch == AreaScore.epoch))
        .where(AreaScore.panel_id == panel_id, AreaScore.area_id.in_([place.area.id for place in found]))
        .where(or_(AreaScore.scope == ALL, AreaScore.scope.startswith(SITE)))
    )
    scores: Scores = defaultdict(lambda: defaultdict(dict))
    for score in rows:
        scores[score.area_id][score.scope][score.level] = score
    return scores


def _by_channel(found: list[AreaWithResult], scores: Scores, groups: dict[int, int]) -> tuple[Comparison, ...]:
    by_touchpoint: dict[int, list[AreaWithResult]] = defaultdict(list)
    for place in found:
        by_touchpoint[place.touchpoint.id].append(place)
    made = []
    for places in by_touchpoint.values():
        names: dict[str, Words | str] = {p.area.channel: CHANNELS.get(p.area.channel, p.area.channel) for p in places}
        said = {p.area.channel: scores[p.area.id][ALL] for p in places if p.area.id in scores}
        linked = {p.area.channel: groups[p.area.id] for p in places if p.area.id in groups}
        if len(said) > 1:
            made.append(_comparison(places[0], None, names, said, linked))
    return _ordered(made)


def _by_site(
    found: list[AreaWithResult], scores: Scores, groups: dict[int, int], sites: dict[int, Words]
) -> tuple[Comparison, ...]:
    names: dict[str, Words | str] = {f"{SITE}{id}": name for id, name in sites.items()}
    linked = {f"{SITE}{id}": group for id, group in groups.items()}
    made = []
    for place in found:
        said = {scope: levels for scope, levels in scores[place.area.id].items() if scope in names}
        if len(said) > 1:
            made.append(_comparison(place, place.area.channel, names, said, linked))
    return _ordered(made)


def _comparison(
    place: AreaWithResult,
    channel: str | None,
    names: dict[str, Words | str],
    said: dict[str, dict[Level, AreaScore]],
    linked: dict[str, int],
) -> Comparison:
    levels: dict[Level, list[Scored]] = defaultdict(list)
    for side, by_level in said.items():
        for level, score in by_level.items():
            levels[level].append(Scored(side, score.n, Estimate(score.score, score.se, score.target)))
    found = compare(levels, linked)
    here = {scored.slug: scored for scored in levels[found.level]}
    sides = tuple(
        Side(names[side], side, here[side].rows if side in here else 0, _shown(here.get(side))) for side in said
    )
    return Comparison(
        touchpoint=place.touchpoint.name,
        channel=channel,
        level=found.level,
        sides=sides,
        verdict=found.verdict,
        gap=found.gap,
        best=found.best,
        worst=found.worst,
    )


def _shown(scored: Scored | None) -> Estimate | None:
    return scored.estimate if scored and scored.rows >= LEAST_ROWS else None


def _ordered(made: list[Comparison]) -> tuple[Comparison, ...]:
    return tuple(sorted(made, key=lambda one: (WEIGHT[one.verdict], -one.gap)))


def _probes(panel_id: int, found: list[AreaWithResult], sites: dict[int, Words]) -> tuple[ProbeDifference, ...]:
    touchpoints = {place.touchpoint.id: place.touchpoint.name for place in found}
    asked = select(Standard).where(
        Standard.kind == "probe", Standard.retired_at.is_(None), Standard.touchpoint_id.in_(list(touchpoints))
    )
    made = []
    for probe in db.session.scalars(asked).all():
        areas = {p.area.id: p.area.channel for p in found if p.touchpoint.id == probe.touchpoint_id}
        answers = _answers(panel_id, list(areas), f"standard:{probe.key}")
        for kind, of_row, names in (
            ("channel", lambda area, _site, areas=areas: areas[area], {**CHANNELS}),
            ("site", lambda _area, site: str(site), {str(id): name for id, name in sites.items()}),
        ):
            shares: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
            for (area, site), (right, total) in answers.items():
                side = of_row(area, site)
                shares[side] = shares[side][0] + right, shares[side][1] + total
            apart = farthest_apart(
                {side: share for side, share in shares.items() if side in names or kind == "channel"}
            )
            if apart:
                best, best_share, worst, worst_share = apart
                sides = names.get(best, best), best_share, names.get(worst, worst), worst_share
                made.append(ProbeDifference(probe.text, touchpoints[probe.touchpoint_id], kind, *sides))
    return tuple(made)


def _answers(panel_id: int, areas: list[int], kind: str) -> dict[tuple[int, int], tuple[int, int]]:
    """(area, site) -> right answers and answers; not asked is no answer."""
    rows = db.session.execute(
        select(Tally.area_id, Tally.site_id, Tally.key, func.sum(Tally.n))
        .where(Tally.panel_id == panel_id, Tally.area_id.in_(areas), Tally.kind == kind)
        .where(Tally.key.in_(("met", "not_met")))
        .group_by(Tally.area_id, Tally.site_id, Tally.key)
    )
    found: dict[tuple[int, int], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for area, site, key, n in rows:
        right, total = found[area, site]
        found[area, site] = right + (int(n) if key == "met" else 0), total + int(n)
    return found
