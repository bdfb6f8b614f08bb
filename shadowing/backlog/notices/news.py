"""What happened, by others, to what somebody owns or proposed, and what of it they have not seen."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased, selectinload

from shadowing.backlog.models import Improvement, ImprovementEvent
from shadowing.backlog.notices.models import NoticeSetting
from shadowing.core.database import advisory_lock, db
from shadowing.people.models import LEADING, Person

#: Older than this is history, not news.
NEWS_DAYS = timedelta(days=30)
MOST = 50
#: A question to the owner, or to leads where there is none; and what was replied, `after` being who had asked.
ASKED, REPLIED = "asked", "replied"
#: Facts that an owner is told of what is theirs.
OF_OWNERS = ("state", "relapse", "comment", "due", "undone", ASKED)
#: What became of a proposal.
ANSWERS = ("accepted", "declined", "verified", "reopened")


def unseen(person_id: int, now: datetime) -> int:
    """Of how many improvements there is news: the number at the door."""
    count = select(func.count(ImprovementEvent.improvement_id.distinct()))
    return db.session.scalar(count.where(*_news(person_id, now))) or 0


def newest(person_id: int, now: datetime) -> list[ImprovementEvent]:
    """The newest first, as many as a list can hold."""
    query = select(ImprovementEvent).where(*_news(person_id, now)).order_by(ImprovementEvent.id.desc()).limit(MOST)
    return list(db.session.scalars(query.options(selectinload(ImprovementEvent.person))))


def setting_of(person_id: int) -> NoticeSetting:
    """Theirs; one that is not stored yet where they never said anything."""
    found = db.session.get(NoticeSetting, person_id)
    return found or NoticeSetting(person_id=person_id, seen_event_id=0, mails=True)


def mark_seen(person_id: int, until: int) -> None:
    """What was on the list, and nothing that came since. The caller commits."""
    advisory_lock(f"notices:{person_id}")  # pressed twice at once, the second sees the row of the first
    setting = setting_of(person_id)
    last = db.session.scalar(select(func.max(ImprovementEvent.id))) or 0
    setting.seen_event_id = max(setting.seen_event_id, min(until, last))
    db.session.add(setting)


def want_mail(person_id: int, wanted: bool) -> None:
    """The caller commits."""
    advisory_lock(f"notices:{person_id}")
    setting = setting_of(person_id)
    setting.mails = wanted
    db.session.add(setting)


def _news(person_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Of facts joined with their improvement."""
    event = ImprovementEvent
    seen = select(NoticeSetting.seen_event_id).filter_by(person_id=person_id).scalar_subquery()
    return (
        Improvement.id == event.improvement_id,
        event.id > func.coalesce(seen, 0),
        event.at > now - NEWS_DAYS,
        or_(event.person_id.is_(None), event.person_id != person_id),
        or_(
            _given_or_taken(person_id),
            _of_own(person_id),
            _answers(person_id),
            _asked_of_leads(person_id),
            _replied_to(person_id),
        ),
    )


def _given_or_taken(person_id: int) -> ColumnElement[bool]:
    me = str(person_id)
    return and_(ImprovementEvent.kind == "owner", or_(ImprovementEvent.after == me, ImprovementEvent.before == me))


def _of_own(person_id: int) -> ColumnElement[bool]:
    """Since it became theirs."""
    given = aliased(ImprovementEvent)
    since = select(func.max(given.id)).where(
        given.improvement_id == Improvement.id, given.kind == "owner", given.after == str(person_id)
    )
    return and_(
        Improvement.owner_id == person_id,
        ImprovementEvent.kind.in_(OF_OWNERS),
        or_(ImprovementEvent.after.is_(None), ImprovementEvent.after != "proposed"),
        ImprovementEvent.id > func.coalesce(since.correlate(Improvement).scalar_subquery(), 0),
    )


def _answers(person_id: int) -> ColumnElement[bool]:
    answered = ImprovementEvent.kind == "state", ImprovementEvent.after.in_(ANSWERS)
    return and_(Improvement.author_id == person_id, *answered)


def _asked_of_leads(person_id: int) -> ColumnElement[bool]:
    """What nobody owns is asked of all of them."""
    leads = select(Person.id).where(Person.id == person_id, Person.role.in_(LEADING)).exists()
    return and_(ImprovementEvent.kind == ASKED, Improvement.owner_id.is_(None), leads)


def _replied_to(person_id: int) -> ColumnElement[bool]:
    return and_(ImprovementEvent.kind == REPLIED, ImprovementEvent.after == str(person_id))
