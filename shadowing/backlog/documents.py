"""An improvement as other programs read it: the API and webhooks."""

from __future__ import annotations

from typing import Any

from shadowing.backlog.models import Improvement, ImprovementStep, KeptTraining
from shadowing.journeys.models import Area


def document(item: Improvement) -> dict[str, Any]:
    """An improvement as integrations read it."""
    return {
        "id": str(item.id),
        "revision": item.revision,
        "area_id": str(item.area_id),
        "touchpoint": item.area.touchpoint.name,
        "channel": item.area.channel,
        "areas": [area_document(area) for area in item.areas],
        "level": item.level,
        "title": item.title,
        "titles": item.titles or {},
        "state": item.state,
        "raised_by": item.raised_by,
        "serious": item.serious,
        "owner": {"id": str(item.owner_id), "name": item.owner.name} if item.owner else None,
        "due": item.due_on.isoformat() if item.due_on else None,
        "effort": item.effort,
        "effort_days": item.effort_days,
        "cost": item.cost,
        "lenses": item.lenses,
        "plan": item.plan,
        "steps": [step_document(step) for step in item.plan_steps],
        "lens_reasons": item.lens_reasons,
        "origin": item.origin,
        "why": item.why,
        "snoozed_until": item.snoozed_until.isoformat() if item.snoozed_until else None,
        "merged_into": str(item.merged_into_id) if item.merged_into_id else None,
        "reason": item.declined_reason,
        "no_longer_flagged": item.no_longer_flagged,
        "raised_at": item.raised_at.isoformat(),
        "shipped_at": item.shipped_at.isoformat() if item.shipped_at else None,
        "before": item.before,
    }


def area_document(area: Area) -> dict[str, Any]:
    """One that an improvement covers; its own comes first."""
    return {"area_id": str(area.id), "touchpoint": area.touchpoint.name, "channel": area.channel}


def step_document(step: ImprovementStep) -> dict[str, Any]:
    """A step of the plan."""
    return {
        "id": str(step.id),
        "what": step.what,
        "owner": {"id": str(step.owner_id), "name": step.owner.name} if step.owner else None,
        "due": step.due_on.isoformat() if step.due_on else None,
        "days": step.days,
        "cost": step.cost,
        "done_at": step.done_at.isoformat() if step.done_at else None,
        "training": _training_document(step.training) if step.training else None,
    }


def _training_document(kept: KeptTraining) -> dict[str, Any]:
    """What makes a step a training; ids are text here as everywhere."""
    return {**kept, "departments": [str(id) for id in kept["departments"]]}
