"""What is asked before deciding goes to the owner, or to the leads; the reply stays beside it. Callers commit."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from shadowing.backlog.decisions.models import Decision, DecisionReply
from shadowing.backlog.decisions.recording import IMPROVEMENT, record_decision
from shadowing.backlog.drafting import note_event
from shadowing.backlog.models import Improvement
from shadowing.backlog.notices.letters import tell_asked, tell_replied
from shadowing.backlog.notices.news import ASKED, REPLIED
from shadowing.core.database import db
from shadowing.core.problems import Problem
from shadowing.core.text import lines
from shadowing.people import audit
from shadowing.people.models import Person

ASK = "ask"
MOST_SIGNS = 1000


def ask(item: Improvement, words: str, person: Person, now: datetime) -> Decision:
    """Raises Problem invalid at `question`. It changes nothing, so whoever decides meanwhile is not held up."""
    decision = record_decision(item, ASK, question_in(words), person, now)
    db.session.flush()
    note_event(item, ASKED, now, person_id=person.id, words=decision.reason)
    tell_asked(item, decision.id, person, now)
    audit.note(ASK, IMPROVEMENT, item.id)
    return decision


def reply(decision: Decision, words: str, person: Person, now: datetime) -> DecisionReply:
    """To what was asked. Raises Problem invalid at `words`."""
    made = DecisionReply(
        decision_id=decision.id, words=_said(words, "words", _("Write your answer.")), person_id=person.id, said_at=now
    )
    db.session.add(made)
    db.session.flush()
    item = db.session.get(Improvement, decision.about_id) if decision.kind == IMPROVEMENT else None
    if item is not None:
        note_event(item, REPLIED, now, person_id=person.id, after=str(decision.person_id), words=made.words)
        tell_replied(item, made.id, decision.person_id, person, now)
    audit.note("reply", "decision", decision.id)
    return made


def question_in(words: str) -> str:
    """Raises Problem invalid at `question`."""
    return _said(words, "question", _("Write what you want to know."))


def _said(words: str, path: str, missing: str) -> str:
    said = lines(words)
    if not said:
        raise Problem("invalid", [(path, missing)])
    if len(said) > MOST_SIGNS:
        raise Problem("invalid", [(path, _("This is too long; 1,000 signs at most."))])
    return said
