"""Which journeys coverage and plans speak of."""

from __future__ import annotations

from collections.abc import Mapping

from shadowing.journeys.models import Journey
from shadowing.scoring.queries import choose_journey, journeys_by_visits


def journeys_to_plan() -> list[Journey]:
    """Journeys that can be walked, the one with most visits first; imported answers cannot be."""
    return [journey for journey, _visits in journeys_by_visits() if journey.origin != "import" and journey.version]


def journey_of(wanted: Mapping[str, str], remembered: str | None = None) -> Journey | None:
    """The one asked for, remembered, or most visited. Raises not_found for one that is asked for and unknown."""
    return choose_journey(journeys_to_plan(), wanted.get("journey"), remembered)
