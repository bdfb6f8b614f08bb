"""Numbers that came with a ready journey are assumptions, and say so until somebody confirms them (DECISIONS 39)."""

from __future__ import annotations

from datetime import datetime

from shadowing.core.database import db
from shadowing.journeys.models import Journey


def assumed(journey_id: int | None) -> bool:
    """Whether volumes, targets and importance of this journey are a pack's, and nobody has said that they are right."""
    journey = db.session.get(Journey, journey_id) if journey_id is not None else None
    return journey is not None and journey.origin == "pack" and journey.figures_confirmed_at is None


def confirm_figures(journey: Journey, person_id: int, now: datetime) -> None:
    """Somebody has looked at them. Callers commit."""
    journey.figures_confirmed_at, journey.figures_confirmed_by = now, person_id
