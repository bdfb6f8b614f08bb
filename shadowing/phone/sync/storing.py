"""From a checked record to its row: references, marks, columns, totals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask_babel import LazyString
from flask_babel import lazy_gettext as _  # told in the language of whoever sent it, not of whoever stores it
from sqlalchemy import update

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.people.models import Site
from shadowing.phone.sync.lookups import Lookups
from shadowing.phone.sync.new_rows import NewRows
from shadowing.phone.sync.parsing import column_text
from shadowing.phone.sync.references import KnownTouchpoint, References
from shadowing.phone.sync.schemas import ConsentAnswer, ObservationRecord, VisitRecord
from shadowing.visits.labels import forget_label, forget_planned_label
from shadowing.visits.media.models import Photo, Sound
from shadowing.visits.models.bodies import ObservationBody, VisitBody
from shadowing.visits.models.plan import Plan
from shadowing.visits.models.visit import Observation, Visit
from shadowing.visits.tallies import TallyChanges, panel_of

#: Fields and what is wrong with each, in the language of whoever is told.
Errors = list[tuple[str, LazyString]]
#: Phones drift; a clock further ahead than this, or before there were phones, cannot be right.
AHEAD = timedelta(minutes=10)
EARLIEST = datetime(2010, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class SyncContext:
    """What the records of one request share: who sends, when, what is known of them, what they count."""

    person_id: int
    now: datetime
    lookups: Lookups
    counts: TallyChanges
    new: NewRows
    #: By how much the sender's clock is behind ours; of doubtful moments the order is kept by it.
    behind: timedelta = timedelta(0)


def store_visit(row: Visit | None, record: VisitRecord, content: VisitBody, context: SyncContext) -> Visit:
    """Write a visit's row and count what waited for it. Raises Problem invalid, before anything is written."""
    now, lookups = context.now, context.lookups
    _refuse_unknown(_unknown_of_visit(record, lookups.references))
    visit = row or Visit(id=record.id, person_id=context.person_id, received_at=now)
    journey = lookups.references.journeys[record.journey_id]
    visit.journey_id, visit.journey_version = journey.id, record.journey_version
    site_id = lookups.references.sites.get(record.site_id or "")
    visit.site = db.session.get(Site, site_id) if site_id else None
    visit.persona_id = int(record.persona_id) if record.persona_id else None
    visit.plan_id = _plan_id(record.plan_id, context.person_id)
    visit.body, visit.revision = content, record.revision
    visit.mode, visit.status, visit.practice = record.mode, record.status, record.practice
    visit.encounter_id = record.encounter_id
    consent = record.consent or ConsentAnswer()
    visit.consent, visit.consent_photos, visit.consent_voice = consent.answer, consent.photos, consent.voice
    visit.customer_label = column_text(record.customer_label)
    visit.withdrawal_hash = record.withdrawal_hash
    visit.purpose = column_text(record.purpose)
    visit.outcome, visit.satisfaction, visit.come_again = record.outcome, record.satisfaction, record.come_again
    started_at, doubtful = plausible(record.started_at, now, context.behind)
    visit.started_at = started_at or visit.received_at
    visit.ended_at, end_doubtful = plausible(record.ended_at, now, context.behind)
    visit.offset_minutes = clock.offset_at(visit.started_at, lookups.zones.at(site_id))
    visit.deleted_at = now if record.deleted_at else None
    visit.marks = _visit_marks(record, journey.version, doubtful or end_doubtful, visit.plan_id)
    visit.panel_id = panel_of(visit).id
    db.session.add(visit)
    db.session.flush()
    if visit.consent == "no":
        forget_label(visit)
        forget_planned_label(visit)
    context.new.write()
    context.counts.recount_visit(visit)
    return visit


