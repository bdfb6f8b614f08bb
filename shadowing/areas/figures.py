"""What the pages about areas are drawn from: frozen records without database or request.

Scores are on 1-5 in here; `shown`, `low`, `high` are what a page prints. Every sentence is built
by the templates. Optional values are None when nobody knows, never 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import floor

from shadowing.areas.evidence import Share
from shadowing.formatting import LEAST_ROWS_FOR_FIGURES, display_score, interval
from shadowing.vocabulary import LEVELS, VERDICTS, Words


@dataclass(frozen=True)
class Estimate:
    """A score that is not certain: always shown with its soft edge, and its target when it has one."""

    score: float
    error: float
    target: float | None = None

    @classmethod
    def of_index(cls, value: float, error: float, target: float | None = None) -> "Estimate":
        """From a level index on 0-100."""
        return cls(value / 25 + 1, error / 25, target)

    @property
    def shown(self) -> int:
        return display_score(self.score)

    @property
    def low(self) -> int:
        return interval(self.score, self.error)[0]

    @property
    def high(self) -> int:
        return interval(self.score, self.error)[1]

    @property
    def target_shown(self) -> int | None:
        return None if self.target is None else display_score(self.target)


@dataclass(frozen=True)
class AreaRow:
    """One line of a list of areas: what it shows is its binding level's (DECISIONS 17)."""

    id: str
    touchpoint: Words
    channel: str
    stage: str
    verdict: str
    estimate: Estimate | None
    level: str | None
    binding_level: str | None
    probability: float | None
    rows: int
    visits: int
    observers: int = 0
    one_observer: bool = False
    reshadowing: bool = False
    alone: bool = False
    """True when the touchpoint has this one channel only, so its name suffices."""

    @property
    def figures_allowed(self) -> bool:
        """Below five rows a chance is said in words only."""
        return self.rows >= LEAST_ROWS_FOR_FIGURES

    @property
    def distance(self) -> float:
        """How far below its target, in points; the order inside a verdict."""
        if self.estimate is None or self.estimate.target is None:
            return -9.0
        return self.estimate.target - self.estimate.score


@dataclass(frozen=True)
class VerdictGroup:
    """All areas of one verdict, furthest from target first. `first` is the running number of the first."""

    verdict: str
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
class HeatCell:
    """Stage x channel. `exists` False: no touchpoint there has this channel. No score: nobody looked."""

    channel: str
    exists: bool = False
    score: float | None = None
    visits: int = 0

    @property
    def shown(self) -> int | None:
        return None if self.score is None else display_score(self.score)

    @property
    def step(self) -> str:
        """`x` does not exist, `0` not seen, `1` below 50 … `5` 80 and more."""
        if not self.exists:
            return "x"
        if self.shown is None:
            return "0"
        return str(min(5, max(1, floor(self.shown / 10) - 3)))


@dataclass(frozen=True)
class HeatRow:
    stage: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class HeatMap:
    """Rows are stages in order, columns the channels that exist anywhere in the journey."""

    channels: tuple[str, ...]
    rows: tuple[HeatRow, ...]

    @property
    def unseen(self) -> tuple[tuple[str, str], ...]:
        """(stage, channel) of every place that exists and that nobody looked at."""
        return tuple((row.stage, cell.channel) for row in self.rows for cell in row.cells if cell.step == "0")


@dataclass(frozen=True)
class PyramidLevel:
    level: str
    estimate: Estimate | None
    verdict: str
    rows: int = 0


@dataclass(frozen=True)
class Pyramid:
    """The three levels of a whole journey, base first; `binding` is the level that gives way first."""

    levels: tuple[PyramidLevel, ...]
    binding: str | None = None

    def of(self, level: str) -> PyramidLevel | None:
        return next((each for each in self.levels if each.level == level), None)

    @property
    def known(self) -> bool:
        return any(each.estimate for each in self.levels)


