"""From kept-up results to the figures of the page about one area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from shadowing.areas.beside import counted
from shadowing.areas.explanation.steps import steps_of
from shadowing.areas.figures import AreaPage, Beside, LevelFigures, StandardRow
from shadowing.areas.observations import PARTS, how_many_rated, last_seen_on, low_ratings, newest_words
from shadowing.areas.rows import row_of
from shadowing.areas.site_rows import all_linked, site_rows
from shadowing.core import clock
from shadowing.core.database import canonical, db
from shadowing.core.formatting import display_score
from shadowing.core.vocabulary import LEVELS, RATINGS, Level, Words
from shadowing.coverage.pages import known_scenarios
from shadowing.coverage.suggesting import row_variance
from shadowing.journeys.models import Standard
from shadowing.people.reader import Reader
from shadowing.people.zones import zone_for
from shadowing.scoring.asked_areas import applicable, area_with_levels
from shadowing.scoring.filter import Asked, read
from shadowing.scoring.filter_bar import FilterOffer, filters_of
from shadowing.scoring.kept import KeptGap, nothing_kept
from shadowing.scoring.models import ALL, KeptScore, PanelFit
from shadowing.scoring.part_rows import tallies_of_part
from shadowing.scoring.periods import period_state
from shadowing.scoring.queries import AreaWithResult, area_or_404, journey_result, panel_of_journey, tallies
from shadowing.scoring.shapes import Estimate, Filter
from shadowing.scoring.statistics.grade import grade, is_fresh
from shadowing.scoring.statistics.pyramid import LevelFinding, check_the_base_first, waiting_on_the_base
from shadowing.scoring.statistics.verdicts import NOT_ENOUGH, WATCH
from shadowing.scoring.statistics.visits_that_decide import Deciding, visits_that_decide
from shadowing.visits.window import first_day

LONG_AGO = 10_000


def area_page(area_id: int, wanted: Mapping[str, str], reader: Reader) -> AreaPage:
    """/areas/<id> under the filter. Raises not_found or invalid."""
    now, found = clock.now(), area_or_404(area_id)
    asked = applicable(read(wanted, reader), found.touchpoint.journey)
    panel_id = panel_of_journey(found.touchpoint.journey)
    if state := period_state(panel_id, asked):
        return _without_period(panel_id, found, asked, reader, state)
    place, levels = area_with_levels(found, asked, now)
    scores = levels.get(area_id, {})
    said = said_at(panel_id, place, asked, reader, now)
    findings = {level: LevelFinding(s.verdict, s.p_below, s.shortfall) for level, s in scores.items()}
    result, row = place.result, row_of(place)
    sites = site_rows(panel_id, area_id, row, reader) if asked.everything else ()
    age = (now - result.last_at).days if result and result.last_at else LONG_AGO
    return AreaPage(
        area=row,
        levels=tuple(_level(level, scores.get(level), said.get(level, {})) for level in LEVELS),
        observations=result.rows if result else 0,
        sites=sites,
        sites_linked=all_linked(place.touchpoint.journey, panel_id, sites, now),
        beside=_beside(panel_id, place, said, asked, reader),
        seen=newest_words(place, asked, reader),
        to_read=how_many_rated(place, asked, reader),
        grade=grade(result.rows, result.observers, result.days, age) if result and asked.kept_up else None,
        last_on=last_seen_on(place),
        fresh=is_fresh(result.visits, age) if result else False,
        waiting_on_base=waiting_on_the_base(findings),
        check_base_first=check_the_base_first(findings),
        imported=place.touchpoint.journey.origin == "import",
        filters=_filters(panel_id, place, asked, reader, now),
        deciding=_deciding(panel_id, place, scores, age) if asked.everything else None,
        journey_id=place.touchpoint.journey_id,
        touchpoint_id=place.touchpoint.id,
        part=_part(asked),
    )


def _without_period(panel_id: int, found: AreaWithResult, asked: Asked, reader: Reader, state: str) -> AreaPage:
    """Until the fit of a period outside the window is there."""
    return AreaPage(
        area=row_of(replace(found, result=None)),
        levels=(),
        observations=0,
        filters=_filters(panel_id, found, asked, reader, clock.now()),
        journey_id=found.touchpoint.journey_id,
        period=state,
        since=asked.day,
    )


def _part(asked: Asked) -> str:
    if not asked.fitted:
        return "part"
    return "all" if asked.site_id is None else "site"


def _deciding(panel_id: int, place: AreaWithResult, scores: Mapping[Level, KeptScore], age: int) -> Deciding | None:
    """Only of what is on watch: the rest is decided, or nobody knows enough to say."""
    result = place.result
    score = scores.get(result.shown_level) if result and result.shown_level else None
    if result is None or score is None or result.verdict != WATCH or result.reshadowing:
        return None
    fit = db.session.get(PanelFit, (panel_id, ALL, score.level))
    return visits_that_decide(score.score, score.se, score.target, row_variance(fit), age)


def said_at(
    panel_id: int, place: AreaWithResult, asked: Asked, reader: Reader, now: datetime
) -> Mapping[str, Mapping[str, int]]:
    """kind -> key -> how often, within the window and as the filter asks."""
    sites = reader.sites if asked.site_id is None else frozenset({asked.site_id})
    if not asked.kept_up:
        return tallies_of_part(panel_id, place.area.id, asked, sites, now)
    imported = place.touchpoint.journey.origin == "import"
    since = "" if imported else first_day(now, zone_for(reader, asked.site_id))
    return tallies(panel_id, place.area.id, sites, since)


def _filters(panel_id: int, place: AreaWithResult, asked: Asked, reader: Reader, now: datetime) -> tuple[Filter, ...]:
    journey = place.touchpoint.journey
    if journey.origin == "import":
        return ()
    offer = FilterOffer((), journey, scenarios=known_scenarios(panel_id, journey))
    return filters_of(PARTS, offer, asked, reader, now)


def _beside(panel_id: int, place: AreaWithResult, said: counted.Said, asked: Asked, reader: Reader) -> Beside:
    known = db.session.scalars(select(Standard).where(Standard.touchpoint_id == place.touchpoint.id)).all()
    answered, limit = counted.standards(known, said), place.touchpoint.longest_wait_seconds
    return Beside(
        standards=answered,
        factors=counted.factors(said, *low_ratings(place, asked, reader)),
        reasons=counted.reasons(said),
        clocks=counted.clocks(said, limit),
        limit=limit,
        handovers=counted.hand_overs(said),
        expectation=counted.expectation(_gap(panel_id, place)) if asked.everything else None,
        unchecked=_unchecked(known, answered),
    )


def _gap(panel_id: int, place: AreaWithResult) -> KeptGap | None:
    kept = journey_result(place.touchpoint.journey, panel_id)
    return (kept.figures if kept else nothing_kept()).get("expectations", {}).get(str(place.area.id))


def _unchecked(known: Sequence[Standard], answered: Sequence[StandardRow]) -> tuple[Words, ...]:
    told = {canonical(row.text) for row in answered}
    return tuple(standard.text for standard in known if canonical(standard.text) not in told)


def _level(level: Level, score: KeptScore | None, counts: Mapping[str, int]) -> LevelFigures:
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
