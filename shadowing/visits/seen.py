"""Observations as a reader may see them: words and photos by consent, names and voices for leads only."""

from __future__ import annotations

from shadowing.core import clock
from shadowing.core.i18n import words
from shadowing.core.vocabulary import LEVELS
from shadowing.people.models import Person, Site
from shadowing.people.reader import Reader
from shadowing.people.zones import zone_of
from shadowing.visits.figures import SeenObservation
from shadowing.visits.models.bodies import ObservationBody
from shadowing.visits.models.visit import Observation, Visit


def seen_observation(
    reader: Reader,
    observation: Observation,
    visit: Visit,
    site: Site | None,
    person: Person | None,
    photos: tuple[str, ...],
    sounds: tuple[str, ...] = (),
) -> SeenObservation:
    """One observation as this reader may see it: names and voices for leads only, words and photos by consent."""
    shown, pictures = visit.words_may_be_shown, visit.photos_may_be_shown
    ratings = {level: getattr(observation, level) for level in LEVELS if getattr(observation, level) is not None}
    return SeenObservation(
        id=str(observation.id),
        on=clock.day_at(observation.observed_at, zone_of(site)),
        site=words(site.name) if site else "",
        ratings=ratings,
        quote=(observation.quote or "") if shown else "",
        note=(observation.note or "") if reader.leads else "",
        photos=photos if pictures else (),
        captions=_captions(observation.body or {}, photos) if pictures and reader.leads else (),
        sounds=sounds if visit.voice_may_be_heard and reader.leads else (),
        observer=person.name if person and reader.leads else None,
        serious=observation.serious,
        mark=observation.mark,
    )


def _captions(body: ObservationBody, photos: tuple[str, ...]) -> tuple[str, ...]:
    """What the observer wrote to the photos shown: the caption, and the notes pinned on it with their numbers."""
    lines = []
    for entry in body.get("photos") or ():
        if entry.get("id") in photos:
            pins = [f"{n} {pin['note']}" for n, pin in enumerate(entry.get("pins") or (), 1) if pin.get("note")]
            lines += [line for line in (entry.get("caption"), *pins) if line]
    return tuple(lines)
