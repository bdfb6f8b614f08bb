"""Mail that people get: the link to choose a password. Sent by the worker, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypedDict

from flask import current_app

from shadowing.core import clock, mail
from shadowing.core.database import db
from shadowing.core.i18n import LOCALES
from shadowing.core.jobs.queue import enqueue
from shadowing.core.sentences import plain
from shadowing.people.accounts import organisation
from shadowing.people.links import BY_MAIL, base_address, password_token
from shadowing.people.models import Person
from shadowing.people.wording import new_password

JOB = "password_mail"
#: Subject and text.
Letter = tuple[str, str]
#: Later than this nobody waits for the mail any more.
LATEST = timedelta(hours=1)


class LinkToSend(TypedDict):
    """What the job carries: to whom, and since when (ISO)."""

    person_id: int
    asked_at: str


def mail_server() -> mail.MailServer | None:
    """The one of the settings, else the one of the settings page; None = mail is not set up. Raises BadAddress."""
    said = str(current_app.config["SHADOWING_MAIL_URL"])
    if said:
        return mail.parse(said)
    kept = organisation().mail
    return mail.parse(kept["address"], kept["sender"]) if kept else None


def can_send_links() -> bool:
    """Whether a mail could be sent that leads back here: there is a server, and our address is known for sure."""
    try:
        return mail_server() is not None and bool(base_address())
    except mail.BadAddress:
        return False


def promise_link(person: Person, now: datetime) -> None:
    """Send the link surely once this transaction commits; several wishes within five minutes are one."""
    slot = int(now.timestamp()) // 300
    payload: LinkToSend = {"person_id": person.id, "asked_at": now.isoformat()}
    enqueue(JOB, payload, now, key=f"password {person.id} {slot}")


def send_link(payload: LinkToSend) -> None:
    """The worker's part. Raises Undelivered, so that it is tried again."""
    deliver(db.session.get(Person, payload["person_id"]), payload["asked_at"], LATEST, link_letter)


def deliver(person: Person | None, asked_at: str, latest: timedelta, letter: Callable[[Person], Letter]) -> None:
    """Write and send what was asked for at this moment (ISO). Raises Undelivered, so that it is tried again.

    Not to who is gone, not after `latest`, and not where no mail or no address of ours is set up.
    """
    server, late = mail_server(), clock.now() - datetime.fromisoformat(asked_at) > latest
    if person is None or not person.is_active or server is None or late or not base_address():
        return
    to, (subject, text) = person.email, letter(person)
    db.session.rollback()  # the server may be slow; nothing is held meanwhile
    mail.send(server, to, subject, text)


def language_of(person: Person) -> str:
    """What letters to them are written in."""
    return person.locale if person.locale in LOCALES else organisation().languages[0]


def link_letter(person: Person) -> Letter:
    """Subject and text."""
    home, language = organisation(), language_of(person)
    # By hand: the worker has no request, so url_for does not know our address.
    address = f"{base_address()}/password/{password_token(person, 'mail')}"
    hours = int(BY_MAIL.total_seconds()) // 3600
    subject, text = new_password(person.name, home.name, hours, address)
    return plain(subject, language).replace("\n", " "), plain(text, language)
