"""Mail to whoever is to shadow: assigned, moved, cancelled. Only when mail is set up; sent by the worker.

Never with a customer's label: a mail is kept where nobody erases it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypedDict
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask_babel import force_locale, gettext

from shadowing.core import clock, mail
from shadowing.core.database import db
from shadowing.core.i18n import LOCALES, words
from shadowing.core.jobs.queue import enqueue
from shadowing.journeys.models import Journey
from shadowing.people.accounts import organisation
from shadowing.people.letters import can_send_links, mail_server
from shadowing.people.links import base_address
from shadowing.people.models import Person
from shadowing.visits.models.plan import Plan

JOB = "plan_mail"
#: Later than this the day has told it itself.
LATEST = timedelta(hours=24)


class PlanToSend(TypedDict):
    """What the job carries: which plan, to whom, who changed it, and when (ISO)."""

    plan_id: int
    observer_id: int
    by: str
    asked_at: str


def promise_letter(plan: Plan, by: Person, now: datetime) -> None:
    """Tell the observer surely once this transaction commits, unless it is the observer who did it."""
    if plan.observer_id is None or plan.observer_id == by.id or not can_send_links():
        return
    payload: PlanToSend = {
        "plan_id": plan.id,
        "observer_id": plan.observer_id,
        "by": by.name,
        "asked_at": now.isoformat(),
    }
    enqueue(JOB, payload, now, key=f"plan {plan.id} {plan.observer_id} {plan.revision}")


def send_plan(payload: PlanToSend) -> None:
    """The worker's part. Raises Undelivered, so that it is tried again."""
    now = clock.now()
    plan, person = db.session.get(Plan, payload["plan_id"]), db.session.get(Person, payload["observer_id"])
    server, late = mail_server(), now - datetime.fromisoformat(payload["asked_at"]) > LATEST
    if plan is None or person is None or not person.is_active or server is None or late or not base_address():
        return
    if plan.observer_id != person.id:
        return  # given to somebody else meanwhile
    to, (subject, text) = person.email, plan_letter(plan, person, payload["by"])
    db.session.rollback()  # the server may be slow; nothing is held meanwhile
    mail.send(server, to, subject, text)


def plan_letter(plan: Plan, person: Person, by: str) -> tuple[str, str]:
    """Subject and text, in the reader's language and at the site's clock."""
    home = organisation()
    language = person.locale if person.locale in LOCALES else home.languages[0]
    zone = ZoneInfo(plan.site.time_zone or home.time_zone)
    journey = words(db.session.get_one(Journey, plan.journey_id).name, language)
    locale = "zh_Hans_CN" if language == "zh" else "en_GB"
    moment = format_datetime(
        plan.starts_at, "EEEE d MMMM, HH:mm" if language != "zh" else "M月d日 EEEE HH:mm", zone, locale
    )
    with force_locale(LOCALES[language]):
        said = {"journey": journey, "when": moment, "site": words(plan.site.name, language), "by": by}
        address = f"{base_address()}/slots"
        if plan.cancelled_at:
            subject = gettext("Cancelled: %(journey)s, %(when)s", **said)
            text = gettext(
                "Hello %(name)s,\n\nthe visit along “%(journey)s” at %(site)s on %(when)s is cancelled by %(by)s. "
                "There is nothing to do.",
                name=person.name,
                **said,
            )
        else:
            subject = gettext("A visit for you: %(journey)s, %(when)s", **said)
            text = gettext(
                "Hello %(name)s,\n\n%(by)s asks you to shadow a customer along “%(journey)s”:\n\n"
                "%(when)s\n%(site)s\n%(note)s\nIt stands in the app under Today. If you cannot go, say so here, "
                "so that somebody else can:\n\n%(address)s",
                name=person.name,
                note=f"{plan.note}\n" if plan.note else "",
                address=address,
                **said,
            )
    return subject.replace("\n", " "), text
