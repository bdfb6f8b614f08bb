"""Which questions a week asks. Pure.

Never more than three, and one of each touchpoint. First the serious failure that waits longest; last the promise that
is kept most seldom; between and beside them the order of the backlog (METHOD 2). What was asked in this week stays
asked until it ends, whatever the scores do meanwhile; a place that is left is filled.
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
    places = {each.name: each.touchpoint_id for each in candidates}
    taken = {places[name] for name in asked if name in places}
    left = [each for each in candidates if each.name not in asked]
    picked = _picked(left, MOST - len(asked), taken)
    return (*asked, *(each.name for each in picked))


def _picked(left: Sequence[Candidate], free: int, taken: set[int]) -> list[Candidate]:
    serious = sorted((each for each in left if each.serious), key=lambda each: (each.since is None, each.since))
    promises = [each for each in left if each.kind == PROMISE]
    others = [each for each in left if each not in serious and each not in promises]
    first, last = _one_a_place(serious, 1, taken), _one_a_place(promises, 1, taken)
    if len(first) + len(last) > free:
        return [*first, *last][: max(0, free)]
    middle = _one_a_place([*others, *serious, *promises], free - len(first) - len(last), taken)
    return [*first, *middle, *last]


def _one_a_place(candidates: Iterable[Candidate], most: int, taken: set[int]) -> list[Candidate]:
    """The first ones whose touchpoint is not asked about yet; it is from now on."""
    found: list[Candidate] = []
    for each in candidates:
        if len(found) < most and each.touchpoint_id not in taken:
            taken.add(each.touchpoint_id)
            found.append(each)
    return found
