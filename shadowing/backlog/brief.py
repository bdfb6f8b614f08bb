"""What order, counters and filters need of every improvement: thousands at once, of which a page shows some."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Select, select

from shadowing.backlog.figures import UNFINISHED
from shadowing.backlog.models import OPEN_STATES, Improvement, is_asleep
from shadowing.core.database import db
from shadowing.core.vocabulary import ImprovementState, Level
from shadowing.journeys.models import Area, Touchpoint


class Brief(NamedTuple):
    """An improvement without its words, its plan and its people."""

    id: int
    area_id: int
    panel_id: int
    level: Level
    state: ImprovementState
    owner_id: int | None
    due_on: date | None
    snoozed_until: date | None
    raised_at: datetime
    changed_at: datetime
    effort: str | None
    effort_days: float | None
    lenses: dict[str, float] | None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def asleep(self, today: date) -> bool:
        return is_asleep(self.state, self.snoozed_until, today)


def every_brief() -> Select[Brief]:
    """Joined with area and touchpoint, for the filters of board/selection.py."""
    columns = (getattr(Improvement, name) for name in Brief._fields)
    query = select(*columns).select_from(Improvement).join(Area, Area.id == Improvement.area_id).join(Touchpoint)
    return query.order_by(Improvement.id)


def read_briefs(query: Select[Brief]) -> list[Brief]:
    return [Brief._make(row) for row in db.session.execute(query)]


def is_overdue(item: Improvement | Brief, today: date) -> bool:
    return bool(item.due_on and item.due_on < today and item.state in UNFINISHED)
