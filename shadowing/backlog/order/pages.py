"""Where one improvement stands among all that are open."""

from __future__ import annotations

from shadowing.backlog.brief import every_brief, read_briefs
from shadowing.backlog.models import OPEN_STATES, Improvement
from shadowing.backlog.order.figures import PlaceInOrder
from shadowing.backlog.order.practices import PracticeCard, practices_for
from shadowing.backlog.order.ranking import arranged, standings
from shadowing.backlog.rows import Facts
from shadowing.core import clock
from shadowing.core.vocabulary import FACTORS
from shadowing.people.reader import Reader
from shadowing.people.zones import home_zone
from shadowing.scoring.queries import tallies
from shadowing.visits.window import first_day


def practices_of(item: Improvement, reader: Reader) -> tuple[PracticeCard, ...]:
    """What others do on its level, while the work is still to be thought of."""
    if item.state not in ("proposed", "accepted", "in_progress", "reopened"):
        return ()
    counted = tallies(item.panel_id, item.area_id, reader.sites, first_day(clock.now(), home_zone()))
    return practices_for(item.level, {factor: counted[f"factor:{factor}"].get("hurt", 0) for factor in FACTORS})


def standing_of(item: Improvement) -> PlaceInOrder | None:
    """In the order of METHOD 2 over all journeys. None for what is closed."""
    if not item.is_open:
        return None
    everything = read_briefs(every_brief().where(Improvement.state.in_(OPEN_STATES)))
    facts = Facts(everything)
    return standings(arranged([facts.candidate(each) for each in everything]))[str(item.id)]
