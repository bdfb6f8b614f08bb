"""What coverage is drawn from: frozen records without database or request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from shadowing.core.vocabulary import Level, Words
from shadowing.scoring.shapes import Estimate, Filter
from shadowing.scoring.statistics.grade import FRESH_DAYS, FRESH_VISITS, is_fresh
from shadowing.scoring.statistics.proportions import Share
from shadowing.visits.window import WINDOW

#: Least visits of each shade of the matrix.
SHADES = (1, 6, 13, 25)
OFTEN_LOST = 0.05


@dataclass(frozen=True)
class SeenCount:
    """Different customers, and the last moment anybody looked."""

    visits: int = 0
    last: datetime | None = None

    def age(self, now: datetime) -> int | None:
        """Whole days since; None = never."""
        return None if self.last is None else max(0, (now - self.last).days)

    def fresh(self, now: datetime) -> bool:
        """At least 3 visits, the last at most 90 days ago (DECISIONS 23)."""
        age = self.age(now)
        return age is not None and is_fresh(self.visits, age)


NEVER = SeenCount()


@dataclass(frozen=True)
class CoverageCell:
    """Stage x channel. state: absent (the map offers no such channel there), overlooked, thin, ageing or fresh.

    weight: share of the journey's importance W in here, 0-1; seen_weight: how much of that somebody has seen, 0-1.
    needed: visits until it counts as fresh.
    """

    stage: str
    channel: str
    state: str
    seen: SeenCount = NEVER
    age: int | None = None
    weight: float = 0.0
    seen_weight: float = 0.0
    areas: int = 0
    areas_seen: int = 0

    @property
    def needed(self) -> int:
        if self.state == "ageing":
            return 1 if self.seen.visits >= FRESH_VISITS else FRESH_VISITS - self.seen.visits
        return max(0, FRESH_VISITS - self.seen.visits)

    @property
    def shade(self) -> int:
        """0 to 4, by visits."""
        return sum(self.seen.visits >= least for least in SHADES)


@dataclass(frozen=True)
class Matrix:
    """Rows are stages in order, columns the channels that exist anywhere in the journey."""

    channels: tuple[str, ...]
    rows: tuple[tuple[str, tuple[CoverageCell, ...]], ...]

    @property
    def cells(self) -> tuple[CoverageCell, ...]:
        """Those that exist."""
        return tuple(cell for _, row in self.rows for cell in row if cell.state != "absent")

    @property
    def overlooked(self) -> tuple[CoverageCell, ...]:
        """Those that exist and in which nobody has looked at anything."""
        return tuple(cell for cell in self.cells if cell.state == "overlooked")

    @property
    def areas(self) -> int:
        return sum(cell.areas for cell in self.cells)

    @property
    def areas_seen(self) -> int:
        return sum(cell.areas_seen for cell in self.cells)

    @property
    def areas_unseen(self) -> int:
        return self.areas - self.areas_seen

    def count(self, state: str) -> int:
        return sum(cell.state == state for cell in self.cells)

    @property
    def fresh_share(self) -> float | None:
        """Of the cells that exist; None without any."""
        return self.count("fresh") / len(self.cells) if self.cells else None

    @property
    def seen_weight(self) -> float:
        """Share of the journey's importance that somebody has seen, 0-1."""
        return sum(cell.weight * cell.seen_weight for cell in self.cells)


def cell_state(exists: bool, seen: SeenCount, now: datetime) -> str:
    """See CoverageCell. Ageing goes before thin: what is old says little, however much of it there is."""
    age = seen.age(now)
    if not exists:
        return "absent"
    if age is None or not seen.visits:
        return "overlooked"
    if age > FRESH_DAYS:
        return "ageing"
    return "fresh" if seen.visits >= FRESH_VISITS else "thin"


@dataclass(frozen=True)
class CoreNeed:
    """A need the customer came for, without fresh evidence. effort: nobody looked, nobody is going to = False."""

    touchpoint_id: str
    name: Words
    need: Words
    seen: SeenCount
    age: int | None
    planned: bool

    @property
    def effort(self) -> bool:
        return self.planned or self.seen.visits > 0


@dataclass(frozen=True)
class Side:
    """One channel or one site of a comparison; no estimate: too few rows."""

    name: Words | str
    slug: str
    rows: int
    estimate: Estimate | None = None


@dataclass(frozen=True)
class Comparison:
    """The same touchpoint in several channels, or the same area at several sites.

    verdict: differs, alike, too_few, or no_overlap (no observer connects the sides: an eye, not a place, may differ).
    """

    touchpoint: Words
    channel: str | None
    level: Level
    sides: tuple[Side, ...]
    verdict: str
    gap: float = 0.0
    best: str = ""
    worst: str = ""


@dataclass(frozen=True)
class ProbeDifference:
    """A question to ask whose answers differ: the share of right answers on the two sides farthest apart."""

    text: Words
    touchpoint: Words
    kind: str
    best: Words | str
    best_share: Share
    worst: Words | str
    worst_share: Share


@dataclass(frozen=True)
class HandOver:
    """From one place to the next: how often smooth, repeated, lost; shares only from five answers on."""

    start: str
    to: str
    counts: Mapping[str, int]
    lost: Share
    rough: Share

    @property
    def total(self) -> int:
        return self.lost.total

    @property
    def often_lost(self) -> bool:
        """Very probably more than one customer in twenty."""
        return self.lost.enough and self.lost.low >= OFTEN_LOST


@dataclass(frozen=True)
class Coverage:
    """What has been seen of a journey, under the filters chosen."""

    journey_id: str | None = None
    journey: Words | None = None
    matrix: Matrix = field(default_factory=lambda: Matrix((), ()))
    core: tuple[CoreNeed, ...] = ()
    days: int = WINDOW.days
    since: datetime | None = None
    filters: tuple[Filter, ...] = ()


@dataclass(frozen=True)
class Consistency:
    """Consistency: channels and sites side by side, probes that are answered differently, hand-overs."""

    channels: tuple[Comparison, ...] = ()
    sites: tuple[Comparison, ...] = ()
    probes: tuple[ProbeDifference, ...] = ()
    between_channels: tuple[HandOver, ...] = ()
    between_places: tuple[HandOver, ...] = ()
    names: Mapping[str, Words] = field(default_factory=dict)
