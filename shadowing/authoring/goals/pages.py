"""What /goals shows: kept-up counts and the targets with their origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlalchemy import func, select

from shadowing.authoring.goals.benchmark import benchmarks
from shadowing.authoring.goals.models import Goal
from shadowing.authoring.goals.rules import Line, Progress, line, period_start, progress
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.vocabulary import Level, Words
from shadowing.journeys.defaults import inherited_by, own_defaults
from shadowing.journeys.inheriting import Inherited, own_levels, shown
from shadowing.journeys.models import Journey, Touchpoint
from shadowing.people.models import Department, Person
from shadowing.people.zones import home_zone
from shadowing.scoring.models import ALL, Benchmark, JourneyResult
from shadowing.visits.models.totals import Panel
from shadowing.visits.models.visit import Visit


@dataclass(frozen=True)
class OwnTarget:
    """A touchpoint with targets of its own, by level as shown."""

    key: str
    name: Words
    targets: dict[str, int]


@dataclass(frozen=True)
class JourneyGoals:
    """given: levels -> its own default as shown; above: what applies; following: touchpoints without own targets."""

    id: int
    name: Words
    given: dict[str, int]
    above: dict[Level, Inherited]
    own: tuple[OwnTarget, ...]
    following: int
    line: Line
    benchmark: Benchmark | None


@dataclass(frozen=True)
class GoalsPage:
    """organisation: its defaults as shown; departments: id -> name."""

    goal: Goal
    organisation: dict[str, int]
    standard: dict[Level, Inherited]
    journeys: tuple[JourneyGoals, ...]
    progress: tuple[Progress, ...]
    departments: dict[int, Words]
    since: datetime


def the_goal() -> Goal:
    """As set, or as it holds until somebody sets it."""
    return db.session.get(Goal, 1) or Goal(id=1, satisfied=0.90, visits=1, period="quarter")


def goals_page() -> GoalsPage:
    goal = the_goal()
    since = _since(goal.period)
    defaults = own_defaults()
    against = benchmarks()
    journeys = db.session.scalars(
        select(Journey).where(Journey.archived_at.is_(None), Journey.origin != "import").order_by(Journey.id)
    ).all()
    return GoalsPage(
        goal=goal,
        organisation={level: shown(value) for level, value in defaults.get(0, {}).items()},
        standard=inherited_by(0, {}),
        journeys=tuple(_journey(journey, defaults, goal, against.get(journey.id)) for journey in journeys),
        progress=tuple(_progress(goal, since)),
        departments={each.id: each.name for each in db.session.scalars(select(Department))},
        since=since,
    )


def _journey(
    journey: Journey, defaults: Mapping[int, Mapping[Level, float]], goal: Goal, benchmark: Benchmark | None
) -> JourneyGoals:
    above = inherited_by(journey.id, defaults)
    places = [place for place in journey.touchpoints if place.removed_at is None]
    own = []
    for place in places:
        levels = own_levels(place.targets_by_level, above)
        if levels:
            own.append(OwnTarget(place.key, place.name, {level: shown(place.target(level)) for level in levels}))
    return JourneyGoals(
        id=journey.id,
        name=journey.name,
        given={level: shown(value) for level, value in defaults.get(journey.id, {}).items()},
        above=above,
        own=tuple(own),
        following=len(places) - len(own),
        line=_line(journey, places, goal),
        benchmark=benchmark,
    )


def _line(journey: Journey, places: list[Touchpoint], goal: Goal) -> Line:
    """Customers a month: the middle of what was measured at the core."""
    kept = db.session.scalar(
        select(JourneyResult)
        .join(Panel, Panel.id == JourneyResult.panel_id)
        .where(JourneyResult.journey_id == journey.id, JourneyResult.scope == ALL, Panel.kind == "live")
    )
    answers = kept.figures["visits"]["satisfaction"] if kept else {}
    volumes = [place.volume for place in places if place.stage == "core" and place.volume]
    volume = round(median(volumes)) if volumes else None
    return line(answers.get("4", 0) + answers.get("5", 0), sum(answers.values()), volume, goal.satisfied)


def _since(period: str) -> datetime:
    zone = home_zone()
    return clock.day_begins(period_start(clock.today(zone), period), zone)


def _progress(goal: Goal, since: datetime) -> list[Progress]:
    people = {
        id: department
        for id, department in db.session.execute(
            select(Person.id, Person.department_id).where(Person.left_at.is_(None))
        )
    }
    counted = (
        select(Visit.person_id, func.count())
        .where(
            Visit.person_id.is_not(None),
            Visit.import_id.is_(None),
            Visit.started_at >= since,
            Visit.counts,
        )
        .group_by(Visit.person_id)
    )
    visits = {id: n for id, n in db.session.execute(counted) if id is not None}
    return sorted(progress(people, visits, goal.visits), key=lambda row: (row.department is None, row.department or 0))
