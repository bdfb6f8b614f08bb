"""Hand-overs from where to where, out of the ways of visits. Pure.

The observer is asked how it went from the touchpoint before, in journey order; its channel is the one it was seen in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shadowing.core.vocabulary import HANDOVERS
from shadowing.coverage.figures import HandOver
from shadowing.scoring.statistics.proportions import wilson

SLUGS = tuple(HANDOVERS)
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class MapPlace:
    """An area as the journey map has it; order: the number of its touchpoint along the journey."""

    area_id: int
    touchpoint_id: int
    channel: str
    order: int


def hand_overs(
    area: Ints, handover: Ints, visit: Ints, places: Sequence[MapPlace]
) -> tuple[list[HandOver], list[HandOver]]:
    """Between channels, and between touchpoints (their ids); the roughest first.

    area, handover (number of paths.HANDOVER_NUMBERS), visit: one entry a step, in time order within a visit.
    """
    if not len(area) or not places:
        return [], []
    channels = sorted({place.channel for place in places})
    touchpoints = sorted({place.order: place.touchpoint_id for place in places}.items())
    position = {touchpoint: number for number, (_, touchpoint) in enumerate(touchpoints)}
    size = max(int(area.max()), *(place.area_id for place in places)) + 1
    order_of, channel_of = np.full(size, -1), np.full(size, -1)
    for place in places:
        order_of[place.area_id] = position[place.touchpoint_id]
        channel_of[place.area_id] = channels.index(place.channel)
    order, channel = order_of[area], channel_of[area]
    known = order >= 0
    seen_in = np.full((int(visit.max()) + 1, len(touchpoints)), -1, dtype=np.int64)
    seen_in[visit[known], order[known]] = channel[known]
    said = known & (handover > 0) & (order > 0)
    before = order[said] - 1
    start = seen_in[visit[said], before]
    answer = handover[said] - 1
    ids = [str(touchpoint) for _, touchpoint in touchpoints]
    linked = start >= 0
    return (
        _table(start[linked], channel[said][linked], answer[linked], channels),
        _table(before, order[said], answer, ids),
    )


def _table(start: Ints, to: Ints, answer: Ints, names: Sequence[str]) -> list[HandOver]:
    n = len(names)
    counts = np.bincount((start * n + to) * len(SLUGS) + answer, minlength=n * n * len(SLUGS)).reshape(n, n, -1)
    found = [
        hand_over(names[i], names[j], dict(zip(SLUGS, (int(c) for c in counts[i, j]), strict=True)))
        for i, j in np.argwhere(counts.sum(axis=2))
    ]
    return sorted(found, key=lambda one: (-one.rough.low, -one.total, one.start, one.to))


def hand_over(start: str, to: str, counts: Mapping[str, int]) -> HandOver:
    """With its shares: lost, and anything but smooth."""
    total = sum(counts.values())
    lost = wilson(counts["lost"], total)
    return HandOver(start, to, counts, lost, wilson(counts["lost"] + counts["repeated"], total))