@dataclass(frozen=True)
class Choice:
    """One option of a filter or a form."""

    value: str
    name: Words | str
    chosen: bool = False


@dataclass(frozen=True)
class Filter:
    """A filter of a page: `name` is the query parameter, `icon` a name of components/icons.html."""

    name: str
    label: str
    icon: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class AreasPage:
    """/areas. `computing` is True while a filtered fit is still on its way."""

    journey: Words | None
    filters: tuple[Filter, ...]
    groups: tuple[VerdictGroup, ...]
    heat: HeatMap
    pyramid: Pyramid
    window_days: int = 180
    offered: int = 0
    imported: bool = False
    computing: bool = False

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
    def failing_at_the_base(self) -> int:
        return sum(area.binding_level == next(iter(LEVELS)) for area in self.failing)

    @property
    def probably_fine(self) -> int:
        """Of the flagged areas, the expected number that is in truth fine (METHOD 1.4)."""
        return floor(sum(1 - (area.probability or 0.0) for area in self.failing) + 0.5)


# --- one area ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class LevelFigures:
    """One level of one area. `counts` are the ratings 1 … 5 as given, before any correction."""

    level: str
    rows: int
    verdict: str
    estimate: Estimate | None = None
    probability: float | None = None
    raw_mean: float | None = None
    counts: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)


@dataclass(frozen=True)
class SiteRow:
    name: str
    verdict: str
    visits: int
    estimate: Estimate | None = None


@dataclass(frozen=True)
class StandardRow:
    """`share` counts met among met and not met; not seen is no answer."""

    text: Words
    kind: str
    share: Share
    where: Words | None = None


@dataclass(frozen=True)
class FactorRow:
    factor: str
    hurt: int
    helped: int


@dataclass(frozen=True)
class ReasonRow:
    level: str
    reason: str
    count: int


@dataclass(frozen=True)
class WaitFigures:
    """Waiting time in seconds; `over` is the share above `limit`."""

    count: int
    median: float
    ninetieth: float
    limit: float | None = None
    over: Share | None = None


@dataclass(frozen=True)
class Seen:
    """One observation as a reader may see it. `observer` stays None for everybody but leads;
    `quote` and `photos` are empty without the customer's consent."""

    id: str
    at: datetime
    site: str
    ratings: Mapping[str, int]
    quote: str = ""
    note: str = ""
    photos: tuple[str, ...] = ()
    observer: str | None = None
    serious: str | None = None


@dataclass(frozen=True)
class OpenItem:
    id: str
    title: str | None
    state: str


@dataclass(frozen=True)
class AreaPage:
    """/areas/<id>."""

    area: AreaRow
    levels: tuple[LevelFigures, ...]
    observations: int
    sites: tuple[SiteRow, ...] = ()
    standards: tuple[StandardRow, ...] = ()
    factors: tuple[FactorRow, ...] = ()
    reasons: tuple[ReasonRow, ...] = ()
    waits: WaitFigures | None = None
    seen: tuple[Seen, ...] = ()
    grade: str = "D"
    last_at: datetime | None = None
    fresh: bool = True
    waiting_on_base: tuple[str, ...] = ()
    check_base_first: bool = False
    items: tuple[OpenItem, ...] = ()
    planned_visits: int | None = None
    imported: bool = False
    handovers: Mapping[str, int] = field(default_factory=dict)

    @property
    def highest_count(self) -> int:
        """The tallest bar of all levels, so that the distributions share one height scale."""
        return max((count for level in self.levels for count in level.counts), default=0)

    @property
    def highest_factor(self) -> int:
        return max((max(row.hurt, row.helped) for row in self.factors), default=0)

    @property
    def broken_standards(self) -> tuple[StandardRow, ...]:
        """Standards not kept more often than not, with at least five answers; worst first."""
        broken = [row for row in self.standards if row.share.total >= 5 and (row.share.value or 0) <= 0.5]
        return tuple(sorted(broken, key=lambda row: row.share.value or 0))
