"""Shapes that pages of several packages share: estimates, lines of areas, heat map, pyramid, filters.

Frozen records without database or request. Scores are on 1-5 in here; `shown`, `low`, `high` are
what a page prints. Optional values are None when nobody knows, never 0.
"""

from dataclasses import dataclass
from datetime import datetime
from math import floor

from shadowing.core.formatting import LEAST_ROWS_FOR_FIGURES, display_score, interval
from shadowing.core.vocabulary import Level, VerdictSlug, Words


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
    verdict: VerdictSlug
    estimate: Estimate | None
    level: Level | None
    binding_level: Level | None
    probability: float | None
    rows: int
    visits: int
    observers: int = 0
    one_observer: bool = False
    reshadowing: bool = False
    fixed_at: datetime | None = None
    score_before: float | None = None
    seen_again: int = 0
    planned: int | None = None
    alone: bool = False
    """True when the touchpoint has this one channel only, so its name suffices."""

    @property
    def figures_allowed(self) -> bool:
        """Below five rows a chance is said in words only."""
        return self.rows >= LEAST_ROWS_FOR_FIGURES

    @property
    def before_shown(self) -> int | None:
        """The score on the day of the fix."""
        return None if self.score_before is None else display_score(self.score_before)

    @property
    def distance(self) -> float:
        """How far below its target, in points; the order inside a verdict."""
        if self.estimate is None or self.estimate.target is None:
            return -9.0
        return self.estimate.target - self.estimate.score


@dataclass(frozen=True)
class HeatCell:
    """Stage x channel. `exists` False: no touchpoint there has this channel. No score: nobody looked.

    score, level, area: of the area that comes first in the list; failing: how many of its `areas` are below target.
    """

    channel: str
    exists: bool = False
    score: float | None = None
    visits: int = 0
    level: Level | None = None
    area: str | None = None
    failing: int = 0
    areas: int = 0

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


@dataclass(frozen=True)
class PyramidLevel:
    level: Level
    estimate: Estimate | None
    verdict: VerdictSlug


@dataclass(frozen=True)
class Pyramid:
    """The three levels of a whole journey, base first; `binding` is the level that fails first."""

    levels: tuple[PyramidLevel, ...]
    binding: Level | None = None

    def of(self, level: Level) -> PyramidLevel | None:
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
    """A filter of a page: `name` is the query parameter, `icon` a name of components/icons.html.

    text: what was typed, where one types instead of choosing.
    """

    name: str
    label: str
    icon: str
    choices: tuple[Choice, ...] = ()
    text: str | None = None
