"""How a customer is called on a visit and its plan: for a while, and not at all for whoever declined (DECISIONS 6)."""

from __future__ import annotations

from typing import cast

from sqlalchemy import select, update

from shadowing.core.database import db
from shadowing.visits.models.bodies import VisitBody
from shadowing.visits.models.plan import Plan
from shadowing.visits.models.visit import Revision, Visit


def forget_label(visit: Visit) -> None:
    """The label leaves the visit and every version of it."""
    visit.customer_label = None
    visit.body = None if visit.body is None else without_label(visit.body)
    for revision in db.session.scalars(select(Revision).where(Revision.record_id == visit.id)):
        revision.body = without_label(cast("VisitBody", revision.body))


def forget_planned_label(visit: Visit) -> None:
    """The label leaves the plan that the visit followed."""
    if visit.plan_id:
        db.session.execute(update(Plan).where(Plan.id == visit.plan_id).values(customer_label=None))


def without_label(body: VisitBody) -> VisitBody:
    kept = body.copy()
    kept.pop("customer_label", None)
    return kept
