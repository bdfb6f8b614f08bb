"""From the facts of an improvement to its history."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from shadowing.backlog.history.comments import may_take_back
from shadowing.backlog.history.figures import Event
from shadowing.backlog.models import Improvement, ImprovementEvent
from shadowing.backlog.serious.pages import clocks
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.ids import our_id
from shadowing.people.models import Person
from shadowing.people.reader import Reader

#: Kinds of facts whose values are people.
OF_PEOPLE = ("owner",)
#: Words that belong to one site.
PUT_RIGHT = "put_right"


def history_of(item: Improvement, reader: Reader) -> tuple[Event, ...]:
    """In the order in which it happened."""
    query = select(ImprovementEvent).where(ImprovementEvent.improvement_id == item.id).order_by(ImprovementEvent.id)
    events = list(db.session.scalars(query.options(selectinload(ImprovementEvent.person))))
    return told_of(events, reader, seen=item.right_due_at is None or item.id in clocks([item], reader))


def told_of(events: list[ImprovementEvent], reader: Reader, seen: bool = True) -> tuple[Event, ...]:
    """As sentences need them. seen: whether the reader may know what was done for the customer of a serious failure."""
    names, now = _names(events), clock.now()
    told = []
    for event in events:
        before, after = event.before, event.after
        if event.kind in OF_PEOPLE:
            before, after = names.get(before or ""), names.get(after or "")
        words = event.words if event.kind != PUT_RIGHT or seen else ""
        own = may_take_back(event, reader.person_id, now)
        who = event.person.name if event.person else ""
        told.append(Event(event.at, who, event.kind, before, after, words or "", event.id, own))
    return tuple(told)


def _names(events: list[ImprovementEvent]) -> dict[str, str]:
    said = {value for event in events if event.kind in OF_PEOPLE for value in (event.before, event.after) if value}
    ids = {id for id in map(our_id, said) if id is not None}
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))) if ids else ()
    return {str(id): name for id, name in rows}
