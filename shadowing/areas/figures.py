"""What the pages about areas are drawn from: frozen records without database or request.

Shapes shared with other rooms live in scoring/shapes.py. Every sentence is built by the templates.
Optional values are None when nobody knows, never 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import floor

from shadowing.backlog.figures import OpenItem
from shadowing.core.formatting import display_score
from shadowing.core.vocabulary import LEVEL_WEIGHTS, LEVELS, VERDICTS, Level, VerdictSlug, Words
from shadowing.scoring.shapes import (
    AreaRow,
    Estimate,
    Filter,
    HeatMap,
    Pyramid,
)
from shadowing.scoring.statistics.explanation import Steps
from shadowing.scoring.statistics.proportions import Share
from shadowing.scoring.statistics.verdicts import expected_false_flags
from shadowing.scoring.statistics.visits_that_decide import Deciding
from shadowing.visits.figures import SeenObservation
from shadowing.visits.window import WINDOW


@dataclass(frozen=True)
class VerdictGroup:
    """All areas of one verdict, furthest from target first. `first` is the running number of the first."""

    verdict: VerdictSlug
    areas: tuple[AreaRow, ...]
    first: int


def grouped(areas: Iterable[AreaRow]) -> tuple[VerdictGroup, ...]:
    """Areas in the order of the page: by verdict, worst first, then furthest below target; no empty groups."""
    everything = list(areas)
    groups, first = [], 1
    for verdict in VERDICTS:
        members = [area for area in everything if area.verdict == verdict]
        if members:
            members.sort(key=lambda area: (-area.distance, area.id))
            groups.append(VerdictGroup(verdict, tuple(members), first))
            first += len(members)
    return tuple(groups)


@dataclass(frozen=True)
class AreasPage:
    """/areas."""

    journey: Words | None
    filters: tuple[Filter, ...]
    groups: tuple[VerdictGroup, ...]
    heat: HeatMap
    pyramid: Pyramid
    window_days: int = WINDOW.days
    offered: int = 0
    unseen: int = 0
    is_part: bool = False
    imported: bool = False
    journey_id: int | None = None
    period: str = ""
    """Of a period outside the window whose fit is not there: none or computing; since: its first day."""
    since: date | None = None

    @property
    def areas(self) -> tuple[AreaRow, ...]:
        return tuple(area for group in self.groups for area in group.areas)

    @property
    def total(self) -> int:
        """All areas of the journey map, seen or not."""
        return max(self.offered, len(self.areas))

    @property
    def failing(self) -> tuple[AreaRow, ...]:
        return tuple(area for area in self.areas if area.verdict == "underperforming")

    @property
    def unproven(self) -> tuple[AreaRow, ...]:
        """Of the failing ones, those that are fixed and not yet seen often enough."""
        return tuple(area for area in self.failing if area.reshadowing)

    @property
    def failing_at_the_base(self) -> int:
        return sum(area.binding_level == next(iter(LEVELS)) for area in self.failing)

    @property
    def probably_fine(self) -> int:
        """Of the flagged areas, the expected number that is in truth fine (METHOD 1.4)."""
        return floor(expected_false_flags(area.probability or 0.0 for area in self.failing) + 0.5)


# --- one area ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class LevelFigures:
    """One level of one area. `counts` are the ratings 1 … 5 as given, before any correction."""

    level: Level
    rows: int
    verdict: VerdictSlug
    estimate: Estimate | None = None
    probability: float | None = None
    raw_mean: float | None = None
    counts: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    steps: Steps | None = None
    towards: int | None = None


@dataclass(frozen=True)
class SiteRow:
    """The shown level at one site. rows: ratings there; steps: how its score comes about.

    hollow: nobody has rated it there; the estimate is what is expected, and counts nowhere.
    """

    name: str
    verdict: VerdictSlug
    visits: int
    estimate: Estimate | None = None
    rows: int = 0
    steps: Steps | None = None
    hollow: bool = False
    site_id: int = 0


@dataclass(frozen=True)
class StandardRow:
    """`share` counts met among met and not met; not seen is no answer. noted: what its observations are asked by."""

    text: Words
    kind: str
    share: Share
    noted: str = ""


@dataclass(frozen=True)
class FactorRow:
    """noted: what the observations of the worse of the two are asked by."""

    factor: str
    hurt: int
    helped: int
    noted: str = ""
    low: Share | None = None
    """Of the observations with a rating of 3 or less, those that say it hurt; None below five of them."""


@dataclass(frozen=True)
class ReasonRow:
    """noted: as of a standard."""

    level: Level
    reason: str
    count: int
    noted: str = ""


@dataclass(frozen=True)
class WaitFigures:
    """Waiting time in seconds; `over` is the share above `limit`."""

    count: int
    median: float
    ninetieth: float
    limit: float | None = None
    over: Share | None = None


@dataclass(frozen=True)
class ClockFigures(WaitFigures):
    """One of the clocks; noted: as of a standard."""

    kind: str = "wait"
    noted: str = ""


@dataclass(frozen=True)
class HandOvers:
    """From the step before. rough: had to repeat or was lost, by slug how often and as what it is asked for."""

    rough: Share
    by_slug: Mapping[str, tuple[int, str]]


@dataclass(frozen=True)
class Expectation:
    """METHOD 4: `below`, `as_expected` or `above`, from so many answers."""

    slug: str
    answers: int


@dataclass(frozen=True)
class Beside:
    """What was noted beside the ratings. limit: the longest wait there should be, in seconds.

    unchecked: standards that nobody has answered met or not met.
    """

    standards: tuple[StandardRow, ...] = ()
    factors: tuple[FactorRow, ...] = ()
    reasons: tuple[ReasonRow, ...] = ()
    clocks: tuple[ClockFigures, ...] = ()
    limit: float | None = None
    handovers: HandOvers | None = None
    expectation: Expectation | None = None
    unchecked: tuple[Words, ...] = ()

    @property
    def waits(self) -> WaitFigures | None:
        """The clock that standards speak of."""
        return next((clock for clock in self.clocks if clock.kind == "wait"), None)

    @property
    def highest_factor(self) -> int:
        return max((max(row.hurt, row.helped) for row in self.factors), default=0)

    @property
    def broken_standards(self) -> tuple[StandardRow, ...]:
        """Standards not kept more often than not, with at least five answers; worst first."""
        broken = [row for row in self.standards if row.share.enough and (row.share.value or 0) <= 0.5]
        return tuple(sorted(broken, key=lambda row: row.share.value or 0))


@dataclass(frozen=True)
class AreaPage:
    """/areas/<id>."""

    area: AreaRow
    levels: tuple[LevelFigures, ...]
    observations: int
    to_read: int = 0
    """How many of them this reader may read one by one."""
    sites: tuple[SiteRow, ...] = ()
    sites_linked: bool = True
    """Whether observers connect those that have ratings."""
    beside: Beside = Beside()
    seen: tuple[SeenObservation, ...] = ()
    grade: str | None = "D"
    last_on: date | None = None
    fresh: bool = True
    waiting_on_base: tuple[Level, ...] = ()
    check_base_first: bool = False
    items: tuple[OpenItem, ...] = ()
    imported: bool = False
    filters: tuple[Filter, ...] = ()
    journey_id: int | None = None
    touchpoint_id: int | None = None
    deciding: Deciding | None = None
    """Of an area on watch: how many more visits decide it."""
    period: str = ""
    """As of the list; then nothing else is known."""
    since: date | None = None
    part: str = "all"
    """What the numbers speak of: all, a site, or a part by persona, scenario or period."""

    @property
    def in_the_index(self) -> int | None:
        """What the area gives to the CX index on 0-100, over all three levels; None while one is unknown."""
        known = [each.estimate for each in self.levels if each.estimate]
        if len(known) < len(LEVELS):
            return None
        mean = sum(LEVEL_WEIGHTS[each.level] * each.estimate.score for each in self.levels if each.estimate)
        return display_score(mean)

    @property
    def rated_sites(self) -> tuple[SiteRow, ...]:
        return tuple(site for site in self.sites if not site.hollow)

    @property
    def shown(self) -> LevelFigures | None:
        """The level whose score the area shows."""
        return next((each for each in self.levels if each.level == self.area.level), None)

    @property
    def highest_count(self) -> int:
        """The tallest bar of all levels, so that the distributions share one height scale."""
        return max((count for level in self.levels for count in level.counts), default=0)


@dataclass(frozen=True)
class ObservationsPage:
    """/areas/<id>/observations: what the numbers of an area rest on, newest first.

    total: how many the filters leave, of_all without them; page from 1; wanted: the filters in force.
    """

    area: AreaRow
    seen: tuple[SeenObservation, ...]
    total: int
    of_all: int
    page: int
    pages: int
    filters: tuple[Filter, ...]
    wanted: Mapping[str, str]
