"""What two options are compared by: frozen records without database or request."""

from dataclasses import dataclass

from shadowing.backlog.figures import ImprovementRow
from shadowing.backlog.order.figures import PlaceInOrder


@dataclass(frozen=True)
class Option:
    """One of the two, with its place in the order of everything that is open."""

    row: ImprovementRow
    revision: int
    place: PlaceInOrder
    cost: float | None


@dataclass(frozen=True)
class OptionsPage:
    """one and other None: nothing was asked for, and `pairs` says what could be."""

    one: Option | None = None
    other: Option | None = None
    pairs: tuple[tuple[ImprovementRow, ImprovementRow], ...] = ()

    @property
    def both(self) -> tuple[Option, ...]:
        return tuple(each for each in (self.one, self.other) if each)
