"""Accept, decline or assign several improvements at once; what cannot be done is left as it is. Callers commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from shadowing.backlog.changing import change
from shadowing.backlog.history.undoing import undo_change
from shadowing.backlog.models import Improvement
from shadowing.backlog.owners import active_person
from shadowing.backlog.schemas import ImprovementChange, read
from shadowing.backlog.states import may_follow
from shadowing.core.database import db
from shadowing.core.problems import Problem
from shadowing.people.models import Person

MOST = 200
#: What is done -> the state it leads to, from which states; None = it stays.
DEEDS: dict[str, str | None] = {"accept": "accepted", "decline": "declined", "assign": None}


@dataclass(frozen=True)
class Outcome:
    """done: id and new revision; stale: changed meanwhile; illegal: the step does not follow from where they stand."""

    deed: str
    done: tuple[tuple[int, int], ...] = ()
    stale: int = 0
    illegal: int = 0


def change_several(
    looked_at: Sequence[tuple[int, int]], deed: str, owner: str, reason: str, person: Person, now: datetime
) -> Outcome:
    """Raises Problem invalid with the field named: nothing ticked, no owner, no reason."""
    _refuse_without(looked_at, deed, owner, reason)
    done, stale, illegal = [], 0, 0
    for item, revision in locked(looked_at):
        if item is None or item.revision != revision:
            stale += 1
        elif not _follows(item, deed):
            illegal += 1
        else:
            change(item, _wanted(item, deed, owner, reason), person, now)
            done.append((item.id, item.revision))
    return Outcome(deed, tuple(done), stale, illegal)


def undo_several(looked_at: Sequence[tuple[int, int]], person: Person, now: datetime) -> int:
    """All of them or none. Raises Problem stale, illegal_transition."""
    items = locked(looked_at)
    if any(item is None or item.revision != revision for item, revision in items):
        raise Problem("stale")
    for item, revision in items:
        if item is not None:
            undo_change(item, revision, person, now)
    return len(items)


def check_number(looked_at: Sequence[tuple[int, int]]) -> None:
    """Raises Problem invalid when nothing was ticked, or too much."""
    if not looked_at:
        raise Problem("invalid", [("", _("Tick at least one improvement first."))])
    if len(looked_at) > MOST:
        raise Problem("invalid", [("", _("At most 200 at once. Tick fewer."))])


def locked(looked_at: Sequence[tuple[int, int]]) -> list[tuple[Improvement | None, int]]:
    """In the order of their ids, so that two at once never wait for each other."""
    query = select(Improvement).where(Improvement.id.in_([id for id, _revision in looked_at]))
    found = {item.id: item for item in db.session.scalars(query.order_by(Improvement.id).with_for_update())}
    return [(found.get(id), revision) for id, revision in sorted(dict(looked_at).items())]


def _refuse_without(looked_at: Sequence[tuple[int, int]], deed: str, owner: str, reason: str) -> None:
    if deed not in DEEDS:
        raise Problem("invalid", [("", _("Choose what is to be done with them."))])
    check_number(looked_at)
    if deed == "decline" and not reason.strip():
        raise Problem("invalid", [("because", _("Say why, in a sentence. It stays with the improvement."))])
    if deed != "decline" and active_person(owner, "given_to") is None:
        raise Problem("invalid", [("given_to", _("Choose an owner first."))])


def _follows(item: Improvement, deed: str) -> bool:
    if deed == "accept":
        return item.state == "proposed"
    return may_follow(item.state, "declined") if deed == "decline" else item.is_open


def _wanted(item: Improvement, deed: str, owner: str, reason: str) -> ImprovementChange:
    said = {"reason": reason} if deed == "decline" else {"owner": owner}
    return read({"revision": item.revision, "state": DEEDS[deed], **said})
