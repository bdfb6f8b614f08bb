"""What a lead is asked beside a journey: take in what was seen off the map? Is this still the need? Callers commit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from shadowing.authoring.editor.models import NeedConfirmed, OffMapDecision
from shadowing.authoring.editor.offmap import Proposal, Sighting, normal, proposals
from shadowing.core.database import db
from shadowing.core.vocabulary import Words
from shadowing.journeys.editing import Draft, is_channel, touchpoints
from shadowing.journeys.models import Journey, JourneyVersion
from shadowing.people.models import Person
from shadowing.people.reader import Reader
from shadowing.visits.models.visit import Observation, Visit
from shadowing.visits.window import window_start

MOST_SIGHTINGS = 5_000
YEAR = timedelta(days=365)


class Due(NamedTuple):
    """A need nobody has looked at for a year; key "" = the journey's; since: when somebody last did."""

    key: str
    name: Words | None
    since: datetime


def off_the_map(journey: Journey, reader: Reader, now: datetime) -> list[Proposal]:
    """From the newest observations of the window, at the sites this reader may see."""
    query = (
        select(Observation.body, Observation.visit_id, Observation.person_id)
        .join(Visit, Visit.id == Observation.visit_id)
        .where(
            Observation.area_id.is_(None),
            Observation.observed_at >= window_start(now),
            Observation.stands,
            Visit.journey_id == journey.id,
            Visit.counts,
            reader.at_sites(Visit.site_id),
        )
        .order_by(Observation.observed_at.desc(), Observation.id)
        .limit(MOST_SIGHTINGS)
    )
    seen = [
        Sighting(str((body or {}).get("label") or ""), str(visit), person or 0, str((body or {}).get("channel") or ""))
        for body, visit, person in db.session.execute(query)
    ]
    decided = db.session.scalars(select(OffMapDecision.label).where(OffMapDecision.journey_id == journey.id))
    standing = [place.name for place in journey.touchpoints if place.removed_at is None]
    known = {normal(word) for name in standing for word in (name["en"], name["zh"])}
    return proposals(seen, {*decided, *known})


def decide_off_map(journey: Journey, proposal: Proposal, taken: bool, by: Person, now: datetime) -> None:
    decision = "taken" if taken else "dismissed"
    db.session.add(
        OffMapDecision(journey_id=journey.id, label=proposal.normal, decision=decision, person_id=by.id, decided_at=now)
    )


def channels_of(proposal: Proposal) -> list[str]:
    return [each for each in proposal.channels if is_channel(each)] or ["person"]


def due(journey: Journey, draft: Draft, now: datetime) -> list[Due]:
    """Needs that are written and were last looked at more than a year ago."""
    confirmed = {
        row.touchpoint_key: row.confirmed_at
        for row in db.session.scalars(select(NeedConfirmed).where(NeedConfirmed.journey_id == journey.id))
    }
    begun = db.session.scalar(
        select(func.min(JourneyVersion.published_at)).where(JourneyVersion.journey_id == journey.id)
    )
    made = {place.key: place.created_at for place in journey.touchpoints}
    found = []
    for key, name, need in _needs(draft):
        since = confirmed.get(key) or (made.get(key) if key else begun)
        if need and since is not None and since < now - YEAR:
            found.append(Due(key, name, since))
    return found


def confirm(journey: Journey, key: str, by: Person, now: datetime) -> None:
    """Somebody looked at this need and says that it is still the one."""
    row = db.session.get(NeedConfirmed, (journey.id, key)) or NeedConfirmed(journey_id=journey.id, touchpoint_key=key)
    row.confirmed_at, row.person_id = now, by.id
    db.session.add(row)


def confirm_rewritten(journey: Journey, before: Draft, after: Draft, by: Person, now: datetime) -> None:
    """Whoever writes a need anew has looked at it."""
    old = {key: need for key, _, need in _needs(before)}
    for key, _, need in _needs(after):
        if need and key in old and need != old[key]:
            confirm(journey, key, by, now)


def _needs(draft: Draft) -> Iterator[tuple[str, Words | None, Words | None]]:
    yield "", None, draft.get("need")
    for _, each in touchpoints(draft):
        yield each["key"], each["name"], each.get("need")
