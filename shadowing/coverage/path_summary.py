"""What the ways of a journey's visits say together: hand-overs, which observers connect what, scenarios.

Over everything it is kept up by the worker; under a filter it is counted when asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import delete, func, select

from shadowing.core import clock
from shadowing.core.database import advisory_lock, db, reading
from shadowing.coverage.figures import HandOver
from shadowing.coverage.handovers import MapPlace, hand_over, hand_overs
from shadowing.coverage.models import JourneyWays, KeptWays
from shadowing.coverage.overlapping import Overlap, overlaps
from shadowing.coverage.pages import offered_places
from shadowing.coverage.path_arrays import Ints, PathArrays, load_paths
from shadowing.journeys.models import Journey
from shadowing.people.models import Person
from shadowing.scoring.queries import AreaWithResult
from shadowing.scoring.statistics.linking import linked_groups
from shadowing.visits.models.totals import VisitPath
from shadowing.visits.window import window_start


@dataclass(frozen=True)
class Ways:
    """area_groups, site_groups: places of one group are connected by observers who saw them."""

    channels: tuple[HandOver, ...]
    places: tuple[HandOver, ...]
    area_groups: dict[int, int]
    site_groups: dict[int, int]
    overlaps: tuple[Overlap, ...]


def ways_of(
    journey: Journey, panel_id: int, found: list[AreaWithResult], paths: PathArrays | None, now: datetime
) -> Ways:
    """found: the journey's offered places; paths: as paths_asked says."""
    kept = db.session.get(JourneyWays, (panel_id, journey.id)) if paths is None else None
    if kept is not None:
        return _read(kept.figures)
    return _counted(load_paths(panel_id, journey.id, window_start(now)) if paths is None else paths, found)


def linked_sites(journey: Journey, panel_id: int, now: datetime) -> dict[int, int]:
    """Site -> number of its group of sites that observers connect, over the whole window."""
    kept = db.session.get(JourneyWays, (panel_id, journey.id))
    if kept is not None:
        return _read(kept.figures).site_groups
    return _site_groups(load_paths(panel_id, journey.id, window_start(now)))


def met_at_sites(journey: Journey, panel_id: int, sites: Collection[int], now: datetime) -> list[tuple[int, int, int]]:
    """(observer, site, visits) of those who still work here, within the window."""
    query = (
        select(VisitPath.person_id, VisitPath.site_id, func.count())
        .join(Person, Person.id == VisitPath.person_id)
        .where(VisitPath.panel_id == panel_id, VisitPath.journey_id == journey.id, VisitPath.site_id.in_(sites))
        .where(VisitPath.last_at >= window_start(now), Person.left_at.is_(None))
        .group_by(VisitPath.person_id, VisitPath.site_id)
    )
    return [(int(person or 0), int(site or 0), n) for person, site, n in db.session.execute(query)]


def keep_up(panel_ids: Iterable[int]) -> None:
    """Count anew for every journey walked in these panels. Commits."""
    for panel_id in panel_ids:
        with reading():
            paths = select(VisitPath.journey_id).where(VisitPath.panel_id == panel_id).distinct()
            journeys = db.session.scalars(select(Journey).where(Journey.id.in_(paths))).all()
            made = {journey.id: _written(journey, panel_id) for journey in journeys}
        advisory_lock(f"ways:{panel_id}")
        db.session.execute(delete(JourneyWays).where(JourneyWays.panel_id == panel_id))
        for journey_id, figures in made.items():
            db.session.add(JourneyWays(panel_id=panel_id, journey_id=journey_id, figures=figures))
        db.session.commit()


def _counted(paths: PathArrays, found: list[AreaWithResult]) -> Ways:
    order = {id: n for n, id in enumerate(dict.fromkeys(place.touchpoint.id for place in found))}
    on_map = [
        MapPlace(place.area.id, place.touchpoint.id, place.area.channel, order[place.touchpoint.id]) for place in found
    ]
    channels, places = hand_overs(paths.area, paths.handover, paths.visit, on_map)
    met = _pairs(paths.person, paths.area)
    return Ways(
        channels=tuple(channels),
        places=tuple(places),
        area_groups=linked_groups((person, area) for person, area, _ in met),
        site_groups=_site_groups(paths),
        overlaps=tuple(overlaps(met)),
    )


def _site_groups(paths: PathArrays) -> dict[int, int]:
    return linked_groups((person, site) for person, site, _ in _pairs(paths.person, paths.site))


def _pairs(person: Ints, place: Ints) -> list[tuple[int, int, int]]:
    """Every different pair of a known observer and a place, and how often."""
    known = (person > 0) & (place > 0)
    people, who = _numbered(person[known])
    places, where = _numbered(place[known])
    counts = np.bincount(who * len(places) + where, minlength=len(people) * len(places))
    return [
        (int(people[pair // len(places)]), int(places[pair % len(places)]), int(counts[pair]))
        for pair in np.flatnonzero(counts)
    ]


def _numbered(ids: Ints) -> tuple[Ints, Ints]:
    """The ids that occur, ascending, and for each given one its number among them; without sorting them all."""
    occurring = np.flatnonzero(np.bincount(ids))
    number = np.zeros(int(ids.max(initial=0)) + 1, dtype=np.int64)
    number[occurring] = np.arange(len(occurring))
    return occurring, number[ids]


def _written(journey: Journey, panel_id: int) -> KeptWays:
    ways = _counted(load_paths(panel_id, journey.id, window_start(clock.now())), offered_places(journey, panel_id))
    return {
        "channels": [(one.start, one.to, dict(one.counts)) for one in ways.channels],
        "places": [(one.start, one.to, dict(one.counts)) for one in ways.places],
        "area_groups": {str(area): group for area, group in ways.area_groups.items()},
        "site_groups": {str(site): group for site, group in ways.site_groups.items()},
        "overlaps": [{"newcomer": o.newcomer, "settled": o.settled, "place": o.place} for o in ways.overlaps],
        "scenarios": scenarios(panel_id, journey.id),
    }


def scenarios(panel_id: int, journey_id: int) -> list[str]:
    """Those that visits were made in, counted from the visits."""
    mine = (VisitPath.panel_id == panel_id, VisitPath.journey_id == journey_id, VisitPath.scenario.is_not(None))
    return sorted(each for each in db.session.scalars(select(VisitPath.scenario).where(*mine).distinct()) if each)


def _read(figures: KeptWays) -> Ways:
    return Ways(
        channels=tuple(hand_over(*one) for one in figures["channels"]),
        places=tuple(hand_over(*one) for one in figures["places"]),
        area_groups={int(area): group for area, group in figures["area_groups"].items()},
        site_groups={int(site): group for site, group in figures["site_groups"].items()},
        overlaps=tuple(Overlap(**each) for each in figures["overlaps"]),
    )
