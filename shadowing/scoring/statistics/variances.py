"""Re-estimating the variances from the rows (METHOD 1.6): expectation-maximisation."""

import math
from dataclasses import replace

import numpy as np

from shadowing.scoring.statistics.equations import (
    DEFAULT_VARIANCES,
    NO_PARENT,
    STEP_OF_A_FIX,
    FloatArray,
    Rows,
    Variances,
)
from shadowing.scoring.statistics.scoring import Fit, inverted, read_off
from shadowing.scoring.statistics.visit_groups import SingleVisits, VisitGroups, visit_groups

# The defaults count like this many extra units of each kind.
PRIOR_UNITS = 4.0
MOST_UNITS = 6000
_SETTLED = 1e-6
_MOST_STEPS = 500
# A step inverts the whole system. On large panels a night does fewer of them and the next one goes on.
_MOST_WORK = 2e11
_LEAST_STEPS = 4


def enough_to_refit(rows: Rows) -> bool:
    """METHOD 1.6: at least 30 rows, 5 areas and 2 observers with rows, and not more units than fit."""
    return (
        len(rows) >= 30
        and int(np.count_nonzero(np.bincount(rows.area))) >= 5
        and int(np.count_nonzero(np.bincount(rows.observer))) >= 2
        and rows.areas + rows.observers <= MOST_UNITS
    )


def refit(rows: Rows, start: Variances = DEFAULT_VARIANCES, prior: float = PRIOR_UNITS) -> Variances:
    """Steps until no logarithm of a variance moves more than 1e-6, at most 500 of them.

    Does not ask whether there is enough to go on: see `enough_to_refit`.
    """
    groups = visit_groups(rows)
    current = start
    for _ in range(min(_MOST_STEPS, max(_LEAST_STEPS, int(_MOST_WORK / rows.columns**3)))):
        following = step(rows, current, prior, groups)
        moved = max(abs(math.log(new / old)) for new, old in zip(_all(following), _all(current), strict=True))
        current = following
        if moved <= _SETTLED:
            break
    return current


def step(
    rows: Rows, current: Variances, prior: float = PRIOR_UNITS, groups: VisitGroups | SingleVisits | None = None
) -> Variances:
    """One step from `current`; `prior` is ν, 0 gives restricted maximum likelihood. groups: where at hand."""
    groups = groups or visit_groups(rows)
    matrix, right = groups.equations(rows, current)
    solved = read_off(rows, current, inverted(matrix), right)
    own = current.residual * np.diagonal(solved.inverse)
    first = rows.parents == NO_PARENT
    areas, trace_area = solved.area_effects[first], float(own[rows.area_columns][first].sum())
    trace_observer = float(own[rows.observer_columns].sum())
    trace_site = float(own[rows.observer_columns.stop :].sum())
    left_open = groups.posterior(solved.inverse, current)
    unexplained = (
        1
        + (len(areas) - trace_area / current.area)
        + (rows.observers - trace_observer / current.observer)
        + (rows.visits - left_open / current.visit)
        + (rows.site_columns - trace_site / current.site)
        + _steps_taken(rows, solved)
    )
    return replace(
        current,
        area=_pulled(areas, trace_area, DEFAULT_VARIANCES.area, prior),
        observer=_pulled(solved.observer_effects, trace_observer, DEFAULT_VARIANCES.observer, prior),
        visit=_pulled(solved.visit_effects, left_open, DEFAULT_VARIANCES.visit, prior),
        site=_pulled(solved.site_effects, trace_site, DEFAULT_VARIANCES.site, prior)
        if rows.site_columns
        else current.site,
        residual=(_squared_errors(rows, solved) + current.residual * unexplained + prior * DEFAULT_VARIANCES.residual)
        / (len(rows) + prior),
    )


def _steps_taken(rows: Rows, solved: Fit) -> float:
    """What the steps of fixes explain: Σ 1 − σ²(C_nn + C_mm − 2 C_nm)/τδ²."""
    new = 1 + np.flatnonzero(rows.parents != NO_PARENT)
    old, inverse = 1 + rows.parents[new - 1], solved.inverse
    spread = inverse[new, new] + inverse[old, old] - 2 * inverse[new, old]
    return float((1 - solved.variances.residual * spread / STEP_OF_A_FIX).sum())


def _all(variances: Variances) -> tuple[float, ...]:
    return variances.area, variances.observer, variances.visit, variances.residual, variances.site


def _pulled(effects: FloatArray, uncertainty: float, default: float, prior: float) -> float:
    return float((effects @ effects + uncertainty + prior * default) / (len(effects) + prior))


def _squared_errors(rows: Rows, solved: Fit) -> float:
    expected = (
        solved.mean
        + solved.area_effects[rows.area]
        + solved.observer_effects[rows.observer]
        + solved.visit_effects[rows.visit]
    )
    if rows.site_columns:
        expected = expected + solved.site_effects[rows.site]
    return float(np.square(rows.rating - expected).sum())
