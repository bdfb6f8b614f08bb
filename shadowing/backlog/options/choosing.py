"""One of two options is chosen: both enter the register, the other one is declined. The caller commits."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from shadowing.backlog.changing import change
from shadowing.backlog.decisions.recording import record_decision
from shadowing.backlog.models import UNDECIDED, Improvement
from shadowing.backlog.schemas import ImprovementChange
from shadowing.core.i18n import language
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.core.text import lines
from shadowing.people.models import Person


def comparable(one: Improvement, other: Improvement) -> bool:
    """Two of one area, of which neither is finished."""
    same = one.area_id == other.area_id and one.panel_id == other.panel_id and one.id != other.id
    return same and one.state in UNDECIDED and other.state in UNDECIDED


def choose_option(
    chosen: Improvement, other: Improvement, revisions: tuple[str, str], reason: str, person: Person, now: datetime
) -> None:
    """revisions: of both as they were looked at. Raises Problem: stale, invalid, illegal_transition."""
    if [our_id(said) for said in revisions] != [chosen.revision, other.revision]:
        raise Problem("stale", current={"revision": chosen.revision, "state": chosen.state})
    if not comparable(chosen, other):
        raise Problem("illegal_transition")
    why = lines(reason)
    if not why:
        raise Problem("invalid", [("reason", _("Say why, in a sentence. It stays with the improvement."))])
    record_decision(chosen, "chosen", why, person, now)
    record_decision(other, "not_chosen", why, person, now)
    named = chosen.title_in(language()) or _("Improvement %(number)s", number=chosen.id)
    told = _("The other option was chosen: %(title)s. %(reason)s", title=named, reason=why)
    declined = ImprovementChange(revision=other.revision, state="declined", reason=told)
    change(other, declined, person, now)
