"""What people do with an improvement: accept, decline, work, ship. Each step is a fact with who and when."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flask_babel import gettext as _

from shadowing.backlog.decisions.recording import record_decision
from shadowing.backlog.drafting import note_event
from shadowing.backlog.history.facts import TITLES, changed
from shadowing.backlog.models import Improvement
from shadowing.backlog.notices.letters import tell_new_owner
from shadowing.backlog.owners import active_person
from shadowing.backlog.priority import lens_values, tension
from shadowing.backlog.schemas import ImprovementChange
from shadowing.backlog.shipping import agree_on, is_unseen, pilot_sites, ship, take_back
from shadowing.backlog.states import NEEDED, may_follow
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import LENSES, ImprovementState
from shadowing.people import audit
from shadowing.people.models import Person


def change(item: Improvement, wanted: ImprovementChange, person: Person, now: datetime) -> None:
    """Carry it out. Raises Problem: stale, illegal_transition, invalid. The caller commits."""
    if wanted.revision != item.revision:
        raise Problem("stale", current={"revision": item.revision, "state": item.state})
    before = fields_of(item)
    _set_fields(item, wanted)
    for fact in changed(before, fields_of(item)):
        note_event(item, fact.kind, now, person_id=person.id, before=fact.before, after=fact.after, words=fact.words)
    if wanted.state and wanted.state != item.state:
        _step(item, wanted, person, now)
    elif wanted.reason:
        note_event(item, "edit", now, person_id=person.id, words=wanted.reason)
    if wanted.planned_visits is not None:
        agree_on(item, wanted.planned_visits)
    item.revision += 1
    if _text(item.owner_id) != before["owner"]:
        tell_new_owner(item, person, now)
    audit.note("change", "improvement", item.id, {"state": item.state})


def fields_of(item: Improvement) -> dict[str, str | None]:
    """What the history says of a change to them, as text."""
    lenses = item.lenses or {}
    return {
        "owner": _text(item.owner_id),
        "due": item.due_on.isoformat() if item.due_on else None,
        "effort": item.effort,
        "effort_days": _text(item.effort_days),
        "cost": _text(item.cost),
        **{f"lens_{lens}": _text(lenses.get(lens)) for lens in LENSES},
        "title": item.title,
        **{kind: (item.titles or {}).get(language) for kind, language in TITLES.items()},
        "plan": item.plan,
    }


def _text(value: float | None) -> str | None:
    return None if value is None else f"{value:.12g}"


def _set_fields(item: Improvement, wanted: ImprovementChange) -> None:
    given = wanted.model_fields_set
    if "owner" in given:
        item.owner_id = active_person(wanted.owner, "owner")
    for name, column in (("due", "due_on"), ("effort", "effort"), ("effort_days", "effort_days"), ("cost", "cost")):
        if name in given:
            setattr(item, column, getattr(wanted, name))
    for name in ("lenses", "title", "plan"):
        if name in given:
            setattr(item, name, getattr(wanted, name) or None)
    if "titles" in given:
        item.titles = {language: said for language, said in (wanted.titles or {}).items() if said} or None
    if "lens_reasons" in given:
        item.lens_reasons = {lens: why for lens, why in (wanted.lens_reasons or {}).items() if why} or None


def _step(item: Improvement, wanted: ImprovementChange, person: Person, now: datetime) -> None:
    state = cast(ImprovementState, wanted.state)  # the schema takes no other word
    if not may_follow(item.state, state):
        raise Problem("illegal_transition", [("state", _("This step does not follow from the present state."))])
    takes_back = item.state == "shipped" and state == "in_progress"
    if takes_back and not is_unseen(item):
        told = _("Somebody has seen it since. It cannot be taken back; it can be reopened, with a reason.")
        raise Problem("illegal_transition", [("state", told)])
    if item.state == "verified" and state == "shipped" and not pilot_sites(item):
        told = _("It is live everywhere already. Reopen it if there is more to do.")
        raise Problem("illegal_transition", [("state", told)])
    if not takes_back:
        _refuse_without(item, wanted, state)
    note_event(item, "state", now, person_id=person.id, before=item.state, after=state, words=wanted.reason)
    item.state = state
    if state == "in_progress" and conflicting(item):
        record_decision(item, "start", wanted.reason or "", person, now)
    if state == "declined":
        item.declined_reason = wanted.reason
    if state == "shipped":
        ship(item, wanted.shipped_on, wanted.live_at, now, person.id)
    if item.shipped_at and (state == "reopened" or takes_back):
        take_back(item)


def _refuse_without(item: Improvement, wanted: ImprovementChange, state: ImprovementState) -> None:
    needed = NEEDED.get(state)
    if needed == "owner" and item.owner_id is None:
        raise Problem("invalid", [("owner", _("Say who owns it. An improvement without an owner does not move."))])
    if needed == "reason" and not wanted.reason:
        raise Problem("invalid", [("reason", _("Say why, in a sentence. It stays with the improvement."))])
    if state == "in_progress" and conflicting(item) and not wanted.reason:
        raise Problem("invalid", [("reason", _("The lenses conflict. Record who decided, and why."))])


def conflicting(item: Improvement) -> bool:
    """Whether one lens gains what another pays: nothing that is settled by an average (METHOD 3)."""
    if not item.lenses:
        return False
    importance = item.area.touchpoint.importance
    return tension(lens_values(importance, item.lenses))[0] == "conflict"
