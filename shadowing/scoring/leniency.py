"""How an observer's eye compares with others (METHOD 9): known when settled, told to nobody else. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from shadowing.core.vocabulary import Z90
from shadowing.scoring.statistics.scoring import Fit

LEAST_ROWS, LEAST_AREAS, LARGEST_ERROR = 10, 5, 0.25


class Leniency(NamedTuple):
    """How many points of 1-5 higher than colleagues at the same places, with its interval of 90 %."""

    value: float
    low: float
    high: float


def settled_leniencies(fit: Fit, observers: list[str]) -> dict[str, list[float]]:
    """Leniency and standard error of every observer with enough rows in enough areas, by name."""
    values, errors = fit.leniencies
    rows = fit.panel_shares * fit.rows
    return {
        name: [float(values[j]), float(errors[j])]
        for j, name in enumerate(observers)
        if fit.panel_size > 1
        and round(rows[j]) >= LEAST_ROWS
        and fit.observer_areas[j] >= LEAST_AREAS
        and errors[j] <= LARGEST_ERROR
    }


def over_levels(settled: Iterable[list[float]]) -> Leniency | None:
    """One sentence for all levels: their mean. Their errors go together, so they are averaged, not made smaller."""
    found = list(settled)
    if not found:
        return None
    value, error = (sum(part) / len(found) for part in zip(*found, strict=True))
    return Leniency(value, value - Z90 * error, value + Z90 * error)
