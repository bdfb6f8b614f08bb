"""What the executive page is drawn from: frozen records without database or request."""

from dataclasses import dataclass, field
from datetime import date
from math import floor

from shadowing.core.sentences import Value
from shadowing.core.vocabulary import Words
from shadowing.coverage.figures import Coverage
from shadowing.scoring.shapes import AreaRow, Filter, HeatMap, Pyramid
from shadowing.scoring.statistics.proportions import Share
from shadowing.summary.curve import Curve, EmotionPoint, all_sizes
from shadowing.summary.questions.figures import WeekAsked
from shadowing.summary.trend.figures import OverTime


@dataclass(frozen=True)
class IndexFigures:
    """The CX index on 0-100. `covered` is the share of the journey's weight that somebody has seen, 0-1."""

    value: float
    low: float
    high: float
    band: str
    covered: float
    provisional: bool
    rows: int

    @property
    def shown(self) -> int:
        return floor(min(100.0, max(0.0, self.value)) + 0.5)

    @property
    def shown_low(self) -> int:
        return floor(min(100.0, max(0.0, self.low)) + 0.5)

    @property
    def shown_high(self) -> int:
        return floor(min(100.0, max(0.0, self.high)) + 0.5)


@dataclass(frozen=True)
class Change:
    """Something of the last days; `kind`: verified, reopened, fell, rose, shipped, or serious, of which kind."""

    kind: str
    name: Value
    serious: str = ""
    area_id: int | None = None
    improvement_id: int | None = None


@dataclass(frozen=True)
class Unknown:
    """One thing we do not know; the template has a sentence for each `kind` (see blindspots.py)."""

    kind: str
    name: Words | str | None = None
    channel: str | None = None
    count: int = 0
    total: int = 0


@dataclass(frozen=True)
class DepartmentVisits:
    """visits: None = too few people to count, as on the page of participation."""

    name: Words | str
    visits: int | None
    took_part: bool


@dataclass(frozen=True)
class Voice:
    """A customer's own words; only with consent, never with a name."""

    words: str
    where: Words | None = None
    on: date | None = None
    area_id: int | None = None


@dataclass(frozen=True)
class Summary:
    """/summary. Empty tuples and None leave their part out or say what is missing; nothing is invented."""

    organisation: str
    journey: Words | None
    since: date | None
    until: date | None
    visits: int
    rows: int
    observers: int
    areas_offered: int
    areas_seen: int
    got: Share | None = None
    satisfied: Share | None = None
    come_again: Share | None = None
    index: IndexFigures | None = None
    over_time: OverTime = field(default_factory=OverTime)
    heat: HeatMap = field(default_factory=lambda: HeatMap((), ()))
    coverage: Coverage = field(default_factory=Coverage)
    pyramid: Pyramid = field(default_factory=lambda: Pyramid(()))
    furthest: tuple[AreaRow, ...] = ()
    failing: int = 0
    emotions: tuple[EmotionPoint, ...] = ()
    emotion_visits: int = 0
    changes: tuple[Change, ...] = ()
    proofs: tuple[Change, ...] = ()
    """Improvements that were seen again and better, the newest first."""
    unknown: tuple[Unknown, ...] = ()
    departments: tuple[DepartmentVisits, ...] = ()
    departments_invited: int = 0
    voices: tuple[Voice, ...] = ()
    open_improvements: int = 0
    journey_id: int | None = None
    filters: tuple[Filter, ...] = ()
    imported: bool = False
    undated: bool = False
    week: WeekAsked = WeekAsked()

    @property
    def empty(self) -> bool:
        return self.rows == 0 and self.visits == 0

    def curves(self, language: str) -> dict[str, Curve]:
        """The emotion curve for screen, print and phone; empty without a single feeling."""
        return all_sizes(self.emotions, language)

    @property
    def worst(self) -> AreaRow | None:
        """The area furthest below target among those that very probably are."""
        return next((area for area in self.furthest if area.verdict == "underperforming"), None)

    @property
    def departments_active(self) -> int:
        return sum(department.took_part for department in self.departments)

    @property
    def most_visits(self) -> int:
        return max((department.visits or 0 for department in self.departments), default=0)
