"""One line for each area at two sites, or for each touchpoint by two channels, on the level it shows (METHOD 2.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from shadowing.areas.comparison.figures import ComparedRow, SideGap, SideScore, ordered
from shadowing.areas.figures import grouped
from shadowing.areas.rows import row_of
from shadowing.core.database import db
from shadowing.core.vocabulary import Level
from shadowing.scoring.models import AreaResult
from shadowing.scoring.queries import AreaWithResult
from shadowing.scoring.shapes import Estimate
from shadowing.scoring.sides import LevelSides, level_sides
from shadowing.scoring.statistics.sides import OneSide


@dataclass
class Lines:
    """What was seen at both sides, and how much was seen at one of them or at none; waiting: not kept for yet."""

    rows: list[ComparedRow] = field(default_factory=list)
    only_one: int = 0
    only_other: int = 0
    neither: int = 0
    waiting: int = 0

    def count(self, at_one: bool, at_other: bool) -> bool:
        """Whether both have seen something; what is not at both is counted."""
        self.only_one += at_one and not at_other
        self.only_other += at_other and not at_one
        self.neither += not at_one and not at_other
        return at_one and at_other

    @property
    def in_order(self) -> tuple[ComparedRow, ...]:
        return ordered(self.rows)


def of_sites(panel_id: int, found: Sequence[AreaWithResult], one: int, other: int, linked: bool) -> Lines:
    """found: with what they show over all sites; linked: whether observers connect the two."""
    lines, seen = Lines(), _seen_at(panel_id, (one, other))
    both = [p for p in found if lines.count(p.area.id in seen[one], p.area.id in seen[other])]
    levels = {p.area.id: (p.result.shown_level,) for p in both if p.result and p.result.shown_level}
    known = _known(panel_id, levels)
    for place in both:
        id = place.area.id
        for level in levels.get(id, ()):
            sides = known.get(level)
            pair = sides and (sides.side(id, one), sides.side(id, other))
            if sides and pair and pair[0] and pair[1]:
                lines.rows.append(_line(place, place.area.channel, level, sides, (pair[0], pair[1]), linked))
            else:
                lines.waiting += 1
    return lines


def of_channels(
    panel_id: int,
    found: Sequence[AreaWithResult],
    channels: tuple[str, str],
    site: int | None,
    groups: Mapping[int, int] | None,
) -> Lines:
    """Of each touchpoint that has both. found: with what they show at the site, or over all of them.

    groups: area id -> number of its group of areas that observers connect; None = as kept with an import.
    """
    lines, pairs = Lines(), _pairs(found, channels)
    both = [pair for pair in pairs if lines.count(*(place.result is not None for place in pair))]
    levels = {pair[0].area.id: _levels_of(pair) for pair in both}
    wanted = {place.area.id: levels[pair[0].area.id] for pair in both for place in pair}
    known = _known(panel_id, wanted)
    for pair in both:
        level, sides, two = _first_rated(known, levels[pair[0].area.id], pair, site)
        if level is None or sides is None or two is None:
            lines.waiting += 1
            continue
        linked = _linked(sides.linked if groups is None else groups, *(place.area.id for place in pair))
        lines.rows.append(_line(pair[0], None, level, sides, two, linked))
    return lines


def _seen_at(panel_id: int, sites: tuple[int, int]) -> dict[int, set[int]]:
    """Site -> ids of areas with something seen there."""
    scopes = {f"site:{site}": site for site in sites}
    seen: dict[int, set[int]] = {site: set() for site in sites}
    query = select(AreaResult.scope, AreaResult.area_id).where(
        AreaResult.panel_id == panel_id, AreaResult.scope.in_(scopes), AreaResult.visits > 0
    )
    for scope, area_id in db.session.execute(query):
        seen[scopes[scope]].add(area_id)
    return seen


def _known(panel_id: int, levels: Mapping[int, Sequence[Level]]) -> dict[Level, LevelSides]:
    """levels: area id -> those it may be shown by."""
    wanted: dict[Level, list[int]] = defaultdict(list)
    for area_id, each in levels.items():
        for level in each:
            wanted[level].append(area_id)
    return level_sides(panel_id, wanted)


def _pairs(found: Sequence[AreaWithResult], channels: tuple[str, str]) -> list[tuple[AreaWithResult, AreaWithResult]]:
    by_channel = [{p.touchpoint.id: p for p in found if p.area.channel == channel} for channel in channels]
    return [(place, by_channel[1][id]) for id, place in by_channel[0].items() if id in by_channel[1]]


def _levels_of(pair: tuple[AreaWithResult, AreaWithResult]) -> tuple[Level, ...]:
    """The level of the one that comes first in the list of areas, then the other's."""
    first = [area.level for group in grouped(row_of(place) for place in pair) for area in group.areas if area.level]
    return tuple(dict.fromkeys(first))


def _first_rated(
    known: Mapping[Level, LevelSides],
    levels: Sequence[Level],
    pair: tuple[AreaWithResult, AreaWithResult],
    site: int | None,
) -> tuple[Level | None, LevelSides | None, tuple[OneSide, OneSide] | None]:
    """The first level on which both were rated, else the first that is known of both."""
    found = []
    for level in levels:
        sides = known.get(level)
        two = [sides.side(place.area.id, site) for place in pair] if sides else [None]
        if sides and two[0] and two[1]:
            found.append((level, sides, (two[0], two[1])))
    rated = [each for each in found if all(each[1].rows(side) for side in each[2])]
    return next(iter(rated or found), (None, None, None))


def _linked(groups: Mapping[int, int], one: int, other: int) -> bool:
    return one in groups and groups[one] == groups.get(other)


def _line(
    place: AreaWithResult,
    channel: str | None,
    level: Level,
    sides: LevelSides,
    two: tuple[OneSide, OneSide],
    linked: bool,
) -> ComparedRow:
    target = place.touchpoint.target(level)
    one, other = (SideScore(str(s.id), sides.rows(s), Estimate(*sides.score(s), target)) for s in two)
    fair = linked and one.told and other.told
    return ComparedRow(
        touchpoint=place.touchpoint.name,
        channel=channel,
        level=level,
        one=one,
        other=other,
        linked=linked,
        difference=SideGap(*sides.apart(*two)) if fair else None,
    )
