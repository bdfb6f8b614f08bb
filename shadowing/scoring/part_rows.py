"""Ratings of areas, told apart by who gave them and by whether persona, scenario and period are those asked for.

Summed by the database: what comes back has a line for each area, observer and answer, however many rows there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Select, and_, case, distinct, func, or_, select, type_coerce

from shadowing.core.database import db
from shadowing.core.vocabulary import LEVELS, Level
from shadowing.journeys.models import Area, AreaEpoch, Touchpoint
from shadowing.scoring.filter import Asked
from shadowing.scoring.fitting import UnitCounts
from shadowing.visits.models.totals import VisitPath
from shadowing.visits.models.visit import Observation, Visit
from shadowing.visits.window import window_start


@dataclass(frozen=True)
class PartRows:
    """Ratings of one area by one observer (`12`, or `12w` for the same person walking) that answer alike.

    answers: for each step of `steps_of`, in order, whether these rows are what is asked for; n, total: by level.
    """

    area_id: int
    observer: str
    answers: tuple[bool, ...]
    n: dict[Level, int]
    total: dict[Level, float]


def steps_of(asked: Asked) -> list[ColumnElement[bool]]:
    """What is asked of a row after its site, in the order of METHOD 1.8: persona, scenario, period."""
    steps: list[ColumnElement[bool]] = []
    if asked.persona_id is not None:
        steps.append(func.coalesce(VisitPath.persona_id, 0) == asked.persona_id)
    if asked.scenario is not None:
        steps.append(func.coalesce(VisitPath.scenario, "") == asked.scenario)
    if asked.since is not None and not asked.outside:
        steps.append(Observation.observed_at >= asked.since)
    return steps


def rows_by_part(panel_id: int, area_ids: Sequence[int], asked: Asked, now: datetime) -> list[PartRows]:
    """Of the present epochs within the window, at the site asked for."""
    answers = [case((step, 1), else_=0).label(f"answer{n}") for n, step in enumerate(steps_of(asked))]
    walked = case((Visit.mode == "walked", "w"), else_="").label("walked")
    whose = (Observation.area_id, Observation.person_id, walked, *answers)
    sums = [each for level in LEVELS for each in (func.count(_rating(level)), func.sum(_rating(level)))]
    found = db.session.execute(_present(_counted(panel_id, area_ids, asked, now, *whose, *sums)).group_by(*whose))
    return [_read(tuple(row), len(answers)) for row in found]


def counts_by_area(panel_id: int, area_ids: Sequence[int], asked: Asked, now: datetime) -> dict[int, UnitCounts]:
    """Area id -> how much was seen of the part that is asked for: rows, different customers, and when last."""
    columns = (
        Observation.area_id,
        func.count(),
        func.count(distinct(VisitPath.encounter)),
        type_coerce(func.max(Observation.observed_at), DateTime()),
    )
    rated = or_(*(_rating(level).is_not(None) for level in LEVELS))
    met = _present(_counted(panel_id, area_ids, asked, now, *columns)).where(*steps_of(asked), rated)
    return {
        area: UnitCounts(rows=n, visits=visits, last=last.replace(tzinfo=UTC).timestamp())
        for area, n, visits, last in db.session.execute(met.group_by(Observation.area_id))
    }


def customers_by_cell(panel_id: int, area_ids: Sequence[int], asked: Asked, now: datetime) -> dict[str, int]:
    """ "stage channel" -> how many different customers were met there, of the part that is asked for."""
    from_where = (Touchpoint.stage, Area.channel)
    met = _present(_counted(panel_id, area_ids, asked, now, *from_where, func.count(distinct(VisitPath.encounter))))
    met = met.join(Touchpoint, Touchpoint.id == Area.touchpoint_id).where(*steps_of(asked))
    return {f"{stage} {channel}": n for stage, channel, n in db.session.execute(met.group_by(*from_where))}


def tallies_of_part(
    panel_id: int, area_id: int, asked: Asked, site_ids: frozenset[int] | None, now: datetime
) -> dict[str, dict[str, int]]:
    """kind -> key -> how often in the part, of all epochs in the window, as `queries.tallies` and the list say it."""
    met = _counted(panel_id, [area_id], asked, now, Observation.counted).where(*steps_of(asked))
    if site_ids is not None:
        met = met.where(Observation.site_id.in_(site_ids))
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (counted,) in db.session.execute(met):
        for kind, key in counted["facts"] if counted else ():
            found[kind][key] += 1
    return found


def _counted(
    panel_id: int, area_ids: Sequence[int], asked: Asked, now: datetime, *columns: ColumnElement[Any] | Any
) -> Select[Any]:
    query = (
        select(*columns)
        .select_from(Observation)
        .join(VisitPath, VisitPath.visit_id == Observation.visit_id)
        .join(Visit, Visit.id == Observation.visit_id)
        .where(
            Observation.panel_id == panel_id,
            Observation.scored.is_(True),
            Observation.area_id.in_(area_ids),
            Observation.observed_at >= (asked.start(now) if asked.outside else window_start(now)),
        )
    )
    return query if asked.site_id is None else query.where(Observation.site_id == asked.site_id)


def _present(query: Select[Any]) -> Select[Any]:
    """Of the present epochs: what was seen before a fix enters no score of a part."""
    return (
        query.join(Area, Area.id == Observation.area_id)
        .outerjoin(AreaEpoch, and_(AreaEpoch.area_id == Area.id, AreaEpoch.number == Area.epoch))
        .where(or_(AreaEpoch.opened_at.is_(None), Observation.observed_at >= AreaEpoch.opened_at))
    )


def _rating(level: Level) -> Any:
    return getattr(Observation, level)


def _read(row: tuple[Any, ...], steps: int) -> PartRows:
    area_id, person_id, walked, *said = row
    sums = said[steps:]
    return PartRows(
        area_id=area_id,
        observer=f"{person_id or 0}{walked}",
        answers=tuple(bool(each) for each in said[:steps]),
        n={level: int(n) for level, n in zip(LEVELS, sums[::2], strict=True)},
        total={level: float(total or 0.0) for level, total in zip(LEVELS, sums[1::2], strict=True)},
    )
