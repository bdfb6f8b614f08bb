"""Where one improvement stands among all that are open."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shadowing.backlog.models import OPEN_STATES, Improvement
from shadowing.backlog.order.figures import PlaceInOrder
from shadowing.backlog.order.ranking import arranged, standings
from shadowing.backlog.pages import Facts
from shadowing.core.database import db
from shadowing.journeys.models import Area


def standing_of(item: Improvement) -> PlaceInOrder | None:
    """In the order of METHOD 2 over all journeys. None for what is closed."""
    if not item.is_open:
        return None
    everything = select(Improvement).where(Improvement.state.in_(OPEN_STATES))
    loaded = everything.options(joinedload(Improvement.area).joinedload(Area.touchpoint))
    facts = Facts(items := list(db.session.scalars(loaded)))
    return standings(arranged([facts.candidate(each) for each in items]))[str(item.id)]