def store_observation(
    row: Observation | None, record: ObservationRecord, content: ObservationBody, context: SyncContext
) -> Observation:
    """Write an observation's row and count it when its visit is here. Raises Problem as store_visit, not_yours."""
    now, lookups = context.now, context.lookups
    _refuse_unknown(_unknown_of_observation(record, lookups))
    visit = lookups.visits.get(record.visit_id)
    if visit is not None and visit.person_id != context.person_id:
        raise Problem("not_yours")
    touchpoint = lookups.references.touchpoints.get(record.touchpoint_id or "")
    observation = row or Observation(id=record.id, person_id=context.person_id, received_at=now, scored=False)
    observation.visit_id = record.visit_id
    observation.area_id = lookups.area_id(touchpoint, record.channel)
    observation.body, observation.revision = content, record.revision
    for name in ("utility", "usability", "delight", "expectation", "emotion", "serious", "mark"):
        setattr(observation, name, getattr(record, name))
    observation.note, observation.quote = column_text(record.note), column_text(record.quote)
    words = record.note or record.quote or record.serious or record.mark
    observation.speaks = bool(words) or (record.id, context.person_id) in lookups.shown_or_said
    moment, doubtful = plausible(record.observed_at, now, context.behind)
    observation.observed_at = moment or now
    observation.offset_minutes = clock.offset_at(
        observation.observed_at, lookups.zones.at(visit.site_id if visit else None)
    )
    observation.deleted_at = now if record.deleted_at else None
    observation.marks = _observation_marks(observation, touchpoint, visit, doubtful)
    if row is None:
        context.new.add(observation)
    _take_off(Photo, record.removed_photos, context)
    _take_off(Sound, record.removed_sounds, context)
    context.counts.recount(visit, [observation])
    return observation


def plausible(moment: datetime | None, now: datetime, behind: timedelta = timedelta(0)) -> tuple[datetime | None, bool]:
    """The moment in UTC and whether the clock is doubtful.

    A doubtful moment is corrected by what the sender's clock is behind ours, or becomes the arrival. What the phone
    said stays in the body.
    """
    if moment is None:
        return None, False
    said = moment.astimezone(UTC)
    if EARLIEST <= said <= now + AHEAD:
        return said, False
    try:
        corrected = said + behind
    except OverflowError:
        return now, True
    return (corrected if EARLIEST <= corrected <= now else now), True


def _take_off(medium: type[Photo] | type[Sound], ids: list[UUID], context: SyncContext) -> None:
    """What its maker removed is shown to nobody from now on; the night erases it when the bin is emptied."""
    if ids:
        mine = (medium.id.in_(ids), medium.person_id == context.person_id, medium.removed_at.is_(None))
        db.session.execute(update(medium).where(*mine).values(removed_at=context.now))


def _unknown_of_visit(record: VisitRecord, known: References) -> Errors:
    errors = []
    if record.journey_id not in known.journeys:
        errors.append(("journey_id", _("No journey has this id.")))
    if record.site_id and record.site_id not in known.sites:
        errors.append(("site_id", _("No site has this id.")))
    if record.persona_id and record.persona_id not in known.personas:
        errors.append(("persona_id", _("No persona has this id.")))
    return errors


def _unknown_of_observation(record: ObservationRecord, lookups: Lookups) -> Errors:
    known, errors = lookups.references, []
    if record.touchpoint_id is None and not record.label:
        errors.append(("label", _("Something that is not on the map needs a label.")))
    if record.touchpoint_id and record.touchpoint_id not in known.touchpoints:
        errors.append(("touchpoint_id", _("No touchpoint has this id.")))
    if record.channel and not lookups.knows_channel(record.channel):
        errors.append(("channel", _("No channel has this name.")))
    for key in record.standards:
        if (record.touchpoint_id or "", key) not in known.standards:
            errors.append((f"standards.{key}", _("This touchpoint never had such a standard.")))
    return errors


def _refuse_unknown(errors: Errors) -> None:
    if errors:
        raise Problem("invalid", errors)


def _plan_id(said: str | None, person_id: int) -> int | None:
    """The plan a visit follows: its sender's, or an open slot. Any other is no reason to refuse what was seen."""
    id = our_id(said)
    plan = None if id is None else db.session.get(Plan, id)
    return plan.id if plan and plan.observer_id in (None, person_id) else None


def _visit_marks(record: VisitRecord, current: int, doubtful: bool, plan_id: int | None) -> list[str]:
    marks = []
    if record.journey_version != current:
        marks.append("journey_changed")
    if doubtful:
        marks.append("clock_doubtful")
    if record.plan_id and plan_id is None:
        marks.append("plan_unknown")
    return marks


def _observation_marks(
    observation: Observation, touchpoint: KnownTouchpoint | None, visit: Visit | None, doubtful: bool
) -> list[str]:
    marks = []
    if doubtful:
        marks.append("clock_doubtful")
    if visit is None:
        marks.append("waiting_for_visit")
    if touchpoint is not None and touchpoint.removed_at:
        marks.append("touchpoint_removed")
    if observation.area_id is None:
        marks.append("not_on_the_map" if touchpoint is None else "channel_open")
    return marks
