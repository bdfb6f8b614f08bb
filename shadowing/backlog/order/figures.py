"""What the order of the backlog is explained by: frozen records without database or request."""

from collections.abc import Mapping
from dataclasses import dataclass

from shadowing.core.vocabulary import Level


@dataclass(frozen=True)
class PlaceInOrder:
    """An item's place in one view of the order, with what made it so (METHOD 3).

    points: rating points for everybody served in a month, per person-day of work; gain: points of 0-100 still missing.
    """

    place: int
    of: int
    view: str
    level: Level
    points: float
    probability: float
    gain: float
    rows: int
    reach: float
    reach_measured: bool
    effort: float
    effort_estimated: bool
    by_lens: Mapping[str, int]
    harmful: bool = False
    tied: bool = False


@dataclass(frozen=True)
class LevelLoad:
    """One level of the pyramid: days of decided and of proposed work, areas below target, points missing there."""

    level: Level
    planned_days: float = 0.0
    proposed_days: float = 0.0
    short_areas: int = 0
    points_short: float = 0.0


@dataclass(frozen=True)
class Workload:
    """Base first. guessed: some of the days are sizes, or nothing was said of them."""

    levels: tuple[LevelLoad, ...]
    guessed: bool = False

    @property
    def planned(self) -> float:
        return sum(each.planned_days for each in self.levels)

    @property
    def above(self) -> float:
        """Days planned on higher levels than the base."""
        return sum(each.planned_days for each in self.levels[1:])

    @property
    def upside_down(self) -> bool:
        """More work above than on the base, while the base is short."""
        base = self.levels[0]
        return base.short_areas > 0 and self.above > base.planned_days

    @property
    def most_days(self) -> float:
        return max((each.planned_days + each.proposed_days for each in self.levels), default=0.0)

    @property
    def most_short(self) -> float:
        return max((each.points_short for each in self.levels), default=0.0)

    @property
    def says_something(self) -> bool:
        return self.most_days > 0 or self.most_short > 0
