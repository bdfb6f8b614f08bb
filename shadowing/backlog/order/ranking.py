"""The views of one backlog (METHOD 2 and 3): base first, by value, or by one lens alone. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from shadowing.backlog.order.figures import PlaceInOrder
from shadowing.backlog.priority import NEW_BAND_AT, PriorityInput, Ranked, judge, ordered, probability_above
from shadowing.core.vocabulary import LENSES
from shadowing.scoring.statistics.pyramid import Findings, gated_gain

BASE_FIRST, BY_VALUE = "", "value"
VIEWS = (BASE_FIRST, BY_VALUE, *LENSES)


def arranged(
    candidates: Sequence[PriorityInput], view: str = BASE_FIRST, findings: Mapping[str, Findings] | None = None
) -> list[Ranked]:
    """In the order of this view. findings: id -> what is known of the levels of its area, for the view by value."""
    base_first = ordered(candidates)
    if view == BY_VALUE:
        ranks = {item.candidate.id: item.rank_by_lens for item in base_first}
        gated = [judge(_gated(each, (findings or {}).get(each.id, {}))) for each in candidates]
        by_value = sorted((replace(item, rank_by_lens=ranks[item.candidate.id]) for item in gated), key=_value_key)
        return _banded_by_value(by_value)
    if view in LENSES:
        return [replace(item, band=0) for item in sorted(base_first, key=lambda item: item.rank_by_lens[view])]
    return base_first


def standings(ranked: Sequence[Ranked], view: str = BASE_FIRST) -> dict[str, PlaceInOrder]:
    """id -> where it stands in this order, and what made it so."""
    sizes = Counter(item.band for item in ranked if item.band)
    return {
        item.candidate.id: _standing(item, place, len(ranked), view, sizes[item.band] > 1)
        for place, item in enumerate(ranked, start=1)
    }


def _standing(item: Ranked, place: int, of: int, view: str, tied: bool) -> PlaceInOrder:
    known = item.candidate
    return PlaceInOrder(
        place=place,
        of=of,
        view=view,
        level=known.level,
        points=_points(item, view),
        probability=known.probability,
        gain=25 * known.gain,
        rows=known.rows,
        reach=known.reach,
        reach_measured=known.reach_measured,
        effort=known.effort,
        effort_estimated=known.effort_estimated,
        by_lens=item.rank_by_lens,
        harmful=item.support <= 0,
        tied=tied,
    )


def _points(item: Ranked, view: str) -> float:
    """Rating points for all customers in a month, per person-day; by one lens, what it alone gains or pays."""
    if view in LENSES:
        return item.lenses[view] * item.candidate.gain * item.candidate.reach / item.candidate.effort
    return item.priority


def _gated(candidate: PriorityInput, findings: Findings) -> PriorityInput:
    if candidate.level not in findings or candidate.gain <= 0:
        return candidate
    share = gated_gain(candidate.level, findings) / candidate.gain
    return replace(candidate, gain=candidate.gain * share, gain_variance=candidate.gain_variance * share**2)


def _value_key(item: Ranked) -> tuple[object, ...]:
    known = item.candidate
    return -item.priority, -known.probability, -known.rows, known.opened, known.id


def _banded_by_value(ranked: Sequence[Ranked]) -> list[Ranked]:
    """As in METHOD 3, over all levels."""
    banded: list[Ranked] = []
    first, band = None, 0
    for item in ranked:
        if first is None or probability_above(first, item) >= NEW_BAND_AT:
            first, band = item, band + 1
        banded.append(replace(item, band=band))
    return banded
