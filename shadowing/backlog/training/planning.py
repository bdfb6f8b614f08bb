"""A training is planned or changed: a step of the plan with what it should lift. The caller commits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from shadowing.backlog.models import Improvement, ImprovementStep, KeptTraining
from shadowing.backlog.steps.checklist import add_step, save_step, tick
from shadowing.backlog.steps.schemas import StepChange
from shadowing.core import clock
from shadowing.core.clock import parse_day
from shadowing.core.database import db
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.journeys.models import Standard
from shadowing.people.models import Department, Person
from shadowing.people.zones import home_zone


@dataclass(frozen=True)
class Chosen:
    """As it was sent: ids of departments, keys of standards, and the day on which it was held."""

    departments: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    held_on: str = ""


def plan_training(
    item: Improvement, wanted: StepChange, chosen: Chosen, person: Person, now: datetime
) -> ImprovementStep:
    """At the end of the plan. Raises Problem invalid."""
    return add_step(item, wanted, person, now, _checked(item, chosen, None, now))


def change_training(
    item: Improvement, step: ImprovementStep, wanted: StepChange, chosen: Chosen, person: Person, now: datetime
) -> None:
    """Whoever says on which day it was held says that it was. Raises Problem invalid."""
    step.training = _checked(item, chosen, step.training, now)
    save_step(item, step, wanted, person, now)
    if step.training["held_on"]:
        tick(item, step, True, person, now)


def offered_standards(item: Improvement, kept: KeptTraining | None = None) -> list[Standard]:
    """Of its touchpoint: those in force, and retired ones that a training chose while they were."""
    chosen = kept["standards"] if kept else ()
    known = select(Standard).where(Standard.touchpoint_id == item.area.touchpoint_id).order_by(Standard.key)
    return [each for each in db.session.scalars(known) if each.retired_at is None or each.key in chosen]


def offered_departments(kept: KeptTraining | None = None) -> list[Department]:
    """Those that are open, and closed ones that a training chose while they were."""
    chosen = kept["departments"] if kept else ()
    known = db.session.scalars(select(Department).order_by(Department.id))
    return [each for each in known if each.closed_at is None or each.id in chosen]


def _checked(item: Improvement, chosen: Chosen, kept: KeptTraining | None, now: datetime) -> KeptTraining:
    standards = {each.key for each in offered_standards(item, kept)}
    if not chosen.standards or not standards.issuperset(chosen.standards):
        raise Problem("invalid", [("standards", _("Choose at least one standard that it should lift."))])
    departments = {each.id for each in offered_departments(kept)}
    wanted = [our_id(said) or 0 for said in chosen.departments]
    if not departments.issuperset(wanted):
        raise Problem("invalid", [("departments", _("Choose departments of the list."))])
    held = _day(chosen.held_on, now)
    return {
        "departments": sorted(set(wanted)),
        "standards": list(dict.fromkeys(chosen.standards)),
        "held_on": held.isoformat() if held else None,
    }


def _day(said: str, now: datetime) -> date | None:
    """Raises Problem invalid for what is no day, or lies ahead."""
    if not said:
        return None
    try:
        day = parse_day(said)
    except ValueError as error:
        raise Problem("invalid", [("held_on", _("Choose a day."))]) from error
    if day > clock.day_at(now, home_zone()):
        raise Problem("invalid", [("held_on", _("The day it was held cannot be in the future."))])
    return day
