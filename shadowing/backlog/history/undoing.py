"""The last step of an improvement taken back by whoever made it, while nothing else has changed."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from shadowing.backlog.changing import change
from shadowing.backlog.drafting import note_event
from shadowing.backlog.history.facts import FIELDS, TITLES
from shadowing.backlog.models import Improvement, ImprovementEvent
from shadowing.backlog.schemas import ImprovementChange
from shadowing.core.database import db
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import ImprovementState
from shadowing.people import audit
from shadowing.people.models import Person

#: Steps that left nothing behind but the state and what was said with them.
PLAIN_STEPS: dict[ImprovementState, tuple[ImprovementState, ...]] = {
    "accepted": ("proposed", "in_progress"),
    "in_progress": ("accepted", "reopened"),
    "proposed": ("declined",),
    "declined": ("proposed", "accepted", "in_progress", "reopened"),
}


#: Fields of which nobody knows any more what they were.
LOST = ("title", "plan")


def can_be_undone(item: Improvement) -> bool:
    """Whether the step that was just made can be taken back."""
    return item.state in PLAIN_STEPS or item.state == "shipped"


def undo_change(item: Improvement, revision: int, person: Person, now: datetime) -> None:
    """Everything that this one change changed. Raises Problem stale, illegal_transition. The caller commits."""
    if item.revision != revision:
        raise Problem("stale", current={"revision": item.revision, "state": item.state})
    facts = _last_change(item)
    if item.state == "shipped" and any(fact.kind == "state" for fact in facts):
        change(item, ImprovementChange(revision=revision, state="in_progress"), person, now)
        return
    if not facts or facts[-1].person_id != person.id or not _goes_back(item, facts):
        raise Problem("illegal_transition", [("", _("This step can no longer be taken back."))])
    for fact in facts:
        _restore(item, fact)
    note_event(item, "undone", now, person_id=person.id)
    item.revision += 1
    audit.note("undo", "improvement", item.id, {"state": item.state})


def _goes_back(item: Improvement, facts: list[ImprovementEvent]) -> bool:
    """Fields do, as far as what they were is known; of steps the plain ones."""
    steps = [fact.before for fact in facts if fact.kind == "state"]
    if steps:
        return steps[-1] in PLAIN_STEPS.get(item.state, ())
    return any(fact.kind in FIELDS and fact.kind not in LOST for fact in facts)


def _last_change(item: Improvement) -> list[ImprovementEvent]:
    """All facts of one change have its moment."""
    query = select(ImprovementEvent).where(
        ImprovementEvent.improvement_id == item.id, ImprovementEvent.kind.in_(("state", "undone", *FIELDS))
    )
    facts = list(db.session.scalars(query.order_by(ImprovementEvent.id)))
    return [fact for fact in facts if fact.at == facts[-1].at]


def _restore(item: Improvement, fact: ImprovementEvent) -> None:
    was = fact.before
    if fact.kind == "state":
        if item.state == "declined":
            item.declined_reason = None
        item.state = was  # type: ignore[assignment]
    elif fact.kind == "owner":
        item.owner_id = int(was) if was else None
    elif fact.kind == "due":
        item.due_on = date.fromisoformat(was) if was else None
    elif fact.kind in ("effort_days", "cost"):
        setattr(item, fact.kind, float(was) if was else None)
    elif fact.kind == "effort":
        item.effort = was
    elif fact.kind in TITLES:
        titles = {**(item.titles or {}), TITLES[fact.kind]: _words_before(fact)}
        item.titles = {language: said for language, said in titles.items() if said} or None
    elif fact.kind not in LOST:
        lenses = {**(item.lenses or {}), fact.kind.removeprefix("lens_"): float(was) if was else None}
        item.lenses = {lens: value for lens, value in lenses.items() if value is not None} or None


def _words_before(fact: ImprovementEvent) -> str | None:
    """Each fact of a title keeps the new one, so the fact before it knows the old one."""
    earlier = select(ImprovementEvent.words).filter_by(improvement_id=fact.improvement_id, kind=fact.kind)
    return db.session.scalar(earlier.where(ImprovementEvent.id < fact.id).order_by(ImprovementEvent.id.desc()).limit(1))
