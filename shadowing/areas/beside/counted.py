"""What stands beside an area's score: standards, tags, reasons, clocks, hand-overs and expectation (METHOD 1.7, 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from shadowing.areas.figures import (
    ClockFigures,
    Expectation,
    FactorRow,
    HandOvers,
    ReasonRow,
    StandardRow,
)
from shadowing.core.vocabulary import FACTORS, HANDOVERS, LEVELS, REASONS, TIMINGS
from shadowing.journeys.models import Standard
from shadowing.scoring.kept import KeptGap
from shadowing.scoring.statistics.proportions import hurting_factors, waits, wilson
from shadowing.scoring.statistics.verdicts import LEAST_ROWS, expectation_class
from shadowing.visits.counted import address_of

Said = Mapping[str, Mapping[str, int]]


def standards(known: Sequence[Standard], said: Said) -> tuple[StandardRow, ...]:
    """Those that were answered met or not met, the least kept first."""
    rows = []
    for standard in known:
        counts = said.get(f"standard:{standard.key}", {})
        met, missed = counts.get("met", 0), counts.get("not_met", 0)
        if met + missed:
            broken_first = address_of(f"standard:{standard.key}", "not_met" if missed else "met")
            rows.append(StandardRow(standard.text, standard.kind, wilson(met, met + missed), broken_first))
    return tuple(sorted(rows, key=lambda row: row.share.value or 0))


def factors(said: Said, low: int, hurts: Mapping[str, int]) -> tuple[FactorRow, ...]:
    """By the lower end of their share of the low ratings, where there are five; the others by how often they hurt.

    low: observations with a rating of 3 or less; hurts: of those, how many say that the factor hurt.
    """
    shares = dict(hurting_factors(hurts, low))
    rows = []
    for factor in FACTORS:
        counts = said.get(f"factor:{factor}", {})
        if counts:
            hurt, helped = counts.get("hurt", 0), counts.get("helped", 0)
            noted = address_of(f"factor:{factor}", "hurt" if hurt else "helped")
            rows.append(FactorRow(factor, hurt, helped, noted, shares.get(factor)))
    return tuple(sorted(rows, key=lambda row: (-(row.low.low if row.low else 0), row.helped - row.hurt, row.factor)))


def reasons(said: Said) -> tuple[ReasonRow, ...]:
    """Of low ratings, the most frequent first."""
    rows = [
        ReasonRow(level, reason, said[f"reason:{level}"][reason], address_of(f"reason:{level}", reason))
        for level in LEVELS
        for reason in REASONS[level]
        if said.get(f"reason:{level}", {}).get(reason)
    ]
    return tuple(sorted(rows, key=lambda row: -row.count))


def clocks(said: Said, limit: float | None) -> tuple[ClockFigures, ...]:
    """Every clock that was read, in the order of a visit. limit: the longest wait of the touchpoint, in seconds."""
    found = []
    for kind in TIMINGS:
        seconds = said.get(kind, {})
        values = np.repeat([int(each) for each in seconds], [n for n in seconds.values()])
        told = waits(list(values), limit if kind == "wait" else None)
        if told is not None and kind != "transfers":
            own = limit if kind == "wait" else None
            found.append(
                ClockFigures(told.count, told.median, told.ninetieth, own, told.over, kind, address_of(kind, ""))
            )
    return tuple(found)


def hand_overs(said: Said) -> HandOvers | None:
    """How it went from the step before; None where nobody was asked."""
    counts = {slug: said.get("handover", {}).get(slug, 0) for slug in HANDOVERS}
    total = sum(counts.values())
    if not total:
        return None
    rough = {slug: n for slug, n in counts.items() if slug != "smooth" and n}
    return HandOvers(
        wilson(sum(rough.values()), total), {slug: (n, address_of("handover", slug)) for slug, n in rough.items()}
    )


def expectation(gap: KeptGap | None) -> Expectation | None:
    """Below, as or above what was expected; None below three answers."""
    if gap is None or gap["n"] < LEAST_ROWS:
        return None
    return Expectation(expectation_class(gap["value"], gap["error"]), gap["n"])
