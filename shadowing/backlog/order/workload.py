"""Where the work goes, beside where it is missing: days and shortfall by level of the pyramid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select

from shadowing.backlog.brief import Brief
from shadowing.backlog.order.figures import LevelLoad, Workload
from shadowing.backlog.priority import effort_of
from shadowing.core.database import db
from shadowing.core.vocabulary import LEVELS, Level
from shadowing.journeys.models import Area, Journey, Touchpoint
from shadowing.scoring.filter import Asked
from shadowing.scoring.models import ALL, AreaScore
from shadowing.scoring.statistics.verdicts import UNDERPERFORMING
from shadowing.visits.models.totals import Panel
from shadowing.visits.tallies import LIVE

#: Work that was decided and is not finished.
PLANNED = ("accepted", "in_progress", "reopened")


def workload(items: Sequence[Brief], asked: Asked, journey: Journey | None) -> Workload:
    """Of these items, beside what is short in the areas that the same filter selects."""
    short = _short(asked, journey)
    levels = []
    for level in LEVELS:
        planned = [item for item in items if item.level == level and item.state in PLANNED]
        proposed = [item for item in items if item.level == level and item.state == "proposed"]
        areas, points = short[level]
        levels.append(LevelLoad(level, _days(planned), _days(proposed), areas, points))
    guessed = any(item.effort_days is None for item in items if item.state in (*PLANNED, "proposed"))
    return Workload(tuple(levels), guessed)


def _days(items: Sequence[Brief]) -> float:
    return sum(effort_of(item.effort_days, item.effort)[0] for item in items)


def _short(asked: Asked, journey: Journey | None) -> dict[Level, tuple[int, float]]:
    """level -> areas underperforming there, and the points of 0-100 that they miss together."""
    query = (
        select(AreaScore.level, func.count(), func.sum(AreaScore.shortfall))
        .join(Area, (Area.id == AreaScore.area_id) & (Area.epoch == AreaScore.epoch))
        .join(Touchpoint, Touchpoint.id == Area.touchpoint_id)
        .join(Journey, Journey.id == Touchpoint.journey_id)
        .join(Panel, Panel.id == AreaScore.panel_id)
        .where(AreaScore.scope == ALL, AreaScore.verdict == UNDERPERFORMING, Journey.archived_at.is_(None))
        .group_by(AreaScore.level)
    )
    query = query.where(Panel.kind == LIVE) if journey is None else query.where(Touchpoint.journey_id == journey.id)
    if asked.channel:
        query = query.where(Area.channel == asked.channel)
    if asked.stage:
        query = query.where(Touchpoint.stage == asked.stage)
    found: dict[Level, tuple[int, float]] = defaultdict(lambda: (0, 0.0))
    for level, areas, points in db.session.execute(query):
        found[level] = (int(areas), 25 * float(points))
    return found
