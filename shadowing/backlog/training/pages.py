"""From plans and totals to what is told of trainings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import cast

from sqlalchemy import select

from shadowing.backlog.figures import UNFINISHED
from shadowing.backlog.models import OPEN_STATES, Improvement, ImprovementStep, KeptTraining
from shadowing.backlog.pages import of_areas
from shadowing.backlog.rows import Facts
from shadowing.backlog.steps.pages import step_figure
from shadowing.backlog.training.figures import PeopleHurt, PlannedTraining, TrainingOfItem, TrainingsPage
from shadowing.backlog.training.hurting import NOTED, where_people_hurt, where_people_hurt_anywhere
from shadowing.backlog.training.lifted import held_day, lifts_of
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.vocabulary import Words
from shadowing.journeys.models import Area
from shadowing.people.models import Department
from shadowing.people.reader import Reader
from shadowing.people.zones import home_zone
from shadowing.scoring.statistics.proportions import Share


def trainings_page(reader: Reader, now: datetime) -> TrainingsPage:
    """/improvements/training."""
    steps = _steps()
    shares = where_people_hurt_anywhere(reader, now)
    items = _items({step.improvement_id for step in steps}, set(shares))
    told = _Told(items, reader, now)
    trainings = [told.training(items[step.improvement_id], step) for step in steps]
    ahead = [each for each in trainings if each.held_on is None and each.item.state in OPEN_STATES]
    held = [each for each in trainings if each.held_on is not None]
    return TrainingsPage(
        told.hurting(shares, {(each.item.area_id) for each in ahead}),
        tuple(sorted(ahead, key=lambda each: (each.step.due_on or date.max, each.step.id))),
        tuple(sorted(held, key=lambda each: (each.held_on or date.min, each.step.id), reverse=True)),
    )


def training_of(item: Improvement, reader: Reader, now: datetime) -> TrainingOfItem:
    """On the page of the improvement."""
    told = _Told({item.id: item}, reader, now)
    trainings = tuple(told.training(item, step) for step in item.plan_steps if step.training)
    if item.state not in UNFINISHED or any(each.held_on is None for each in trainings):
        return TrainingOfItem(trainings)
    shares = where_people_hurt(item.panel_id, [item.area_id], reader, now)
    return TrainingOfItem(trainings, next(iter(told.hurting(shares, ())), None))


def _steps() -> list[ImprovementStep]:
    """Trainings that are in a plan; of what was merged the other one tells."""
    query = (
        select(ImprovementStep)
        .join(Improvement, Improvement.id == ImprovementStep.improvement_id)
        .where(
            ImprovementStep.training.is_not(None),
            ImprovementStep.removed_at.is_(None),
            Improvement.state != "merged",
        )
        .order_by(ImprovementStep.id)
    )
    return list(db.session.scalars(query))


def _items(ids: set[int], area_ids: set[int]) -> dict[int, Improvement]:
    """Those with trainings, and those under way where people hurt."""
    under_way = Improvement.area_id.in_(area_ids) & Improvement.state.in_(UNFINISHED)
    query = of_areas(select(Improvement).where(Improvement.id.in_(ids) | under_way)).order_by(Improvement.id)
    return {item.id: item for item in db.session.scalars(query)}


class _Told:
    """What is known of some improvements, read once."""

    def __init__(self, items: dict[int, Improvement], reader: Reader, now: datetime) -> None:
        self.reader, self.today = reader, clock.day_at(now, home_zone())
        facts = Facts(list(items.values()))
        self.rows = {id: facts.row(item) for id, item in items.items()}
        named = db.session.execute(select(Department.id, Department.name))
        self.departments: dict[int, Words] = {id: name for id, name in named}

    def training(self, item: Improvement, step: ImprovementStep) -> PlannedTraining:
        known = cast(KeptTraining, step.training)["departments"]
        return PlannedTraining(
            item=self.rows[item.id],
            step=step_figure(step, self.reader, self.today),
            departments=tuple(self.departments[id] for id in known if id in self.departments),
            standards=lifts_of(item, step, self.reader, self.today),
            held_on=held_day(step),
        )

    def hurting(self, shares: dict[int, Share], trained: Iterable[str]) -> tuple[PeopleHurt, ...]:
        """trained: areas for which a training is planned."""
        by_area, already = defaultdict(list), set(trained)
        for row in self.rows.values():
            if row.state in UNFINISHED:
                by_area[row.area_id].append(row)
        areas = {area.id: area for area in db.session.scalars(select(Area).where(Area.id.in_(shares)))}
        return tuple(
            PeopleHurt(
                str(id),
                areas[id].touchpoint.name,
                areas[id].channel,
                share,
                NOTED,
                tuple(by_area[str(id)]),
                str(id) in already,
            )
            for id, share in shares.items()
        )
