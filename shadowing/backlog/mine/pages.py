"""From what somebody owns to the figures of their page."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from shadowing.backlog.access import reads
from shadowing.backlog.drafting import PROVING
from shadowing.backlog.history.figures import Event
from shadowing.backlog.history.pages import told_of
from shadowing.backlog.mine.figures import MinePage, News, OwnStep
from shadowing.backlog.models import OPEN_STATES, Improvement, ImprovementEvent, ImprovementStep
from shadowing.backlog.notices.news import newest, setting_of
from shadowing.backlog.pages import of_areas
from shadowing.backlog.rows import Facts
from shadowing.backlog.steps.pages import step_figure
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.people.letters import can_send_links
from shadowing.people.reader import Reader
from shadowing.people.zones import home_zone

#: So many finished ones are told.
MOST_DONE = 20
NEVER = date.max


def mine_page(reader: Reader) -> MinePage:
    """/improvements/mine."""
    steps = _steps(reader)
    query = of_areas(select(Improvement)).where(Improvement.owner_id == reader.person_id)
    living = list(db.session.scalars(query.where(Improvement.state.in_(OPEN_STATES)).order_by(Improvement.id)))
    finished = query.where(Improvement.state == "verified").order_by(Improvement.changed_at.desc(), Improvement.id)
    done = list(db.session.scalars(finished.limit(MOST_DONE)))
    others = list(
        db.session.scalars(of_areas(select(Improvement)).where(Improvement.id.in_({s.improvement_id for s in steps})))
    )
    events = newest(reader.person_id, clock.now()) if reader.person_id else []
    told_about = select(Improvement).where(Improvement.id.in_({event.improvement_id for event in events}))
    others += list(db.session.scalars(of_areas(told_about)))
    items = {item.id: item for item in (*living, *done, *others)}
    facts, today = Facts(list(items.values())), clock.today(home_zone())
    rows = {id: facts.row(item) for id, item in items.items()}
    living.sort(key=lambda item: (item.due_on or NEVER, item.id))
    return MinePage(
        steps=tuple(OwnStep(step_figure(step, reader, today), rows[step.improvement_id]) for step in steps),
        to_do=tuple(rows[item.id] for item in living if item.state not in PROVING),
        proving=tuple(rows[item.id] for item in living if item.state in PROVING),
        done=tuple(rows[item.id] for item in done),
        news=tuple(
            News(told, rows[id], reads(reader) or owns_something(items[id], reader))
            for id, told in _by_improvement(events, reader).items()
        ),
        mails=setting_of(reader.person_id).mails if reader.person_id and can_send_links() else None,
    )


def owns_something(item: Improvement, reader: Reader) -> bool:
    """The improvement, or a step of its plan."""
    owners = {item.owner_id, *(step.owner_id for step in item.plan_steps)}
    return reader.person_id is not None and reader.person_id in owners


def _by_improvement(events: list[ImprovementEvent], reader: Reader) -> dict[int, tuple[Event, ...]]:
    """events: the newest first, and so is what they are about; of each in the order in which it happened."""
    told: dict[int, tuple[Event, ...]] = {}
    for event, sentence in zip(events, told_of(events, reader), strict=True):
        told[event.improvement_id] = (sentence, *told.get(event.improvement_id, ()))
    return told


def _steps(reader: Reader) -> list[ImprovementStep]:
    """Still to be done: given to them, or to nobody in a plan of their own; the next due first."""
    query = (
        select(ImprovementStep)
        .join(Improvement, Improvement.id == ImprovementStep.improvement_id)
        .where(
            Improvement.state.in_(OPEN_STATES),
            ImprovementStep.removed_at.is_(None),
            ImprovementStep.done_at.is_(None),
            (ImprovementStep.owner_id == reader.person_id)
            | (ImprovementStep.owner_id.is_(None) & (Improvement.owner_id == reader.person_id)),
        )
    )
    found = db.session.scalars(query.order_by(ImprovementStep.improvement_id, ImprovementStep.position))
    return sorted(found, key=lambda step: step.due_on or NEVER)
