"""What changed lately: flags raised and released, improvements moved, serious cases. Facts with their dates."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from shadowing.backlog.models import Improvement, ImprovementEvent
from shadowing.core.database import db
from shadowing.core.sentences import Value
from shadowing.journeys.wording import place as place_told
from shadowing.scoring.models import AreaFlag
from shadowing.scoring.queries import AreaWithResult
from shadowing.summary.figures import Change

LATELY = timedelta(days=30)
#: Flags of the first day judge what nobody had judged before; nothing fell.
FIRST_DAY = timedelta(days=1)
MOST = 5
TOLD_STATES = ("verified", "reopened", "shipped")


def changes_lately(panel_id: int, places: list[AreaWithResult], now: datetime) -> tuple[Change, ...]:
    """The newest facts of these places, newest first."""
    names = {place.area.id: _name(place) for place in places}
    found = [*_flags(panel_id, names, now - LATELY), *_moves(panel_id, names, now - LATELY)]
    return tuple(change for at, change in sorted(found, key=lambda pair: pair[0], reverse=True)[:MOST])


def proofs(panel_id: int, places: list[AreaWithResult]) -> tuple[Change, ...]:
    """Improvements of these places that were verified, the newest first."""
    names = {place.area.id: _name(place) for place in places}
    verified = select(Improvement).where(Improvement.panel_id == panel_id, Improvement.state == "verified")
    items = db.session.scalars(verified.order_by(Improvement.changed_at.desc(), Improvement.id).limit(MOST))
    return tuple(
        Change("verified", item.names or names.get(item.area_id, ""), improvement_id=item.id) for item in items
    )


def _flags(panel_id: int, names: dict[int, Value], since: datetime) -> list[tuple[datetime, Change]]:
    first = db.session.scalar(select(func.min(AreaFlag.raised_at)).where(AreaFlag.panel_id == panel_id))
    if first is None:
        return []
    newest: dict[int, tuple[datetime, Change]] = {}
    flags = select(AreaFlag).where(AreaFlag.panel_id == panel_id).order_by(AreaFlag.id)
    for flag in db.session.scalars(flags):
        name = names.get(flag.area_id)
        at = flag.released_at or flag.raised_at
        if name is None or at < since or (flag.released_at is None and at < first + FIRST_DAY):
            continue
        kind = "rose" if flag.released_at else "fell"
        newest[flag.area_id] = at, Change(kind, name, area_id=flag.area_id)
    return list(newest.values())


def _moves(panel_id: int, names: dict[int, Value], since: datetime) -> list[tuple[datetime, Change]]:
    rows = db.session.execute(
        select(ImprovementEvent, Improvement)
        .join(Improvement, Improvement.id == ImprovementEvent.improvement_id)
        .where(Improvement.panel_id == panel_id, ImprovementEvent.at >= since, ImprovementEvent.kind == "state")
    )
    found = []
    for event, item in rows:
        name = item.names or names.get(item.area_id, "")
        if event.after in TOLD_STATES:
            found.append((event.at, Change(event.after, name, improvement_id=item.id)))
        elif event.after == "proposed" and item.serious:
            found.append((event.at, Change("serious", name, item.serious, improvement_id=item.id)))
    return found


def _name(place: AreaWithResult) -> Value:
    """A touchpoint of one channel is named without it."""
    name = place.touchpoint.name
    return name if len(place.touchpoint.channels) == 1 else place_told(name, place.area.channel)
