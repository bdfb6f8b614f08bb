"""Which questions a week asks. Pure.

Never more than three. First the serious failure that waits longest; last the promise that is kept most seldom; between
them the order of the backlog (METHOD 2), one improvement of each touchpoint before a second of any. What was asked in
this week stays asked until it ends, whatever the scores do meanwhile, and an answer stays beside it; a place that is
left is filled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

MOST = 3
IMPROVEMENT, PROMISE = "improvement", "promise"
#: Kind and ref: what a question is about.
Name = tuple[str, str]


@dataclass(frozen=True)
class Candidate:
    """Something that needs a word. since: how long it has waited, of serious ones."""

    kind: str
    ref: str
    touchpoint_id: int
    serious: bool = False
    since: datetime | None = None

    @property
    def name(self) -> Name:
        return self.kind, self.ref


def questions_of_week(candidates: Sequence[Candidate], asked: Sequence[Name] = ()) -> tuple[Name, ...]:
    """candidates: improvements in the order of the backlog, promises by how seldom they are kept; asked: this week."""
    left = [each for each in candidates if each.name not in asked]
    promises = [each for each in left if each.kind == PROMISE]
    serious = sorted((each for each in left if each.serious), key=lambda each: (each.since is None, each.since))
    order = [*serious[:1], *(each for each in left if each.kind != PROMISE and not each.serious), *serious[1:]]
    free, last = MOST - len(asked), promises[:1]
    if PROMISE in (kind for kind, _ref in asked):
        last = []
    taken = {each.touchpoint_id for each in candidates if each.name in asked and each.kind != PROMISE}
    first = [*_spread(order, taken), *promises[len(last) :]][: max(0, free - len(last))]
    return (*asked, *(each.name for each in (*first, *last)[: max(0, free)]))


def _spread(order: Iterable[Candidate], taken: set[int]) -> list[Candidate]:
    """The first one of each touchpoint, then the others; the order stays within both."""
    first: list[Candidate] = []
    others: list[Candidate] = []
    for each in order:
        (others if each.touchpoint_id in taken else first).append(each)
        taken = taken | {each.touchpoint_id}
    return first + others
