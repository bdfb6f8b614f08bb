"""How the people a journey serves are called: as the organisation says, else as the journey or its pack does."""

from __future__ import annotations

from shadowing.core.database import db
from shadowing.core.i18n import language
from shadowing.core.reference_cache import remembered_here
from shadowing.core.vocabulary import SERVED, SERVED_ELSE, PersonWords
from shadowing.journeys import packs
from shadowing.journeys.draft import Draft
from shadowing.journeys.models import Journey, JourneyVersion
from shadowing.journeys.wording import Served, served_forms
from shadowing.people.accounts import organisation
from shadowing.people.models import Organisation


def served(journey_id: int | None = None, draft: Draft | None = None, of: str = "") -> Served:
    """What fills a sentence about whom this journey serves, in the reader's language or in that one.

    Without a journey it is the organisation's own word. draft: what is being written of the journey goes before what
    is published.
    """
    return served_forms(person_at(journey_id, draft), of or language())


def person_at(journey_id: int | None, draft: Draft | None = None) -> PersonWords:
    """The forms for a journey as it is published; asked for on many pages, so they are remembered."""
    if draft is not None and journey_id is not None:
        return person_of(draft, db.session.get_one(Journey, journey_id), organisation())
    shelf = remembered_here()
    known: PersonWords | None = shelf.get((person_at, journey_id))
    if known is None:
        known = shelf[person_at, journey_id] = _published(journey_id)
    return known


def person_of(snapshot: Draft, journey: Journey, home: Organisation) -> PersonWords:
    """The forms that sentences about this journey take. The organisation's own word goes before a journey's."""
    if home.served != SERVED_ELSE:
        return SERVED[home.served]
    return SERVED[snapshot.get("served") or _of_pack(journey.pack) or SERVED_ELSE]


def served_choice(slug: str) -> str:
    """A line of a list to choose from, in both languages."""
    both = SERVED[slug]
    return f"{both['en']['many']} · {both['zh']}"


def _published(journey_id: int | None) -> PersonWords:
    home = organisation()
    journey = db.session.get(Journey, journey_id) if journey_id is not None else None
    if journey is None or home.served != SERVED_ELSE:
        return SERVED[home.served]
    version = db.session.get(JourneyVersion, (journey.id, journey.version))
    return SERVED[(version and version.snapshot.get("served")) or _of_pack(journey.pack) or SERVED_ELSE]


def _of_pack(name: str | None) -> str | None:
    """For journeys that were made before packs said it."""
    return packs.load(name).get("served") if name in packs.available() else None
