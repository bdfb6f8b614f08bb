"""What the page that puts two sites or two channels side by side is drawn from: frozen records without database.

Points are those of 1-5; `shown`, `low`, `high` are what a page prints.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from shadowing.core.formatting import LEAST_ROWS_FOR_FIGURES
from shadowing.core.vocabulary import Z90, Level, Words
from shadowing.coverage.comparing import ALIKE, DIFFERS, NO_OVERLAP, TOO_FEW, WEIGHT
from shadowing.planning.plans.figures import Together
from shadowing.scoring.shapes import Estimate, Filter

SITE, CHANNEL = "site", "channel"
#: What can be compared, and in which order it is offered.
KINDS = (SITE, CHANNEL)


@dataclass(frozen=True)
class ComparedSide:
    """A site or a channel. value: as the address says it; index: of a site with anything seen, on 1-5."""

    value: str
    name: Words | str
    index: Estimate | None = None
    provisional: bool = False


@dataclass(frozen=True)
class SideScore:
    """One area at one side, on the level of its line."""

    area_id: str
    rows: int
    estimate: Estimate

    @property
    def told(self) -> bool:
        """Below five ratings there are words only."""
        return self.rows >= LEAST_ROWS_FOR_FIGURES


@dataclass(frozen=True)
class SideGap:
    """How much higher the first side is, and the standard error of that."""

    value: float
    error: float

    @property
    def told_apart(self) -> bool:
        """Whether both ends of the interval lie on one side of 0."""
        return abs(self.value) > Z90 * self.error

    @property
    def low(self) -> int:
        return _points(self.value - Z90 * self.error)

    @property
    def high(self) -> int:
        return _points(self.value + Z90 * self.error)


@dataclass(frozen=True)
class ComparedRow:
    """One area at two sites (channel: its own), or one touchpoint by two channels (channel: None).

    difference: None where observers do not link the sides or one has fewer than five ratings.
    """

    touchpoint: Words
    channel: str | None
    level: Level
    one: SideScore
    other: SideScore
    linked: bool
    difference: SideGap | None = None

    @property
    def state(self) -> str:
        """As coverage says it of many sides: differs, alike, too_few or no_overlap."""
        if not self.linked:
            return NO_OVERLAP
        if self.difference is None:
            return TOO_FEW
        return DIFFERS if self.difference.told_apart else ALIKE

    @property
    def gap(self) -> int:
        """By how many points the scores that are printed beside it differ."""
        return abs(self.one.estimate.shown - self.other.estimate.shown)


def ordered(rows: list[ComparedRow]) -> tuple[ComparedRow, ...]:
    """Those that are told apart first, the largest difference on top; then the rest, as much as it says."""
    return tuple(sorted(rows, key=lambda row: (WEIGHT[row.state], -abs(row.difference.value) if row.difference else 0)))


@dataclass(frozen=True)
class Meeting:
    """A visit that would link the two sites: who could go where. observer: None where there is nobody to name."""

    site_id: str
    site: Words | str
    observer_id: str | None = None
    observer: str | None = None


@dataclass(frozen=True)
class ComparePage:
    """/areas/compare.

    kinds: what can be compared here; one, other: None where there are not two; only_one, only_other, neither: areas or
    touchpoints that were seen at one side alone or at none; waiting: of those seen at both, how many the scores kept so
    far cannot compare; linked: whether observers connect the two sites; meeting, together: what would connect sites, or
    the channels of a touchpoint, told to leads.
    """

    journey: Words | None
    kind: str
    kinds: tuple[str, ...] = ()
    journey_id: int | None = None
    filters: tuple[Filter, ...] = ()
    one: ComparedSide | None = None
    other: ComparedSide | None = None
    rows: tuple[ComparedRow, ...] = ()
    only_one: int = 0
    only_other: int = 0
    neither: int = 0
    waiting: int = 0
    linked: bool = True
    meeting: Meeting | None = None
    together: tuple[Together, ...] = ()
    imported: bool = False

    @property
    def told_apart(self) -> tuple[ComparedRow, ...]:
        return tuple(row for row in self.rows if row.state == DIFFERS)

    @property
    def comparable(self) -> int:
        """Lines whose difference has an interval."""
        return sum(row.difference is not None for row in self.rows)

    @property
    def unlinked(self) -> int:
        return sum(not row.linked for row in self.rows)


def _points(value: float) -> int:
    return floor(25 * value + 0.5)
