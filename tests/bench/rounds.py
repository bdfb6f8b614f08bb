"""A figure measured several times beside its floor, and how it is written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import TypeVar

Result = TypeVar("Result")


@dataclass
class Row:
    """One line of the table: our figure and the floor's, one entry a round; the ratio is taken round by round."""

    name: str
    unit: str
    ours: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        return [ours / floor for ours, floor in zip(self.ours, self.floor, strict=False) if floor]

    def document(self) -> dict[str, object]:
        return {
            "name": self.name,
            "unit": self.unit,
            "ours": self.ours,
            "floor": self.floor,
            "ratios": self.ratios,
            "median_ratio": median(self.ratios) if self.ratios else None,
        }

    def line(self) -> str:
        """The row in Markdown: median [least-most]."""
        ratio = _spread(self.ratios) + " x" if self.ratios else "—"
        return f"| {self.name} | {_spread(self.ours)} {self.unit} | {_spread(self.floor)} {self.unit} | {ratio} |"


class Table:
    """Rows by name, in the order they first appear."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self.skipped: list[str] = []

    def add(self, name: str, unit: str, ours: float, floor: float | None = None) -> None:
        """One round of a row. floor None: a figure that has no floor."""
        row = self.rows.setdefault(name, Row(name, unit))
        row.ours.append(ours)
        if floor is not None:
            row.floor.append(floor)

    def skip(self, why: str) -> None:
        if why not in self.skipped:
            self.skipped.append(why)

    def markdown(self) -> str:
        lines = ["| what | ours | floor | ours : floor |", "|---|---|---|---|"]
        lines += [row.line() for row in self.rows.values()]
        lines += [f"\nSKIPPED: {why}" for why in self.skipped]
        return "\n".join(lines)


def alternated(first: Callable[[], Result], second: Callable[[], Result], turn: int) -> tuple[Result, Result]:
    """Both, the order changing with the round, so that neither always runs on a warmer machine."""
    if turn % 2:
        other = second()
        return first(), other
    return first(), second()


def percentile(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _spread(values: list[float]) -> str:
    if not values:
        return "—"
    middle = _short(median(values))
    return middle if len(values) == 1 else f"{middle} [{_short(min(values))}-{_short(max(values))}]"


def _short(value: float) -> str:
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f}"
