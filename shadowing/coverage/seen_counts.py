"""How often and how lately each place was seen: from totals kept with the fits, or from the ways of visits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from shadowing.coverage.figures import NEVER, SeenCount
from shadowing.coverage.path_arrays import PathArrays, load_paths
from shadowing.journeys.models import Journey
from shadowing.scoring.filter import Asked
from shadowing.scoring.kept import nothing_kept
from shadowing.scoring.queries import AreaWithResult, journey_result


@dataclass(frozen=True)
class SeenBy:
    """By area id, touchpoint id and "stage channel"; whatever is missing was never seen."""

    areas: Mapping[str, SeenCount]
    touchpoints: Mapping[str, SeenCount]
    cells: Mapping[str, SeenCount]

    def area(self, id: int) -> SeenCount:
        return self.areas.get(str(id), NEVER)

    def touchpoint(self, id: int) -> SeenCount:
        return self.touchpoints.get(str(id), NEVER)

    def cell(self, stage: str, channel: str) -> SeenCount:
        return self.cells.get(f"{stage} {channel}", NEVER)


def seen_by(
    journey: Journey, panel_id: int, found: list[AreaWithResult], asked: Asked, paths: PathArrays | None, now: datetime
) -> SeenBy:
    """found: the journey's places; paths: as paths_asked says. What nothing keeps up is counted from it."""
    if asked.kept_up:
        kept = journey_result(journey, panel_id, asked.scope)
        said = (kept.figures if kept else nothing_kept()).get("seen")
        if said is not None:
            return SeenBy(_read(said["areas"]), _read(said["touchpoints"]), _read(said["cells"]))
    if paths is None:
        paths = load_paths(panel_id, journey.id, asked.start(now), site_id=asked.site_id)
    return counted(paths, found)


def counted(paths: PathArrays, found: list[AreaWithResult]) -> SeenBy:
    """The same, counted from the ways of visits."""
    offered = [place for place in found if place.area.offered and place.touchpoint.removed_at is None]
    groups = (
        {place.area.id: str(place.area.id) for place in offered},
        {place.area.id: str(place.touchpoint.id) for place in offered},
        {place.area.id: f"{place.touchpoint.stage} {place.area.channel}" for place in offered},
    )
    return SeenBy(*(_read(paths.seen_by(group)) for group in groups))


def _read(said: Mapping[str, tuple[int, int] | list[int]]) -> dict[str, SeenCount]:
    return {name: SeenCount(visits, datetime.fromtimestamp(last, UTC)) for name, (visits, last) in said.items()}
