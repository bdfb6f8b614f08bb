"""From kept-up results to the executive page's figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select

from shadowing.areas.heat_map import heat_map, pyramid_of
from shadowing.areas.rows import row_of
from shadowing.backlog.models import OPEN_STATES, Improvement
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.i18n import words
from shadowing.coverage.figures import Matrix
from shadowing.coverage.pages import coverage_of
from shadowing.journeys.models import Journey
from shadowing.people.accounts import organisation
from shadowing.people.models import Department as DepartmentRow
from shadowing.people.models import Person
from shadowing.people.reader import Reader
from shadowing.people.zones import zones
from shadowing.planning.participation.figures import FEWEST_PEOPLE
from shadowing.scoring.filter import Asked
from shadowing.scoring.filter_bar import FilterOffer, filters_of
from shadowing.scoring.kept import KeptAnswers, KeptFeeling, KeptIndex, nothing_kept
from shadowing.scoring.queries import (
    AreaWithResult,
    choose_journey,
    journey_result,
    journeys_by_visits,
    panel_of_journey,
    places,
)
from shadowing.scoring.shapes import AreaRow
from shadowing.scoring.statistics.proportions import Share, wilson
from shadowing.summary.blindspots import blind_spots
from shadowing.summary.figures import DepartmentVisits, EmotionPoint, IndexFigures, Summary, Unknown, Voice
from shadowing.summary.lately import changes_lately, proofs
from shadowing.summary.questions.pages import week_of
from shadowing.summary.trend.pages import over_time
from shadowing.visits.models.totals import Panel
from shadowing.visits.models.visit import Observation, Visit

FURTHEST = 5
VOICES = 3


def summary_page(wanted: Mapping[str, str], remembered: str | None, reader: Reader) -> Summary:
    """/summary of the journey asked for, remembered, or most visited. Raises not_found for one that is not there."""
    journeys = [journey for journey, n in journeys_by_visits()]
    journey = choose_journey(journeys, wanted.get("journey"), remembered)
    if journey is None:
        return Summary(words(organisation().name), None, None, None, 0, 0, 0, 0, 0)
    return _summary(journeys, journey, panel_of_journey(journey), reader)


def _summary(journeys: list[Journey], journey: Journey, panel_id: int, reader: Reader) -> Summary:
    kept, found = journey_result(journey, panel_id), places(journey, panel_id)
    figures = kept.figures if kept else nothing_kept()
    home, visits = organisation(), figures["visits"]
    rows, offered = [row_of(p) for p in found], [row_of(p) for p in found if p.area.offered]
    coverage = coverage_of(journey, Asked(), None, clock.now(), reader)
    emotions = _emotions(found, figures["emotions"])
    imported = journey.origin == "import"
    return Summary(
        organisation=words(home.name),
        journey=journey.name,
        journey_id=journey.id,
        rows=figures["rows"],
        **_walked(visits),
        areas_offered=coverage.matrix.areas,
        areas_seen=coverage.matrix.areas_seen,
        **_answers(visits),
        index=_index(figures["index"]),
        over_time=over_time(journey, panel_id, figures),
        heat=heat_map(offered, figures["cells"]),
        coverage=coverage,
        pyramid=pyramid_of(kept),
        furthest=_furthest(rows),
        failing=sum(row.verdict == "underperforming" for row in rows),
        emotions=emotions,
        emotion_visits=max((point.rows for point in emotions), default=0),
        changes=() if imported else changes_lately(panel_id, found, clock.now()),
        proofs=proofs(panel_id, found),
        departments=() if imported else _departments(visits["departments"]),
        departments_invited=_departments_invited(),
        voices=() if imported else _voices(panel_id, journey, reader),
        open_improvements=_open(panel_id),
        unknown=_unknown(rows, coverage.matrix, visits, imported, _undated(panel_id)),
        filters=filters_of(("journey",), FilterOffer(journeys, journey), Asked(), reader, clock.now()),
        imported=imported,
        undated=_undated(panel_id),
        week=week_of(journey, reader, clock.now()),
    )


def _walked(visits: KeptAnswers) -> dict[str, Any]:
    """How many visits, by how many, from which day to which."""
    span = {"since": _day(visits["first"]), "until": _day(visits["last"])}
    return {"visits": visits["n"], "observers": visits["observers"], **span}


def _unknown(
    rows: list[AreaRow], matrix: Matrix, visits: KeptAnswers, imported: bool, undated: bool
) -> tuple[Unknown, ...]:
    return blind_spots(
        [row for row in rows if row.rows],
        matrix,
        observers=visits["observers"],
        imported=imported,
        undated=undated,
        early_visits=None if imported else (visits["before_two"], visits["n"]),
    )


def _answers(visits: KeptAnswers) -> dict[str, Any]:
    return {
        "got": _share(visits["outcome"], {"yes"}),
        "satisfied": _share(visits["satisfaction"], {"4", "5"}),
        "come_again": _share(visits["come_again"], {"4", "5"}),
    }


def _share(answers: Mapping[str, int], good: set[str]) -> Share | None:
    total = sum(answers.values())
    return wilson(sum(n for answer, n in answers.items() if answer in good), total) if total else None


def _index(kept: KeptIndex | None) -> IndexFigures | None:
    if kept is None:
        return None
    return IndexFigures(
        value=kept["value"],
        low=kept["low"],
        high=kept["high"],
        band=kept["band"],
        covered=kept["covered"],
        provisional=kept["provisional"],
        rows=kept["rows"],
    )


def _furthest(rows: list[AreaRow]) -> tuple[AreaRow, ...]:
    """Underperforming ones first, then those to watch; each against its own target."""
    order = {"underperforming": 0, "watch": 1}
    judged = [row for row in rows if row.verdict in order]
    return tuple(sorted(judged, key=lambda row: (order[row.verdict], -row.distance, row.id))[:FURTHEST])


def _emotions(found: list[AreaWithResult], kept: Mapping[str, KeptFeeling]) -> tuple[EmotionPoint, ...]:
    points, seen = [], set()
    by_rows = sorted(found, key=lambda place: place.result.rows if place.result else 0)
    most_seen = {place.touchpoint.id: place.area.id for place in by_rows}
    for place in found:
        touchpoint = place.touchpoint
        if touchpoint.id in seen or touchpoint.removed_at:
            continue
        seen.add(touchpoint.id)
        known = kept.get(str(touchpoint.id))
        if known:
            figures = known["value"], known["low"], known["high"], known["n"]
            points.append(EmotionPoint(touchpoint.name, touchpoint.stage, *figures, most_seen[touchpoint.id]))
        else:
            points.append(EmotionPoint(touchpoint.name, touchpoint.stage))
    return tuple(points)


def _departments(visits: Mapping[str, int]) -> tuple[DepartmentVisits, ...]:
    """The most visits first; those too small to count after them."""
    here = select(Person.department_id, func.count()).where(Person.left_at.is_(None)).group_by(Person.department_id)
    people = {id: n for id, n in db.session.execute(here)}
    found = []
    for row in db.session.scalars(select(DepartmentRow).order_by(DepartmentRow.id)):
        seen = visits.get(str(row.id), 0)
        found.append(DepartmentVisits(row.name, seen if people.get(row.id, 0) >= FEWEST_PEOPLE else None, seen > 0))
    return tuple(sorted(found, key=lambda one: (-(one.visits or 0), not one.took_part)))


def _departments_invited() -> int:
    invited = select(func.count(Person.department_id.distinct())).where(Person.left_at.is_(None))
    return db.session.scalar(invited) or 0


def _voices(panel_id: int, journey: Journey, reader: Reader) -> tuple[Voice, ...]:
    """The newest words of customers who agreed; never with a name."""
    rows = db.session.execute(
        select(Observation, Visit)
        .join(Visit, Visit.id == Observation.visit_id)
        .where(
            Observation.panel_id == panel_id,
            Observation.scored.is_(True),
            Observation.quote.is_not(None),
            Visit.journey_id == journey.id,
            Visit.words_may_be_shown,
            reader.at_sites(Visit.site_id),
        )
        .order_by(Observation.observed_at.desc())
        .limit(VOICES)
    ).all()
    return tuple(
        Voice(
            words=observation.quote or "",
            where=observation.area.touchpoint.name if observation.area else None,
            on=clock.day_at(observation.observed_at, zones().at(visit.site_id)),
            area_id=observation.area_id,
        )
        for observation, visit in rows
    )


def _open(panel_id: int) -> int:
    query = select(func.count()).where(Improvement.panel_id == panel_id, Improvement.state.in_(OPEN_STATES))
    return db.session.scalar(query) or 0


def _undated(panel_id: int) -> bool:
    panel = db.session.get(Panel, panel_id)
    return panel is not None and panel.undated


def _day(said: str | None) -> date | None:
    return clock.written_day(said) if said else None
