"""What of a journey needs somebody's word, and what was asked this week."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from shadowing.authoring.promises.pages import Promise, promises
from shadowing.backlog.changing import conflicting
from shadowing.backlog.decisions.models import Decision
from shadowing.backlog.models import OPEN_STATES, Improvement
from shadowing.backlog.pages import Facts, of_areas
from shadowing.backlog.priority import in_order
from shadowing.core import clock
from shadowing.core.database import advisory_lock, db
from shadowing.core.ids import our_id
from shadowing.journeys.models import Journey, Touchpoint
from shadowing.people.reader import Reader
from shadowing.people.zones import home_zone
from shadowing.scoring.queries import panel_of_journey
from shadowing.summary.questions.figures import Need
from shadowing.summary.questions.models import WeekQuestion
from shadowing.summary.questions.week import IMPROVEMENT, MOST, PROMISE, Candidate, Name, questions_of_week

#: What is asked does not depend on who reads it.
EVERY_SITE = Reader(None, "executive", None, "en")
#: Work that somebody has to own.
UNDER_WAY = ("accepted", "in_progress", "reopened")


def asked_this_week(journey: Journey, now: datetime) -> tuple[Name, ...]:
    """What is kept and still waits or was answered, and what fills the places that are left."""
    settled = _settled_elsewhere(journey, now)
    kept = tuple(name for name in _kept(journey, monday_of(now)) if name not in settled)
    return kept if len(kept) >= MOST else questions_of_week(candidates(journey, now), kept)


def keep_this_week(journey: Journey, now: datetime) -> None:
    """From now on they are asked until the week ends. The caller commits."""
    advisory_lock(f"questions:{journey.id}")
    monday = monday_of(now)
    kept = _kept(journey, monday)
    for name in asked_this_week(journey, now):
        if name not in kept:
            db.session.add(WeekQuestion(monday=monday, journey_id=journey.id, kind=name[0], ref=name[1]))
    db.session.flush()


def keep_everywhere(now: datetime) -> None:
    """Of all journeys that are walked; imported ones only once a lead has asked for improvements. Commits."""
    walked = Journey.archived_at.is_(None), (Journey.origin != "import") | Journey.improvements_asked_at.is_not(None)
    for journey in db.session.scalars(select(Journey).where(*walked).order_by(Journey.id)).all():
        keep_this_week(journey, now)
    db.session.commit()


def candidates(journey: Journey, now: datetime) -> list[Candidate]:
    """Improvements in the order of METHOD 2, then promises, the least kept first."""
    today = clock.day_at(now, home_zone())
    query = of_areas(select(Improvement)).where(
        Touchpoint.journey_id == journey.id,
        Improvement.panel_id == panel_of_journey(journey),
        Improvement.state.in_(OPEN_STATES),
    )
    items = {str(item.id): item for item in db.session.scalars(query) if need_of(item, today)}
    facts = Facts(list(items.values()))
    ranked = in_order([facts.candidate(item) for item in items.values()])
    found = [_of_item(items[each.candidate.id], today) for each in ranked]
    broken = [each for each in promises(EVERY_SITE) if each.journey_id == journey.id and is_asked(each)]
    broken.sort(key=lambda each: (each.seen.share.value or 0.0) if each.seen.share else 1.0)
    return found + [Candidate(PROMISE, each.name, each.touchpoint_id) for each in broken]


def need_of(item: Improvement, today: date) -> Need | None:
    """Why an improvement needs a word now; None while it does not."""
    if item.state == "proposed" and not item.asleep(today):
        return "serious" if item.serious else "conflict" if conflicting(item) else "proposal"
    if item.state in UNDER_WAY and item.owner_id is None:
        return "unowned"
    return "conflict" if item.state == "accepted" and conflicting(item) else None


def is_asked(promise: Promise) -> bool:
    """Broken too often, and nobody has decided whether it is kept or corrected."""
    return promise.verdict == "underperforming" and promise.decision is None


def monday_of(now: datetime) -> date:
    """When this week began, by the organisation's clock."""
    return clock.monday_of(clock.day_at(now, home_zone()))


def _kept(journey: Journey, monday: date) -> tuple[Name, ...]:
    query = select(WeekQuestion.kind, WeekQuestion.ref).filter_by(monday=monday, journey_id=journey.id)
    return tuple((kind, ref) for kind, ref in db.session.execute(query.order_by(WeekQuestion.id)))


def _settled_elsewhere(journey: Journey, now: datetime) -> set[Name]:
    """Of what is kept: what needs no word any more although this week nobody answered it. It leaves its place."""
    kept, today = _kept(journey, monday_of(now)), clock.day_at(now, home_zone())
    ids = {our_id(ref) for kind, ref in kept if kind == IMPROVEMENT}
    items = db.session.scalars(select(Improvement).where(Improvement.id.in_(ids))).all() if ids else []
    since = clock.day_begins(monday_of(now), home_zone())
    answered = select(Decision.about_id).where(Decision.kind == IMPROVEMENT, Decision.decided_at >= since)
    told = set(db.session.scalars(answered.where(Decision.about_id.in_(ids)))) if ids else set()
    settled = {(IMPROVEMENT, str(item.id)) for item in items if need_of(item, today) is None and item.id not in told}
    refs = {ref for kind, ref in kept if kind == PROMISE}
    known = [each for each in promises(EVERY_SITE) if each.name in refs] if refs else []
    settled |= {(PROMISE, each.name) for each in known if not is_asked(each) and not _decided(each, since)}
    return settled | {(PROMISE, ref) for ref in refs - {each.name for each in known}}


def _decided(promise: Promise, since: datetime) -> bool:
    return promise.decision is not None and promise.decision.at >= since


def _of_item(item: Improvement, today: date) -> Candidate:
    serious = need_of(item, today) == "serious"
    return Candidate(IMPROVEMENT, str(item.id), item.area.touchpoint_id, serious, item.raised_at)
