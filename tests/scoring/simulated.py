"""Made-up organisations whose truth is known: how well flags, intervals and scores find it (METHOD 13)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shadowing.core.vocabulary import Z90
from shadowing.scoring.statistics.equations import DEFAULT_VARIANCES, Rows
from shadowing.scoring.statistics.scoring import Fit, fit
from shadowing.scoring.statistics.verdicts import UNDERPERFORMING, WATCH, shortfall, verdict

AREAS, OBSERVERS, TARGET, MEAN = 60, 12, 4.0, 4.1
#: A level this far below its target, the spread of areas, is clearly bad.
CLEARLY = 0.4


@dataclass(frozen=True)
class Found:
    """Shares over many organisations of one size.

    covered   intervals that hold the truth
    flagged, noticed   of the clearly bad areas, those flagged, and those flagged or on watch
    fine, expected_fine   of the flagged areas, those in truth at or above target, and what the list expects
    too_mild  points by which the score of the truly worst tenth lies above the truth
    """

    covered: float
    flagged: float
    noticed: float
    fine: float
    expected_fine: float
    too_mild: float


def organisations(rows_an_area: int, how_many: int, seed: int = 1) -> Found:
    """Simulate them with the default variances and no rounding of ratings."""
    chance = np.random.default_rng(seed)
    outcomes = [_one(rows_an_area, chance) for _ in range(how_many)]
    truth, scores, errors, flag, watch, probability = (np.concatenate(each) for each in zip(*outcomes, strict=True))
    bad, worst = truth <= TARGET - CLEARLY, truth <= np.quantile(truth, 0.1)
    return Found(
        covered=float((np.abs(scores - truth) <= Z90 * errors).mean()),
        flagged=float(flag[bad].mean()),
        noticed=float((flag | watch)[bad].mean()),
        fine=float((truth[flag] >= TARGET).mean()),
        expected_fine=float((1 - probability[flag]).mean()),
        too_mild=float((scores - truth)[worst].mean()),
    )


def _one(rows_an_area: int, chance: np.random.Generator) -> tuple[np.ndarray, ...]:
    rows, truth = _drawn(rows_an_area, chance)
    solved = fit(rows)
    below = shortfall(TARGET, solved.scores, solved.errors).probability
    slugs = np.array(_verdicts(solved, below))
    return truth, solved.scores, solved.errors, slugs == UNDERPERFORMING, slugs == WATCH, below


def _drawn(rows_an_area: int, chance: np.random.Generator) -> tuple[Rows, np.ndarray]:
    """Rows and, for each area, what an average observer of this panel would rate there."""
    v, n = DEFAULT_VARIANCES, AREAS * rows_an_area
    visits = max(2, n // 8)
    area, visit = chance.permutation(np.repeat(np.arange(AREAS), rows_an_area)), chance.integers(0, visits, n)
    observer = chance.integers(0, OBSERVERS, visits)[visit]
    effects = [
        chance.normal(0, np.sqrt(variance), size)
        for variance, size in ((v.area, AREAS), (v.observer, OBSERVERS), (v.visit, visits))
    ]
    noise = chance.normal(0, np.sqrt(v.residual), n)
    rating = MEAN + effects[0][area] + effects[1][observer] + effects[2][visit] + noise
    rows = Rows(area, observer, visit, rating, AREAS, OBSERVERS, visits)
    return rows, MEAN + effects[0] + effects[1][observer].mean()


def _verdicts(solved: Fit, below: np.ndarray) -> list[str]:
    return [
        verdict(int(n), int(observers), solved.panel_size, float(p)).slug
        for n, observers, p in zip(solved.area_rows, solved.area_observers, below, strict=True)
    ]
