"""A question of the week answered: yes, no, or asked back. Callers commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from shadowing.authoring.promises.decisions import decide
from shadowing.authoring.promises.pages import Promise
from shadowing.backlog.changing import change
from shadowing.backlog.decisions.asking import ASK, ask, question_in
from shadowing.backlog.decisions.models import Decision
from shadowing.backlog.decisions.recording import record_decision
from shadowing.backlog.history.undoing import undo_change
from shadowing.backlog.models import Improvement
from shadowing.backlog.schemas import read
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.core.text import lines
from shadowing.people import audit
from shadowing.people.models import Person
from shadowing.people.zones import home_zone
from shadowing.summary.questions.candidates import need_of
from shadowing.summary.questions.week import PROMISE

YES, NO, TAKEN_BACK = "yes", "no", "taken_back"


@dataclass(frozen=True)
class AnswerSent:
    """As it was sent, empty is nothing. what: yes, no or ask; keep, correct or ask of a promise."""

    what: str
    revision: str
    words: str = ""
    question: str = ""
    owner: str = ""
    due: str = ""


def answer_improvement(item: Improvement, said: AnswerSent, person: Person, now: datetime) -> None:
    """Raises Problem: stale; invalid at reason, question, owner, due."""
    need = need_of(item, clock.day_at(now, home_zone()))
    if need is None or our_id(said.revision) != item.revision:
        raise Problem("stale", current={"revision": item.revision, "state": item.state})
    if said.what == ASK:
        ask(item, said.question, person, now)
        return
    wanted = _no(item, said) if said.what == NO else _yes(item, said)
    # Starting work against a lens is recorded by the step itself, with the same words.
    if wanted.get("state") != "in_progress":
        record_decision(item, said.what, lines(said.words), person, now)
    change(item, read(wanted), person, now)


def take_back(item: Improvement, revision: str, person: Person, now: datetime) -> None:
    """The answer just given, by whoever gave it, while nothing else has changed: a new line, the old one stays."""
    undo_change(item, our_id(revision) or 0, person, now)
    record_decision(item, TAKEN_BACK, "", person, now)


def answer_promise(promise: Promise, said: AnswerSent, person: Person, now: datetime) -> None:
    """Raises Problem: stale; invalid at words, question, asked."""
    if said.what == ASK:
        _ask_about(promise, said.question, person, now)
        return
    decide(
        promise,
        {"decision": said.what, "words": lines(said.words), "asked": said.owner, "after": said.revision},
        person,
        now,
    )


def _yes(item: Improvement, said: AnswerSent) -> dict[str, Any]:
    """What is proposed is accepted; what conflicts is started; what goes on gets its owner."""
    wanted: dict[str, Any] = {"revision": item.revision, "reason": said.words or None}
    if said.owner:
        wanted["owner"] = said.owner
    if said.due:
        wanted["due"] = said.due
    if item.state == "proposed":
        item.snoozed_until = item.snoozed_floor = None
        return {**wanted, "state": "accepted"}
    if item.state == "accepted" and item.owner_id is not None:
        return {**wanted, "state": "in_progress"}
    if not said.owner:
        raise Problem("invalid", [("owner", _("Say who owns it. An improvement without an owner does not move."))])
    return wanted


def _no(item: Improvement, said: AnswerSent) -> dict[str, Any]:
    return {"revision": item.revision, "state": "declined", "reason": said.words or None}


def _ask_about(promise: Promise, words: str, person: Person, now: datetime) -> None:
    db.session.add(
        Decision(
            kind=PROMISE,
            about_id=promise.touchpoint_id,
            about_key=promise.key,
            option=ASK,
            reason=question_in(words),
            person_id=person.id,
            decided_at=now,
            cited={"kept": promise.seen.kept, "broken": promise.seen.broken},
        )
    )
    audit.note(ASK, PROMISE, promise.touchpoint_id)
