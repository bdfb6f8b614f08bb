"""When two channels of one touchpoint fall short for the same cause. Pure.

Touchpoint and level are the same, and both areas have at least three low ratings. Where both say why, in reasons or in
factors that hurt, the leading ones have to meet; where either says too little, touchpoint and level alone propose it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from shadowing.scoring.statistics.proportions import LEAST_LOW_ROWS
from shadowing.scoring.statistics.verdicts import LEAST_ROWS

Kind = Literal["reason", "factor"]


@dataclass(frozen=True)
class LowRatings:
    """Of one area at one level; reasons, factors that hurt: slug -> in how many of them."""

    total: int
    reasons: Mapping[str, int]
    factors: Mapping[str, int]


@dataclass(frozen=True)
class SharedCause:
    """total: low ratings at the other area; count: how many of them name it. kind None: too few say why."""

    total: int
    count: int = 0
    kind: Kind | None = None
    slug: str = ""


def shared_cause(here: LowRatings, there: LowRatings) -> SharedCause | None:
    """What the low ratings of both have in common; None where it looks like something else."""
    if min(here.total, there.total) < LEAST_ROWS:
        return None
    compared = False
    for kind, ours, theirs in (
        ("reason", leading(here.reasons, here.total), leading(there.reasons, there.total)),
        ("factor", leading(here.factors, here.total), leading(there.factors, there.total)),
    ):
        met = [slug for slug in ours if slug in theirs]
        if met:
            counts = there.reasons if kind == "reason" else there.factors
            return SharedCause(there.total, counts[met[0]], "reason" if kind == "reason" else "factor", met[0])
        compared = compared or bool(ours and theirs)
    return None if compared else SharedCause(there.total)


def leading(counts: Mapping[str, int], total: int) -> tuple[str, ...]:
    """What most name, several where they tie; nothing below five low ratings (METHOD 1.7), or when hardly any name it.

    Of one total the lower ends of the Wilson intervals stand in the order of the counts.
    """
    most = max(counts.values(), default=0)
    if total < LEAST_LOW_ROWS or most < LEAST_ROWS:
        return ()
    return tuple(slug for slug, count in counts.items() if count == most)
