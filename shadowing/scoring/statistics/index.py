"""The CX index of METHOD 5.1: 0 when everything is rated 1, 100 when everything is rated 5."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shadowing.core.vocabulary import LEVEL_WEIGHTS, Z90, Level
from shadowing.scoring.statistics.normal import FloatArray
from shadowing.scoring.statistics.parts import Parts, share_error
from shadowing.scoring.statistics.scoring import Fit

LEAST_ROWS = 30
LEAST_SHARE = 0.60
_BANDS = ((80, "very_good"), (65, "good"), (50, "fair"), (0, "poor"))


@dataclass(frozen=True)
class LevelIndex:
    """L and s_L of one level, on the scale 0-100."""

    value: float
    error: float


@dataclass(frozen=True)
class Index:
    """X with its interval. `levels` says which of the three went in (those with rows).

    covered      share of the weight on areas somebody has seen, 0-1
    provisional  fewer than 30 rows, or less than 60 % covered
    """

    value: float
    error: float
    levels: tuple[Level, ...]
    covered: float
    rows: int

    @property
    def low(self) -> float:
        return self.value - Z90 * self.error

    @property
    def high(self) -> float:
        return self.value + Z90 * self.error

    @property
    def band(self) -> str:
        """`poor`, `fair`, `good` or `very_good`, of the number as it is printed."""
        shown = math.floor(self.value + 0.5)
        return next(name for least, name in _BANDS if shown >= least or least == 0)

    @property
    def provisional(self) -> bool:
        return self.rows < LEAST_ROWS or self.covered < LEAST_SHARE


def area_weights(reach: npt.ArrayLike, importance: npt.ArrayLike) -> FloatArray:
    """W_i ∝ R_i · I_i, (I,), summing to 1. Reach missing (nan): the median of the known, else 100."""
    volumes = np.array(reach, dtype=float)
    known = volumes[~np.isnan(volumes)]
    volumes[np.isnan(volumes)] = np.median(known) if known.size else 100.0
    weights = volumes * np.asarray(importance, dtype=float)
    if not weights.sum() > 0:
        weights = np.ones_like(weights)
    return np.asarray(weights / weights.sum())


def level_index(solved: Fit, weights: FloatArray, unseen: npt.ArrayLike = ()) -> LevelIndex:
    """L and s_L. `weights` (I,) belong to the fit's areas, `unseen` to areas outside the fit.

    Both together sum to 1. Areas that are columns of the fit without rows may stand in either.
    """
    outside = np.asarray(unseen, dtype=float)
    mean = float(weights @ solved.scores + outside.sum() * solved.base)
    own_spread = solved.variances.area * float(outside @ outside)
    variance = solved.variance_of_mix(weights, float(outside.sum())) + own_spread
    return LevelIndex(25 * (mean - 1), 25 * math.sqrt(variance))


def site_index(solved: Fit, parts: Parts, site: int, weights: FloatArray, unseen: npt.ArrayLike = ()) -> LevelIndex:
    """As level_index, at one site: of the areas' scores there."""
    outside = np.asarray(unseen, dtype=float)
    there = solved.panel + float(solved.site_effects[site])
    mean = float(weights @ parts.scores[:, site] + outside.sum() * there)
    return LevelIndex(25 * (mean - 1), 25 * share_error(solved, parts, site, weights, outside))


def combine(levels: Mapping[Level, LevelIndex], covered: float, rows: int) -> Index:
    """X = 0.4 U + 0.3 S + 0.3 D, weights rescaled when a level has no rows at all.

    Errors add up undivided: levels are taken as fully correlated, which errs on the wide side.
    Raises ValueError without levels.
    """
    if not levels:
        raise ValueError("an index needs at least one level with rows")
    total = sum(LEVEL_WEIGHTS[level] for level in levels)
    value = sum(LEVEL_WEIGHTS[level] * part.value for level, part in levels.items()) / total
    error = sum(LEVEL_WEIGHTS[level] * part.error for level, part in levels.items()) / total
    return Index(value, error, tuple(levels), covered, rows)
