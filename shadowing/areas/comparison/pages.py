"""From what is kept of the fits to two sites or two channels side by side (METHOD 1.8). Nothing is fitted here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from shadowing.areas.comparison.choosing import ChosenSides, choose_sides, side_filters
from shadowing.areas.comparison.figures import CHANNEL, SITE, ComparedSide, ComparePage, Meeting
from shadowing.areas.comparison.lining_up import Lines, of_channels, of_sites
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.coverage.overlapping import overlaps
from shadowing.coverage.pages import ordered_channels
from shadowing.coverage.path_arrays import paths_asked
from shadowing.coverage.path_summary import linked_sites, met_at_sites, ways_of
from shadowing.journeys.models import Journey
from shadowing.people.models import Person
from shadowing.people.reader import Reader
from shadowing.planning.plans.observers import together
from shadowing.scoring.asked_areas import applicable, picked
from shadowing.scoring.filter import Asked, read
from shadowing.scoring.filter_bar import FilterOffer, filters_of
from shadowing.scoring.queries import (
    AreaWithResult,
    choose_journey,
    journey_result,
    journeys_by_visits,
    panel_of_journey,
    places,
)
from shadowing.scoring.shapes import Estimate, Filter

#: What of the filter selects here: the rest would make other numbers than those that are compared.
OFFERED = {SITE: ("journey", "channel", "stage"), CHANNEL: ("journey", "site", "stage")}
IMPORTED = ("journey", "stage")


def compare_page(wanted: Mapping[str, str], remembered: str | None, reader: Reader) -> ComparePage:
    """/areas/compare. Raises not_found or invalid for what the address names wrongly."""
    now, asked = clock.now(), read(wanted, reader)
    journeys = [journey for journey, _ in journeys_by_visits()]
    journey = choose_journey(journeys, wanted.get("journey"), remembered)
    if journey is None:
        return ComparePage(None, SITE)
    asked, panel_id = applicable(asked, journey), panel_of_journey(journey)
    found = places(journey, panel_id)
    chosen = choose_sides(wanted, journey, panel_id, found, reader)
    page = ComparePage(
        journey=journey.name,
        journey_id=journey.id,
        kind=chosen.kind,
        kinds=chosen.kinds,
        filters=(*side_filters(chosen), *_filters(chosen.kind, journeys, journey, found, asked, reader)),
        imported=journey.origin == "import",
    )
    if chosen.one is None or chosen.other is None:
        return page
    if chosen.kind == SITE:
        return _sites(page, journey, panel_id, picked(found, asked), chosen, reader, now)
    return _channels(page, journey, panel_id, found, chosen, asked, reader, now)


def _filters(
    kind: str,
    journeys: Sequence[Journey],
    journey: Journey,
    found: list[AreaWithResult],
    asked: Asked,
    reader: Reader,
) -> tuple[Filter, ...]:
    names = IMPORTED if journey.origin == "import" else OFFERED[kind]
    return filters_of(names, FilterOffer(journeys, journey, ordered_channels(found)), asked, reader, clock.now())


def _sites(
    page: ComparePage,
    journey: Journey,
    panel_id: int,
    found: list[AreaWithResult],
    chosen: ChosenSides,
    reader: Reader,
    now: datetime,
) -> ComparePage:
    one, other = int(chosen.one or 0), int(chosen.other or 0)
    groups = linked_sites(journey, panel_id, now)
    linked = one in groups and groups[one] == groups.get(other)
    sides = [_site(journey, panel_id, id, chosen) for id in (one, other)]
    lines = of_sites(panel_id, found, one, other, linked)
    apart = bool(lines.rows) and not linked
    return replace(
        _with_lines(page, lines),
        one=sides[0],
        other=sides[1],
        linked=not apart,
        meeting=_meeting(journey, panel_id, sides, reader, now) if apart else None,
    )


def _channels(
    page: ComparePage,
    journey: Journey,
    panel_id: int,
    found: list[AreaWithResult],
    chosen: ChosenSides,
    asked: Asked,
    reader: Reader,
    now: datetime,
) -> ComparePage:
    one, other = chosen.one or "", chosen.other or ""
    of_site = Asked(site_id=asked.site_id)
    if asked.site_id is not None:
        found = places(journey, panel_id, of_site.scope)
    here = [place for place in found if asked.stage in (None, place.touchpoint.stage)]
    groups = None
    if journey.origin != "import":
        groups = ways_of(journey, panel_id, found, paths_asked(journey, of_site, now), now).area_groups
    lines = of_channels(panel_id, here, (one, other), asked.site_id, groups)
    person = db.session.get(Person, reader.person_id) if reader.leads and reader.person_id else None
    apart = person is not None and groups is not None and any(not row.linked for row in lines.rows)
    return replace(
        _with_lines(page, lines),
        one=ComparedSide(one, chosen.names[one]),
        other=ComparedSide(other, chosen.names[other]),
        together=together(journey, person, now) if apart and person else (),
    )


def _with_lines(page: ComparePage, lines: Lines) -> ComparePage:
    return replace(
        page,
        rows=lines.in_order,
        only_one=lines.only_one,
        only_other=lines.only_other,
        neither=lines.neither,
        waiting=lines.waiting,
    )


def _site(journey: Journey, panel_id: int, id: int, chosen: ChosenSides) -> ComparedSide:
    """With the index of the journey there (METHOD 1.8)."""
    kept = journey_result(journey, panel_id, f"site:{id}")
    index = kept.figures["index"] if kept else None
    return ComparedSide(
        value=str(id),
        name=chosen.names[str(id)],
        index=Estimate.of_index(index["value"], index["error"]) if index else None,
        provisional=bool(index and index["provisional"]),
    )


def _meeting(
    journey: Journey, panel_id: int, sides: Sequence[ComparedSide], reader: Reader, now: datetime
) -> Meeting | None:
    """Who could visit the other site, so that eyes overlap; only leads are told a name."""
    if not reader.leads:
        return None
    met = met_at_sites(journey, panel_id, [int(side.value) for side in sides], now)
    staff = {id: db.session.get_one(Person, id) for id, _, _ in met}
    near = [each for each in met if staff[each[0]].is_of(reader.sites)]
    names = {side.value: side.name for side in sides}
    for found in overlaps(near):
        place, who = str(found.place), staff[found.newcomer]
        return Meeting(place, names[place], str(who.id), who.name)
    return Meeting(sides[1].value, sides[1].name)
