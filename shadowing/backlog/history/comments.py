"""What people say about an improvement: plain words that stay, unless who said them takes them back at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from shadowing.backlog.drafting import note_event
from shadowing.backlog.models import Improvement, ImprovementEvent
from shadowing.core.database import db
from shadowing.core.problems import Problem
from shadowing.core.text import lines
from shadowing.people.models import Person

MOST_SIGNS = 2000
#: Who said it can take it back so long.
SECOND_THOUGHTS = timedelta(minutes=10)
TAKEN_BACK = "taken_back"


def comment(item: Improvement, words: object, person: Person, now: datetime) -> ImprovementEvent:
    """Raises Problem invalid. The caller commits."""
    said = lines(words) if isinstance(words, str) else ""
    if not said:
        raise Problem("invalid", [("words", _("Write something first."))])
    if len(said) > MOST_SIGNS:
        raise Problem("invalid", [("words", _("This is too long; 2,000 signs at most."))])
    return note_event(item, "comment", now, person_id=person.id, words=said)


def take_back(item: Improvement, event_id: int, person: Person, now: datetime) -> None:
    """The words go, the fact stays. Raises Problem not_found, not_yours, illegal_transition. The caller commits."""
    event = db.session.scalar(select(ImprovementEvent).filter_by(id=event_id, improvement_id=item.id, kind="comment"))
    if event is None:
        raise Problem("not_found")
    if event.person_id != person.id:
        raise Problem("not_yours")
    if event.after == TAKEN_BACK:
        return
    if not may_take_back(event, person.id, now):
        raise Problem("illegal_transition", [("", _("A comment can be taken back for ten minutes; this one stays."))])
    event.words, event.after = None, TAKEN_BACK


def may_take_back(event: ImprovementEvent, person_id: int | None, now: datetime) -> bool:
    own = event.kind == "comment" and person_id is not None and event.person_id == person_id
    return own and event.after != TAKEN_BACK and now - event.at <= SECOND_THOUGHTS
