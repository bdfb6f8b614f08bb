"""Keep it or correct it: a decision under a name, with the improvement that carries it out. Callers commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, select

from shadowing.authoring.promises.models import PromiseDecision
from shadowing.authoring.promises.pages import Promise, open_items
from shadowing.backlog.drafting import raise_by_person
from shadowing.backlog.models import Improvement
from shadowing.core.database import advisory_lock, db
from shadowing.core.i18n import words
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.journeys.models import Area
from shadowing.people import audit
from shadowing.people.models import Person
from shadowing.visits.models.totals import Panel
from shadowing.visits.tallies import LIVE


def decide(promise: Promise, wanted: Mapping[str, str], person: Person, now: datetime) -> PromiseDecision:
    """wanted: decision, words, asked and after, as DecisionForm has them. Raises Problem: stale, invalid."""
    advisory_lock(f"promise:{promise.name}")
    if str(promise.decision.id if promise.decision else 0) != wanted["after"]:
        raise Problem("stale")
    what, said = wanted["decision"], wanted["words"]
    if what == "correct" and not said:
        raise Problem("invalid", [("words", _("Say what is promised instead, or that it is no longer promised."))])
    owner = _person(wanted["asked"])
    known = open_items(promise) if what == "keep" else []
    item = known[0] if known else _new_item(promise, what, said, owner, person, now)
    decision = PromiseDecision(
        touchpoint_id=promise.touchpoint_id,
        standard_key=promise.key,
        decision=what,
        words=said or None,
        improvement_id=item.id if item else None,
        person_id=person.id,
        decided_at=now,
        cited={"kept": promise.seen.kept, "broken": promise.seen.broken},
    )
    db.session.add(decision)
    db.session.flush()
    audit.note("decide", "promise", decision.id, {"decision": what, "promise": promise.name})
    return decision


def _person(said: str) -> Person | None:
    if not said:
        return None
    id = our_id(said)
    found = None if id is None else db.session.get(Person, id)
    if found is None or not found.is_active:
        raise Problem("invalid", [("asked", _("No member of staff has this id."))])
    return found


def _new_item(
    promise: Promise, what: str, said: str, owner: Person | None, person: Person, now: datetime
) -> Improvement | None:
    """None while nothing was ever seen: an improvement needs an area and a panel to be judged in."""
    area = db.session.scalar(
        select(Area).where(Area.touchpoint_id == promise.touchpoint_id).order_by(Area.offered.desc(), Area.id).limit(1)
    )
    panel_id = db.session.scalar(select(func.min(Panel.id)).where(Panel.kind == LIVE))
    if area is None or panel_id is None:
        return None
    promised = words(promise.text)
    keep, correct = _("Keep the promise: %(text)s", text=promised), _("Correct the promise: %(text)s", text=promised)
    title = keep if what == "keep" else correct
    item = raise_by_person(area, panel_id, promise.level, title[:200], said, owner, person, now)
    item.origin, item.origin_ref = "promise", promise.name[:80]
    return item
