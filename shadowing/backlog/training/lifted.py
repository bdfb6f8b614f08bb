"""How often standards were kept before a training and since: from the totals, as the area's page counts them."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import cast

from sqlalchemy import ColumnElement, and_, func, or_, select

from shadowing.backlog.models import Improvement, ImprovementStep, KeptTraining
from shadowing.backlog.training.days import days_before, days_since, held_on
from shadowing.backlog.training.figures import SideOfTraining, StandardLift
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.ids import our_id
from shadowing.journeys.models import Standard
from shadowing.people.reader import Reader
from shadowing.people.zones import home_zone
from shadowing.scoring.statistics.proportions import Share, wilson
from shadowing.visits.counted import address_of, counts_for, seen_on
from shadowing.visits.models.totals import Tally

ANSWERS = ("met", "not_met")
BEFORE, SINCE = "before", "since"


def held_day(step: ImprovementStep) -> date | None:
    """None for a training that is ahead."""
    return held_on(cast(KeptTraining, step.training), step.due_on, _day_of(step.done_at))


def lifts_of(item: Improvement, step: ImprovementStep, reader: Reader, today: date) -> tuple[StandardLift, ...]:
    """Of the standards that it should lift, at the improvement's area, from the sites of this reader."""
    held = held_day(step)
    counted = _counted(item, step, reader, held, today)
    return tuple(
        StandardLift(
            standard.text,
            _share(counted, standard.key, BEFORE),
            _share(counted, standard.key, SINCE) if held else None,
            _address(step, BEFORE, standard.key),
            _address(step, SINCE, standard.key),
        )
        for standard in standards_of(item, step)
    )


def standards_of(item: Improvement, step: ImprovementStep) -> list[Standard]:
    """In the order in which they were chosen; a retired one still has its figures."""
    keys = cast(KeptTraining, step.training)["standards"]
    known = select(Standard).where(Standard.touchpoint_id == item.area.touchpoint_id, Standard.key.in_(keys))
    return sorted(db.session.scalars(known), key=lambda standard: keys.index(standard.key))


def side_named(name: str, said: str, area_id: int) -> SideOfTraining | None:
    """What an address asks for: the step, and `before.` or `since.` with the standard. None for what is not there."""
    id, (side, _dot, key) = our_id(name), said.partition(".")
    step = db.session.get(ImprovementStep, id) if id is not None else None
    item = db.session.get(Improvement, step.improvement_id) if step is not None else None
    if step is None or item is None or step.training is None or item.area_id != area_id:
        return None
    standard = next((each for each in standards_of(item, step) if each.key == key), None)
    held = held_day(step)
    if standard is None or side not in (BEFORE, *((SINCE,) if held else ())):
        return None
    days = days_since(held) if held and side == SINCE else days_before(held, clock.today(home_zone()))
    return SideOfTraining(key, standard.text, step.what, side, held is not None, days)


def of_side(side: SideOfTraining) -> ColumnElement[bool]:
    """Whether an observation checked the standard on these days."""
    kind = f"standard:{side.key}"
    return and_(or_(*(counts_for(kind, answer) for answer in ANSWERS)), seen_on(side.days.first, side.days.last))


def _counted(
    item: Improvement, step: ImprovementStep, reader: Reader, held: date | None, today: date
) -> Counter[tuple[str, str, str]]:
    """(standard, side, answer) -> how often."""
    before, keys = days_before(held, today), cast(KeptTraining, step.training)["standards"]
    first = before.first.isoformat()
    query = (
        select(Tally.kind, Tally.key, Tally.day, func.sum(Tally.n))
        .where(
            Tally.panel_id == item.panel_id,
            Tally.area_id == item.area_id,
            Tally.kind.in_([f"standard:{key}" for key in keys]),
            Tally.key.in_(ANSWERS),
            Tally.day >= first,
            reader.at_sites(Tally.site_id),
        )
        .group_by(Tally.kind, Tally.key, Tally.day)
    )
    counted: Counter[tuple[str, str, str]] = Counter()
    for kind, answer, said, n in db.session.execute(query):
        day = date.fromisoformat(said)
        side = BEFORE if day in before else SINCE if held and day in days_since(held) else ""
        counted[kind.removeprefix("standard:"), side, answer] += int(n)
    return counted


def _share(counted: Counter[tuple[str, str, str]], key: str, side: str) -> Share:
    met, missed = (counted[key, side, answer] for answer in ANSWERS)
    return wilson(met, met + missed)


def _address(step: ImprovementStep, side: str, key: str) -> str:
    return address_of(f"training:{step.id}", f"{side}.{key}")


def _day_of(moment: datetime | None) -> date | None:
    return clock.day_at(moment, home_zone()) if moment else None
