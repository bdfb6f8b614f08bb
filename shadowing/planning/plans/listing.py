"""Plans of some days, and what their readers may see of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from shadowing.core.database import db
from shadowing.people.models import Person
from shadowing.people.reader import reader_of
from shadowing.planning.plans.changing import seen_by
from shadowing.visits.models.plan import Plan
from shadowing.visits.planning import plan_document, started_plans

MOST = 500


def plans_between(
    person: Person, start: datetime, until: datetime, journey_id: int | None = None, most: int = MOST
) -> Sequence[Plan]:
    """Leads see those of their own sites, everybody their own and open slots; earliest first, at most `most`."""
    query = (
        select(Plan)
        .options(joinedload(Plan.observer), joinedload(Plan.companion), joinedload(Plan.site))
        .where(Plan.starts_at >= start, Plan.starts_at < until)
    )
    if journey_id is not None:
        query = query.where(Plan.journey_id == journey_id)
    mine = or_(Plan.observer_id == person.id, Plan.observer_id.is_(None))
    visible = or_(mine, reader_of(person).at_sites(Plan.site_id)) if person.leads else mine
    return db.session.scalars(query.where(visible).order_by(Plan.starts_at, Plan.id).limit(most)).all()


def listed_plans(plans: Sequence[Plan], person: Person, now: datetime) -> list[dict[str, Any]]:
    """Documents in the same order, each as this reader may see it."""
    states = started_plans([plan.id for plan in plans])
    return [seen_by(plan_document(plan, states.get(plan.id), now), plan, person) for plan in plans]
