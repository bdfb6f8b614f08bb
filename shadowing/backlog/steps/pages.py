"""From the steps of plans to the checklist of one, and to what all of them take by month."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import date

from sqlalchemy import func, select

from shadowing.backlog.access import is_theirs, may_plan
from shadowing.backlog.models import OPEN_STATES, Improvement, ImprovementStep
from shadowing.backlog.steps.figures import Budget, Checklist, MonthOfWork, PlanStep
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.people.accounts import organisation
from shadowing.people.reader import Reader
from shadowing.people.zones import home_zone

#: So many months ahead are told.
MONTHS = 3


def checklist_of(item: Improvement, reader: Reader) -> Checklist:
    today = clock.today(home_zone())
    steps = tuple(step_figure(step, reader, today) for step in item.plan_steps)
    return Checklist(steps, item.effort_days, item.cost, may_plan(reader, item.owner_id))


def budget(reader: Reader) -> Budget:
    """By month what is still to be done; a step without a day of its own is due with its improvement."""
    home, today = organisation(), clock.today(home_zone())
    due = func.coalesce(ImprovementStep.due_on, Improvement.due_on)
    query = (
        select(due, func.sum(ImprovementStep.days), func.sum(ImprovementStep.cost))
        .join(Improvement, Improvement.id == ImprovementStep.improvement_id)
        .where(
            Improvement.state.in_(OPEN_STATES),
            ImprovementStep.removed_at.is_(None),
            ImprovementStep.done_at.is_(None),
        )
        .group_by(due)
    )
    this_month, undated = month_end(today), 0.0
    months: dict[date, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for day, days, money in db.session.execute(query):
        if day is None:
            undated += days or 0
            continue
        month = max(month_end(day), this_month)
        so_far = months[month]
        months[month] = so_far[0] + (days or 0), so_far[1] + (money or 0)
    told = [MonthOfWork(last, *months[last], first=last == this_month) for last in sorted(months)]
    work = tuple(month for month in told if month.days or month.money)[:MONTHS]
    return Budget(home.month_days, home.month_money, work, undated, reader.leads)


def month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def step_figure(step: ImprovementStep, reader: Reader, today: date) -> PlanStep:
    return PlanStep(
        id=step.id,
        revision=step.revision,
        what=step.what,
        owner_id=step.owner_id,
        owner=step.owner.name if step.owner else None,
        due_on=step.due_on,
        overdue=step.done_at is None and step.due_on is not None and step.due_on < today,
        days=step.days,
        cost=step.cost,
        done_at=step.done_at,
        done_by=step.done_by.name if step.done_by else None,
        mine=is_theirs(reader, step.owner_id),
        training=step.training is not None,
    )
