"""When a promise counts as kept, from what was seen. Pure.

Wilson intervals as everywhere (METHOD 5.4); a promise should be kept in four of five cases at least.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shadowing.core.vocabulary import VerdictSlug
from shadowing.scoring.statistics.proportions import Share, enough_for_a_share
from shadowing.scoring.statistics.verdicts import NOT_ENOUGH

SHOULD_BE_KEPT = 0.80


@dataclass(frozen=True)
class PromiseCounts:
    """Answers of one promise: kept, broken, not seen; days: on which it was broken, oldest first."""

    kept: int = 0
    broken: int = 0
    not_seen: int = 0
    days: tuple[str, ...] = ()

    @property
    def answers(self) -> int:
        return self.kept + self.broken

    @property
    def share(self) -> Share | None:
        return enough_for_a_share(self.kept, self.answers)


def verdict_of(seen: PromiseCounts) -> VerdictSlug:
    """A slug of VERDICTS: surely kept too seldom, kept as it should be, or neither."""
    share = seen.share
    if share is None:
        return NOT_ENOUGH
    if share.high < SHOULD_BE_KEPT:
        return "underperforming"
    return "healthy" if (share.value or 0.0) >= SHOULD_BE_KEPT else "watch"


def gathered(rows: list[tuple[str, str, int]]) -> PromiseCounts:
    """rows: (day, state, how often) of one promise, as tallies keep them."""
    counts: dict[str, int] = {}
    broken: set[str] = set()
    for day, state, n in rows:
        counts[state] = counts.get(state, 0) + n
        if state == "not_met" and n > 0:
            broken.add(day)
    return PromiseCounts(
        counts.get("met", 0), counts.get("not_met", 0), counts.get("not_seen", 0), tuple(sorted(broken))
    )


def by_group(shares: Mapping[str, list[PromiseCounts]]) -> dict[str, PromiseCounts]:
    """The promises of each source taken together."""
    return {
        source: PromiseCounts(
            sum(each.kept for each in seen), sum(each.broken for each in seen), sum(e.not_seen for e in seen)
        )
        for source, seen in shares.items()
    }
