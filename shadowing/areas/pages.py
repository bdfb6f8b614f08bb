"""From kept-up results to the figures of the list of areas."""

from __future__ import annotations

from collections.abc import Mapping

from shadowing.areas.figures import AreasPage, grouped
from shadowing.areas.heat_map import heat_map, pyramid_of
from shadowing.areas.rows import row_of
from shadowing.core import clock
from shadowing.core.carried import FILTER
from shadowing.coverage.pages import known_scenarios, ordered_channels
from shadowing.journeys.models import Journey
from shadowing.people.reader import Reader
from shadowing.scoring.asked_areas import applicable, areas_asked, picked
from shadowing.scoring.filter import Asked, read
from shadowing.scoring.filter_bar import FilterOffer, filters_of
from shadowing.scoring.kept import nothing_kept
from shadowing.scoring.models import JourneyResult
from shadowing.scoring.part_rows import customers_by_cell
from shadowing.scoring.periods import period_state
from shadowing.scoring.queries import (
    AreaWithResult,
    choose_journey,
    how_many_unseen,
    journey_result,
    journeys_by_visits,
    panel_of_journey,
    places,
)
from shadowing.scoring.shapes import Filter, HeatMap, Pyramid

#: Answers of a file have no site, persona or scenario of ours, and their window ends with its newest row.
IMPORTED = ("journey", "channel", "stage")


def areas_page(wanted: Mapping[str, str], remembered: str | None, reader: Reader) -> AreasPage:
    """/areas. wanted: the filter. Raises not_found or invalid for what it names wrongly."""
    now, asked = clock.now(), read(wanted, reader)
    journeys = [journey for journey, _ in journeys_by_visits()]
    journey = choose_journey(journeys, wanted.get("journey"), remembered)
    if journey is None:
        return AreasPage(None, (), (), HeatMap((), ()), Pyramid(()))
    asked = applicable(asked, journey)
    panel_id = panel_of_journey(journey)
    if state := period_state(panel_id, asked):
        return _without_period(journeys, journey, panel_id, asked, reader, state)
    found = areas_asked(journey, asked, now)
    shown, kept = picked(found, asked), journey_result(journey, panel_id, asked.scope)
    offered, rows = [p for p in found if p.area.offered], {p.area.id: row_of(p) for p in found}
    return AreasPage(
        journey=journey.name,
        filters=_filters(journeys, journey, found, asked, reader),
        groups=grouped(rows[p.area.id] for p in shown if p.result is not None and p.result.score is not None),
        heat=heat_map([rows[p.area.id] for p in offered], _customers(panel_id, offered, kept, asked)),
        pyramid=pyramid_of(kept) if asked.fitted else Pyramid(()),
        offered=sum(p.area.offered for p in shown),
        unseen=how_many_unseen(found, kept) if asked.fitted else sum(p.result is None for p in offered),
        is_part=not asked.everything,
        imported=journey.origin == "import",
        journey_id=journey.id,
    )


def _without_period(
    journeys: list[Journey], journey: Journey, panel_id: int, asked: Asked, reader: Reader, state: str
) -> AreasPage:
    """Until the fit of a period outside the window is there."""
    filters = _filters(journeys, journey, places(journey, panel_id), asked, reader)
    nothing = HeatMap((), ()), Pyramid(())
    return AreasPage(journey.name, filters, (), *nothing, journey_id=journey.id, period=state, since=asked.day)


def _filters(
    journeys: list[Journey], journey: Journey, found: list[AreaWithResult], asked: Asked, reader: Reader
) -> tuple[Filter, ...]:
    offer = FilterOffer(journeys, journey, ordered_channels(found), known_scenarios(panel_of_journey(journey), journey))
    return filters_of(IMPORTED if journey.origin == "import" else FILTER, offer, asked, reader, clock.now())


def _customers(
    panel_id: int, offered: list[AreaWithResult], kept: JourneyResult | None, asked: Asked
) -> Mapping[str, int]:
    """How many different customers were met in each cell of the map."""
    if asked.fitted:
        return (kept.figures if kept else nothing_kept())["cells"]
    return customers_by_cell(panel_id, [p.area.id for p in offered], asked, clock.now())
