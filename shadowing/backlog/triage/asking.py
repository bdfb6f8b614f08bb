"""Imported journeys raise no improvements until a lead asks (DECISIONS 40): which they are, and asking."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from shadowing.core.database import db
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import Words
from shadowing.journeys.models import Journey
from shadowing.people import audit
from shadowing.scoring.queries import panel_of_journey
from shadowing.visits.tallies import panel_changed


def silent_journeys(chosen: Journey | None) -> tuple[tuple[int, Words], ...]:
    """Id and name of those that wait to be asked about: the chosen one, or all of them."""
    query = select(Journey).where(
        Journey.origin == "import", Journey.archived_at.is_(None), Journey.improvements_asked_at.is_(None)
    )
    if chosen is not None:
        query = query.where(Journey.id == chosen.id)
    return tuple((journey.id, journey.name) for journey in db.session.scalars(query.order_by(Journey.id)))


def ask(journey_id: int, now: datetime) -> None:
    """From now on what is below target there is proposed, by the worker. Asking twice asks once. The caller commits.

    Raises not_found for a journey that was not imported.
    """
    journey = db.session.get(Journey, journey_id)
    if journey is None or journey.origin != "import" or journey.archived_at is not None:
        raise Problem("not_found")
    if journey.improvements_asked_at is not None:
        return
    journey.improvements_asked_at = now
    panel_changed(panel_of_journey(journey))
    audit.note("ask_for_improvements", "journey", journey.id)
