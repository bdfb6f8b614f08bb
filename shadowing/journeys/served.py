"""How the people a journey serves are called: as the organisation says, else as the journey or its pack does."""

from __future__ import annotations

from shadowing.core.vocabulary import SERVED, SERVED_ELSE, PersonWords
from shadowing.journeys import packs
from shadowing.journeys.draft import Draft
from shadowing.journeys.models import Journey
from shadowing.people.models import Organisation


def person_of(snapshot: Draft, journey: Journey, home: Organisation) -> PersonWords:
    """The forms that sentences about this journey take. The organisation's own word goes before a journey's."""
    if home.served != SERVED_ELSE:
        return SERVED[home.served]
    return SERVED[snapshot.get("served") or _of_pack(journey.pack) or SERVED_ELSE]


def served_choice(slug: str) -> str:
    """A line of a list to choose from, in both languages."""
    both = SERVED[slug]
    return f"{both['en']['many']} · {both['zh']}"


def _of_pack(name: str | None) -> str | None:
    """For journeys that were made before packs said it."""
    return packs.load(name).get("served") if name in packs.available() else None
