"""Which places observers connect: only between those is a difference not one of eyes (METHOD 1.8). Pure."""

from __future__ import annotations

from collections.abc import Iterable


def linked_groups(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """(observer, place) pairs -> place -> number of its group: places of one group are connected by observers."""
    above: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        above.setdefault(node, node)
        while above[node] != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    places = set()
    for observer, place in pairs:
        places.add(place)
        above[root(("observer", observer))] = root(("place", place))
    numbers: dict[tuple[str, int], int] = {}
    return {place: numbers.setdefault(root(("place", place)), len(numbers)) for place in sorted(places)}
