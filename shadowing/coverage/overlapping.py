"""Who should walk where a colleague walks, so that an eye can be told from a place (METHOD 9). Pure.

Two observers who never looked at the same place, nor are linked through others, cannot be compared: whether one is
lenient or the places are better, nobody can tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MOST = 3


@dataclass(frozen=True)
class Overlap:
    """newcomer should visit a place that settled has seen much of; places: what both groups would share."""

    newcomer: int
    settled: int
    place: int


def overlaps(seen: Iterable[tuple[int, int, int]]) -> list[Overlap]:
    """One suggestion for each group of observers apart from the largest. seen: (observer, place, visits)."""
    rows = list(seen)
    groups = _groups({(observer, place) for observer, place, _ in rows})
    if len(groups) < 2:
        return []
    main, *apart = sorted(groups, key=lambda group: (-len(group), min(group)))
    counts = {(observer, place): n for observer, place, n in rows}
    settled, place = max(
        ((observer, place) for observer, place in counts if observer in main),
        key=lambda pair: (counts[pair], -pair[0], -pair[1]),
    )
    made = []
    for group in apart[:MOST]:
        newcomer = max(group, key=lambda who: (sum(n for o, _, n in rows if o == who), -who))
        made.append(Overlap(newcomer, settled, place))
    return made


def _groups(pairs: set[tuple[int, int]]) -> list[set[int]]:
    """Observers linked by places they both saw, directly or through others."""
    groups: list[tuple[set[int], set[int]]] = []
    for observer, place in sorted(pairs):
        touched = [group for group in groups if observer in group[0] or place in group[1]]
        people, places = {observer}, {place}
        for group in touched:
            people |= group[0]
            places |= group[1]
            groups.remove(group)
        groups.append((people, places))
    return [people for people, _ in groups]
