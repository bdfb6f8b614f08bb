"""Whom work can be given to, and how much nobody has."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import func, select

from shadowing.backlog.models import OPEN_STATES, Improvement
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.journeys.models import Area, Touchpoint
from shadowing.people.models import Person
from shadowing.people.zones import home_zone
from shadowing.scoring.shapes import Choice


def owner_choices(chosen: int | None = None) -> tuple[Choice, ...]:
    """Everybody who has not left, by name."""
    people = db.session.scalars(select(Person).where(Person.left_at.is_(None)).order_by(Person.name))
    return tuple(Choice(str(person.id), person.name, person.id == chosen) for person in people)


def active_person(said: str | None, path: str) -> int | None:
    """The id of who is meant; nobody for nothing. Raises Problem invalid at `path`."""
    if not said:
        return None
    id = our_id(said)
    person = None if id is None else db.session.get(Person, id)
    if person is None or not person.is_active:
        raise Problem("invalid", [(path, _("No member of staff has this id."))])
    return person.id


def open_without_owner(journey_id: int) -> int:
    """The number of `BacklogPage.unowned` of one journey, where nothing else of the page is wanted."""
    asleep = (Improvement.state == "proposed") & (Improvement.snoozed_until > clock.today(home_zone()))
    query = (
        select(func.count())
        .select_from(Improvement)
        .join(Area, Area.id == Improvement.area_id)
        .join(Touchpoint)
        .where(Touchpoint.journey_id == journey_id, Improvement.state.in_(OPEN_STATES), Improvement.owner_id.is_(None))
        .where(Improvement.snoozed_until.is_(None) | ~asleep)
    )
    return db.session.scalar(query) or 0
