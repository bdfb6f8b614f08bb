"""Mail to whoever owns an improvement: it became theirs, it is due tomorrow, it is overdue. Sent by the worker.

And to whoever is asked something about it before it is decided, and back to who asked.

Only when mail is set up and the owner wants it. It names the place and never a score (DECISIONS 41).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TypedDict

from sqlalchemy import select

from shadowing.backlog.figures import UNFINISHED
from shadowing.backlog.models import Improvement
from shadowing.backlog.notices.news import setting_of
from shadowing.backlog.notices.wording import LETTERS, LetterTold
from shadowing.core.database import db
from shadowing.core.jobs.queue import enqueue
from shadowing.core.sentences import plain
from shadowing.people.letters import can_send_links, deliver, language_of
from shadowing.people.links import base_address
from shadowing.people.models import LEADING, Person

JOB = "owner_mail"
#: Later than this the page has told it.
LATEST = timedelta(hours=24)
#: Letters that are not about owning it.
OF_QUESTIONS = ("asked", "replied")


class OwnerMail(TypedDict):
    """What the job carries. owner_id: to whom; why: a key of LETTERS; by: who gave it or asked; asked_at: ISO."""

    improvement_id: int
    owner_id: int
    why: str
    by: str
    asked_at: str


def tell_new_owner(item: Improvement, by: Person, now: datetime) -> None:
    """Surely once this transaction commits, unless they took it themselves."""
    if item.owner_id is not None and item.owner_id != by.id:
        _promise(item, "given", by.name, now, key=f"owner {item.id} {item.owner_id} {item.revision}")


def remind_owners(today: date, now: datetime) -> None:
    """What is due tomorrow, and what became overdue today; each day of a date is told once. The caller commits."""
    days = {today + timedelta(days=1): "due", today - timedelta(days=1): "overdue"}
    query = select(Improvement).where(Improvement.due_on.in_(days), Improvement.owner_id.is_not(None))
    for item in db.session.scalars(query.where(Improvement.state.in_(UNFINISHED)).order_by(Improvement.id)):
        if item.due_on is not None:
            why = days[item.due_on]
            _promise(item, why, "", now, key=f"{why} {item.id} {item.owner_id} {item.due_on.isoformat()}")


def tell_asked(item: Improvement, question_id: int, by: Person, now: datetime) -> None:
    """Its owner is asked, or all leads where nobody owns it; nobody hears of a question of their own."""
    leads = select(Person.id).where(Person.role.in_(LEADING), Person.left_at.is_(None)).order_by(Person.id)
    asked = [item.owner_id] if item.owner_id is not None else list(db.session.scalars(leads))
    for person_id in asked:
        if person_id != by.id:
            _promise(item, "asked", by.name, now, key=f"asked {question_id} {person_id}", to=person_id)


def tell_replied(item: Improvement, reply_id: int, to: int, by: Person, now: datetime) -> None:
    if to != by.id:
        _promise(item, "replied", by.name, now, key=f"replied {reply_id}", to=to)


def send_to_owner(payload: OwnerMail) -> None:
    """The worker's part. Raises Undelivered, so that it is tried again."""
    item, owner_id = db.session.get(Improvement, payload["improvement_id"]), payload["owner_id"]
    theirs = item is not None and (payload["why"] in OF_QUESTIONS or item.owner_id == owner_id)
    if item is None or not theirs or not item.is_open or not setting_of(owner_id).mails:
        return  # given to somebody else, done or not wanted meanwhile
    person = db.session.get(Person, owner_id)
    deliver(person, payload["asked_at"], LATEST, lambda to: owner_letter(item, to, payload))


def owner_letter(item: Improvement, person: Person, payload: OwnerMail) -> tuple[str, str]:
    """Subject and text, in the owner's language."""
    language = language_of(person)
    told = LetterTold(
        name=person.name,
        by=payload["by"],
        title=item.names,
        level=item.level,
        touchpoint=item.area.touchpoint.name,
        channel=item.area.channel,
        due=item.due_on,
        address=_where(item, payload["why"]),
    )
    subject, text = LETTERS[payload["why"]](told)
    return plain(subject, language).replace("\n", " "), plain(text, language)


def _where(item: Improvement, why: str) -> str:
    """A question is read and answered on the page of its improvement, whoever may open it."""
    page = f"{base_address()}/improvements/mine"
    return f"{page}/{item.id}#asked" if why in OF_QUESTIONS else page


def _promise(item: Improvement, why: str, by: str, now: datetime, key: str, to: int | None = None) -> None:
    """to: somebody else than its owner."""
    owner_id = to or item.owner_id
    if owner_id is None or not can_send_links() or not setting_of(owner_id).mails:
        return
    payload: OwnerMail = {
        "improvement_id": item.id,
        "owner_id": owner_id,
        "why": why,
        "by": by,
        "asked_at": now.isoformat(),
    }
    enqueue(JOB, payload, now, key=key)
