"""Plans and their states: started and done follow from the visit, missed from the clock (DECISIONS 15a)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from shadowing.core.database import db
from shadowing.journeys.models import Area
from shadowing.visits.models.plan import Plan
from shadowing.visits.models.visit import Visit

MISSED_AFTER = timedelta(hours=48)


def verifying_plans(area: Area, since: datetime) -> list[Plan]:
    """Plans to look again at an area since a fix went live there, whatever became of them; earliest first."""
    rows = db.session.scalars(
        select(Plan)
        .where(
            Plan.kind == "verify",
            Plan.journey_id == area.touchpoint.journey_id,
            Plan.channel == area.channel,
            Plan.starts_at >= since,
        )
        .order_by(Plan.starts_at, Plan.id)
    )
    return [plan for plan in rows if str(area.touchpoint_id) in (plan.touchpoint_ids or ())]


def plan_state(plan: Plan, visit_status: str | None, now: datetime) -> str:
    """visit_status: of the visit that follows the plan, None when there is none."""
    if visit_status is not None:
        return "done" if visit_status in ("done", "abandoned") else "started"
    if plan.cancelled_at:
        return "cancelled"
    if plan.declined_at:
        return "declined"
    return "missed" if now > plan.starts_at + MISSED_AFTER else "planned"


def started_plans(plan_ids: list[int]) -> dict[int, str]:
    """Status of the furthest visit of each plan that has one."""
    rows = db.session.execute(
        select(Visit.plan_id, Visit.status).where(Visit.plan_id.in_(plan_ids), Visit.deleted_at.is_(None))
    )
    found: dict[int, str] = {}
    for plan_id, status in rows:
        if plan_id is not None and found.get(plan_id) != "done":
            found[plan_id] = status
    return found


def plan_document(plan: Plan, visit_status: str | None, now: datetime) -> dict[str, Any]:
    """A plan as phones and integrations read it."""
    return {
        "id": str(plan.id),
        "revision": plan.revision,
        "journey_id": str(plan.journey_id),
        "touchpoint_ids": plan.touchpoint_ids,
        "channel": plan.channel,
        "site_id": str(plan.site_id),
        "persona_id": str(plan.persona_id) if plan.persona_id else None,
        "scenario": plan.scenario,
        "mode": plan.mode,
        "starts_at": plan.starts_at.isoformat(),
        "observer_id": str(plan.observer_id) if plan.observer_id else None,
        "kind": plan.kind,
        "customer_label": plan.customer_label,
        "note": plan.note,
        "companion_id": str(plan.companion_id) if plan.companion_id else None,
        "encounter_id": str(plan.encounter_id) if plan.encounter_id else None,
        "series": str(plan.series) if plan.series else None,
        "declined_reason": plan.declined_reason,
        "state": plan_state(plan, visit_status, now),
    }
