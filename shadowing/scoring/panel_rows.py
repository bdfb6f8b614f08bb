"""Observations of one panel's window as arrays. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from shadowing.core.vocabulary import LEVELS

MEASURES = (*LEVELS, "emotion", "expectation")
# Marking pairs in a table of all that could be takes less than sorting the rows, up to so many pairs and a row.
_TABLE, _PER_ROW = 64_000_000, 100

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class PanelRows:
    """Observations of a window as arrays of one length n.

    units: (area id, epoch) of each unit number; parents: for each unit the one it follows after a fix, -1 where none;
    sites: the ids of all sites, 0 for rows without one; observers: `12`, or `12w` for the same person walking;
    unit, observer, visit, site, day (n,) int; measures: name -> (n,) float, nan where nothing was said;
    moment (n,) seconds since 1970; walked (n,) bool.
    """

    units: list[tuple[int, int]]
    parents: list[int]
    sites: list[int]
    observers: list[str]
    unit: Ints
    observer: Ints
    visit: Ints
    site: Ints
    day: Ints
    moment: Floats
    walked: npt.NDArray[np.bool_]
    measures: dict[str, Floats]

    def __len__(self) -> int:
        return len(self.unit)

    @property
    def visits(self) -> int:
        return int(self.visit.max()) + 1 if len(self.visit) else 0

    @property
    def no_fixes(self) -> bool:
        """Whether every area has one epoch, so that a unit is an area."""
        return all(parent < 0 for parent in self.parents)

    @property
    def places(self) -> Ints:
        """(units,) one number for all epochs of an area."""
        first: dict[int, int] = {}
        return np.array([first.setdefault(area, n) for n, (area, _) in enumerate(self.units)], dtype=np.int64)

    def only(self, keep: npt.NDArray[np.bool_]) -> PanelRows:
        """The rows where `keep` is true; unit, observer and visit numbers stay as they are."""
        arrays = ("unit", "observer", "visit", "site", "day", "moment", "walked")
        cut: dict[str, Any] = {name: getattr(self, name)[keep] for name in arrays}
        return replace(self, **cut, measures={name: values[keep] for name, values in self.measures.items()})


def different(unit: Ints, other: Ints, size: int) -> Ints:
    """(size,) how many different values of `other`, whole numbers from 0 on, each unit has."""
    most = int(other.max(initial=0)) + 1
    if size * most <= min(_TABLE, _PER_ROW * len(unit)):
        met = np.zeros(size * most, dtype=bool)
        met[unit * most + other] = True
        return np.asarray(met.reshape(size, most).sum(axis=1))
    return np.bincount(np.unique(unit * most + other) // most, minlength=size)
