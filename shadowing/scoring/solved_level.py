"""One level of a panel, solved, and how it looks over everything or at one site. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from shadowing.scoring.panel_rows import different
from shadowing.scoring.statistics.equations import FloatArray, IntArray, Rows
from shadowing.scoring.statistics.explanation import Steps, explained, explained_part
from shadowing.scoring.statistics.index import LevelIndex, level_index, site_index
from shadowing.scoring.statistics.parts import Parts, share_error
from shadowing.scoring.statistics.scoring import Fit


@dataclass(frozen=True)
class LevelAsSeen:
    """Arrays over the units (I,): scores, errors, rows, observers, plain means, what is shown.

    steps: of the score of one unit, by its number; None without rows.
    towards: what few ratings are pulled to (METHOD 1.9).
    """

    scores: FloatArray
    errors: FloatArray
    rows: IntArray
    observers: IntArray
    raw: FloatArray
    shown: npt.NDArray[np.bool_]
    steps: Callable[[int], Steps | None]
    towards: FloatArray
    panel_size: int


@dataclass(frozen=True)
class SolvedLevel:
    """Its rows, their fit, the sites as parts of every area (None: all rows are of one site)."""

    rows: Rows
    fit: Fit
    parts: Parts | None

    def as_seen(self, site: int | None) -> LevelAsSeen:
        """site: its number among the panel's, None = over everything."""
        return self._everywhere() if site is None or self.parts is None else self._at(site, self.parts)

    def index(self, site: int | None, weights: FloatArray, unseen: Sequence[float]) -> LevelIndex:
        """The level of a journey (METHOD 5.1, 1.8); `unseen` are the weights of areas outside the fit."""
        if site is None or self.parts is None:
            return level_index(self.fit, weights, unseen)
        return site_index(self.fit, self.parts, site, weights, unseen)

    def unseen(self, site: int | None) -> tuple[float, float]:
        """Score and standard error of a place nobody has looked at."""
        fit = self.fit
        if site is None or self.parts is None:
            return fit.base, fit.unseen_error
        none = np.zeros(len(fit.area_effects))
        return fit.panel + float(fit.site_effects[site]), share_error(fit, self.parts, site, none, np.ones(1))

    @property
    def _known(self) -> npt.NDArray[np.bool_]:
        return (self.fit.area_rows > 0) | self.fit.follows

    def _everywhere(self) -> LevelAsSeen:
        fit = self.fit
        before = np.where(fit.follows, self.rows.parents, 0)
        towards = np.where(fit.follows, fit.scores[before], fit.scores - fit.area_effects)
        return LevelAsSeen(
            scores=fit.scores,
            errors=fit.errors,
            rows=fit.area_rows,
            observers=fit.area_observers,
            raw=fit.raw_means,
            shown=self._known,
            steps=explained(self.rows, fit).__getitem__,
            towards=towards,
            panel_size=fit.panel_size,
        )

    def _at(self, site: int, parts: Parts) -> LevelAsSeen:
        n, raw, seen, scores = parts.rows[:, site], parts.raw[:, site], parts.seen[:, site], parts.scores[:, site]

        def told(unit: int) -> Steps | None:
            return explained_part(float(raw[unit]), float(seen[unit]), float(scores[unit])) if n[unit] else None

        return LevelAsSeen(
            scores=scores,
            errors=parts.errors[:, site],
            rows=n,
            observers=self._observers[site],
            raw=raw,
            shown=(n > 0) | (self.fit.follows & (self.fit.site_shares[:, site] > 0)),
            steps=told,
            towards=self.fit.scores,
            panel_size=self.fit.panel_size,
        )

    @cached_property
    def _observers(self) -> IntArray:
        """(S, I) how many observers have rated each area at each site."""
        rows = self.rows
        cells = different(rows.site * rows.areas + rows.area, rows.observer, rows.sites * rows.areas)
        return cells.reshape(rows.sites, rows.areas)
