"""That a serious failure was put right with the customer: when, how and by whom. Outside the statistics."""

from __future__ import annotations

from datetime import date, datetime, time

from flask_babel import gettext as _

from shadowing.backlog.drafting import note_event
from shadowing.backlog.models import Improvement
from shadowing.core import clock
from shadowing.core.problems import Problem
from shadowing.core.text import lines
from shadowing.people import audit
from shadowing.people.models import Person
from shadowing.people.zones import home_zone

MOST_SIGNS = 2000


def put_right(item: Improvement, on: str, at: str, words: str, person: Person, now: datetime) -> None:
    """Once. Raises Problem not_found, stale, invalid. The caller commits."""
    if item.right_due_at is None:
        raise Problem("not_found")
    if item.righted_at is not None:
        raise Problem("stale")
    said = lines(words)
    errors = [] if said else [("words", _("Say what was done for them, in a sentence."))]
    if len(said) > MOST_SIGNS:
        errors.append(("words", _("This is too long; 2,000 signs at most.")))
    moment = _moment(on, at)
    if moment is None:
        errors.append(("on", _("Write the day and the time when it was done.")))
    elif moment > now:
        errors.append(("on", _("This lies in the future. Say when it was done.")))
    if errors or moment is None:
        raise Problem("invalid", errors)
    item.righted_at, item.righted_by_id, item.righted_words = moment, person.id, said
    note_event(item, "put_right", now, person_id=person.id, words=said)
    audit.note("put_right", "improvement", item.id)


def _moment(on: str, at: str) -> datetime | None:
    try:
        day: date = clock.parse_day(on)
        hour: time = clock.parse_clock(at)
        return clock.moment_at(day, hour, home_zone())
    except (ValueError, OverflowError):
        return None
