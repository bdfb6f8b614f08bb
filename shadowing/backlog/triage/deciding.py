"""What becomes of a proposal: accepted, merged, put off, declined, or split in two. Callers commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select

from shadowing.backlog.changing import change
from shadowing.backlog.drafting import note_event, raise_by_person
from shadowing.backlog.models import UNDECIDED, Evidence, Improvement
from shadowing.backlog.schemas import read
from shadowing.backlog.triage.snooze import LONGEST, floor_of
from shadowing.core import clock
from shadowing.core.clock import parse_day
from shadowing.core.database import db, upsert
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.core.text import one_line
from shadowing.journeys.models import Area
from shadowing.people import audit
from shadowing.people.models import Person
from shadowing.people.zones import home_zone
from shadowing.scoring.queries import level_scores
from shadowing.visits.models.visit import Observation

#: What is put back when a verdict is taken back.
KEPT = ("state", "owner_id", "due_on", "declined_reason", "snoozed_until", "snoozed_floor", "merged_into_id")


@dataclass(frozen=True)
class TriageAnswer:
    """verb, and what belongs to it, as it was sent; empty is nothing."""

    verb: str
    revision: str
    owner: str = ""
    due: str = ""
    reason: str = ""
    until: str = ""
    into: str = ""
    title: str = ""


def carry_out(item: Improvement, said: TriageAnswer, person: Person, now: datetime) -> None:
    """Raises Problem: stale, illegal_transition, invalid with the field named."""
    verbs: Mapping[str, Callable[[Improvement, TriageAnswer, Person, datetime], None]] = {
        "accept": _accept,
        "merge": _merge,
        "snooze": _snooze,
        "decline": _decline,
        "split": _split,
    }
    if said.verb not in verbs:
        raise Problem("invalid", [("verb", _("Choose one of the list."))])
    if our_id(said.revision) != item.revision:
        raise Problem("stale", current={"revision": item.revision, "state": item.state})
    if item.state != "proposed":
        raise Problem("illegal_transition")
    verbs[said.verb](item, said, person, now)


def remembered(item: Improvement) -> dict[str, Any]:
    """How it stands, to be put back."""
    kept = {name: getattr(item, name) for name in KEPT}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in kept.items()}


def put_back(item: Improvement, revision: int, before: Mapping[str, Any], person: Person, now: datetime) -> None:
    """As it stood before the last verdict. Raises Problem stale when anything happened since."""
    into = db.session.get(Improvement, item.merged_into_id) if item.merged_into_id else None
    if item.revision != revision or (into is not None and into.state == "merged"):
        raise Problem("stale", current={"revision": item.revision, "state": item.state})
    if item.merged_into_id is not None:
        _draw_apart(item, now)
    was = item.state
    for name in KEPT:
        value = before[name]
        setattr(item, name, parse_day(value) if value and name in ("due_on", "snoozed_until") else value)
    note_event(item, "state", now, person_id=person.id, before=was, after=item.state)
    item.revision += 1
    audit.note("take_back", "improvement", item.id, {"state": item.state})


def others_to_merge_into(item: Improvement) -> list[Improvement]:
    """Open ones of the same touchpoint, where the work may be the same; those of its own area first."""
    query = select(Improvement).join(Area, Area.id == Improvement.area_id)
    same = Area.touchpoint_id == item.area.touchpoint_id, Improvement.panel_id == item.panel_id
    others = query.where(*same, Improvement.state.in_(UNDECIDED), Improvement.id != item.id)
    return sorted(db.session.scalars(others), key=lambda each: (each.area_id != item.area_id, each.id))


def _accept(item: Improvement, said: TriageAnswer, person: Person, now: datetime) -> None:
    wanted = {"revision": item.revision, "state": "accepted", "owner": said.owner or None}
    item.snoozed_until = item.snoozed_floor = None
    change(item, read({**wanted, **({"due": said.due} if said.due else {})}), person, now)


def _decline(item: Improvement, said: TriageAnswer, person: Person, now: datetime) -> None:
    change(item, read({"revision": item.revision, "state": "declined", "reason": said.reason or None}), person, now)


def _snooze(item: Improvement, said: TriageAnswer, person: Person, now: datetime) -> None:
    today = clock.day_at(now, home_zone())
    until = _day(said.until)
    if not today < until <= today + LONGEST:
        raise Problem("invalid", [("until_on", _("Choose a day after today, within a year."))])
    score = level_scores(item.panel_id, [item.area_id]).get(item.area_id, {}).get(item.level)
    item.snoozed_until, item.snoozed_floor = until, floor_of(score.score, score.se) if score else None
    note_event(item, "snoozed", now, person_id=person.id, after=until.isoformat())
    item.revision += 1
    audit.note("snooze", "improvement", item.id, {"until": until.isoformat()})


def _merge(item: Improvement, said: TriageAnswer, person: Person, now: datetime) -> None:
    """Its evidence moves along; a rule raises nothing here while the other one is open."""
    id = our_id(said.into)
    target = next((each for each in others_to_merge_into(item) if each.id == id), None)
    if target is None:
        raise Problem("invalid", [("into", _("Choose the improvement that goes on."))])
    known = db.session.scalars(select(Evidence.observation_id).filter_by(improvement_id=item.id))
    rows = [{"improvement_id": target.id, "observation_id": seen, "joined_at": now} for seen in known]
    if rows:
        db.session.execute(upsert(Evidence).on_conflict_do_nothing(), rows)
    note_event(item, "state", now, person_id=person.id, before=item.state, after="merged")
    item.state, item.merged_into_id = "merged", target.id
    item.revision += 1
    note_event(target, "joined", now, person_id=person.id, after=str(item.id))
    target.revision += 1
    audit.note("merge", "improvement", item.id, {"into": target.id})


def _draw_apart(item: Improvement, now: datetime) -> None:
    """The evidence that came with the merging, and since from its areas, leaves the other one again."""
    merged_at = next(event.at for event in reversed(item.events) if event.after == "merged")
    brought = select(Evidence.observation_id).where(Evidence.improvement_id == item.id)
    db.session.execute(
        delete(Evidence).where(
            Evidence.improvement_id == item.merged_into_id,
            Evidence.joined_at == merged_at,
            Evidence.observation_id.in_(brought.scalar_subquery()),
        )
    )
    target = db.session.get_one(Improvement, item.merged_into_id)
    left = {target.area_id, *(area.id for each in target.taken_in if each is not item for area in each.areas)}
    gone = [area.id for area in item.areas if area.id not in left]
    db.session.execute(
        delete(Evidence).where(
            Evidence.improvement_id == target.id,
            Evidence.observation_id.in_(select(Observation.id).where(Observation.area_id.in_(gone))),
        )
    )
    note_event(target, "parted", now, after=str(item.id))
    target.revision += 1


def _split(item: Improvement, said: TriageAnswer, person: Person, now: datetime) -> None:
    """A second proposal for the same place and level, with the same evidence."""
    title = one_line(said.title)[:200]
    if not title:
        raise Problem("invalid", [("title", _("Give it a name, in a few words."))])
    area = db.session.get_one(Area, item.area_id)
    second = raise_by_person(area, item.panel_id, item.level, title, "", None, person, now)
    second.origin, second.origin_ref, second.why, second.split_from_id = item.origin, item.origin_ref, item.why, item.id
    known = db.session.scalars(select(Evidence.observation_id).filter_by(improvement_id=item.id))
    rows = [{"improvement_id": second.id, "observation_id": seen, "joined_at": now} for seen in known]
    if rows:
        db.session.execute(upsert(Evidence).on_conflict_do_nothing(), rows)
    note_event(item, "split", now, person_id=person.id, after=str(second.id))
    item.revision += 1
    audit.note("split", "improvement", item.id, {"into": second.id})


def _day(said: str) -> date:
    try:
        return parse_day(said)
    except (ValueError, OverflowError) as error:
        raise Problem("invalid", [("until_on", _("Choose the day it comes back."))]) from error
