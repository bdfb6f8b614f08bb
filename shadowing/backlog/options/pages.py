"""Two open improvements of one area, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shadowing.backlog.models import OPEN_STATES, UNDECIDED, Improvement
from shadowing.backlog.options.choosing import comparable
from shadowing.backlog.options.figures import Option, OptionsPage
from shadowing.backlog.order.figures import PlaceInOrder
from shadowing.backlog.order.ranking import arranged, standings
from shadowing.backlog.pages import item_or_404
from shadowing.backlog.rows import Facts
from shadowing.core.database import db
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.journeys.models import Area


def options_page(wanted: Mapping[str, str]) -> OptionsPage:
    """/improvements/compare. Raises not_found for what is not there, or cannot be compared."""
    everything = _open_items()
    facts = Facts(everything)
    if not wanted.get("a") and not wanted.get("b"):
        return OptionsPage(pairs=tuple((facts.row(one), facts.row(other)) for one, other in _pairs(everything)))
    one, other = (option_named(wanted.get(name)) for name in ("a", "b"))
    if not comparable(one, other):
        raise Problem("not_found")
    places = standings(arranged([facts.candidate(each) for each in everything]))
    return OptionsPage(_option(one, facts, places), _option(other, facts, places))


def option_named(said: str | None, to_change: bool = False) -> Improvement:
    """Raises not_found."""
    id = our_id(said)
    if id is None:
        raise Problem("not_found")
    return item_or_404(id, to_change)


def _open_items() -> list[Improvement]:
    query = select(Improvement).where(Improvement.state.in_(OPEN_STATES)).order_by(Improvement.id)
    return list(db.session.scalars(query.options(joinedload(Improvement.area).joinedload(Area.touchpoint))))


def _pairs(items: list[Improvement]) -> list[tuple[Improvement, Improvement]]:
    """The first of every area beside each of its others."""
    by_area: dict[tuple[int, int], list[Improvement]] = defaultdict(list)
    for item in items:
        if item.state in UNDECIDED:
            by_area[item.area_id, item.panel_id].append(item)
    return [(first, other) for first, *others in by_area.values() for other in others]


def _option(item: Improvement, facts: Facts, places: Mapping[str, PlaceInOrder]) -> Option:
    place = places[str(item.id)]
    return Option(facts.row(item, stands=place), item.revision, place, item.cost)
