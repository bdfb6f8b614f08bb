"""Scores, shares and counts in words: beside a chart, and for those who hear it instead. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from shadowing.core.formatting import percent
from shadowing.core.sentences import Sentence, Value, gettext, ngettext
from shadowing.core.vocabulary import LEVELS
from shadowing.scoring.shapes import Estimate, HeatCell, Pyramid, PyramidLevel
from shadowing.scoring.statistics.proportions import Share


def estimate_told(name: Value, estimate: Estimate | None) -> Sentence:
    """What a bar shows, or that nobody looked."""
    if estimate is None:
        return gettext("%(name)s not seen", name=name)
    score = gettext(
        "%(name)s %(score)s, most likely %(low)s to %(high)s",
        name=name,
        score=estimate.shown,
        low=estimate.low,
        high=estimate.high,
    )
    if estimate.target_shown is None:
        return score
    return gettext("%(score)s, target %(target)s", score=score, target=estimate.target_shown)


def expected_told(name: Value, estimate: Estimate) -> Sentence:
    """What an outline shows, where nobody has looked."""
    return gettext(
        "%(name)s not seen yet, expected %(score)s, most likely %(low)s to %(high)s",
        name=name,
        score=estimate.shown,
        low=estimate.low,
        high=estimate.high,
    )


def share_told(name: Value, share: Share) -> Sentence:
    return gettext(
        "%(name)s %(share)s, most likely %(low)s to %(high)s",
        name=name,
        share=percent(share.value or 0.0),
        low=percent(share.low),
        high=percent(share.high),
    )


def count_of(share: Share) -> Sentence:
    """The counts behind a share, with its range."""
    return gettext("%(count)s of %(total)s, most likely %(low)s to %(high)s", **_counts(share))


def count_of_shortly(share: Share) -> Sentence:
    return gettext("%(count)s of %(total)s, %(low)s to %(high)s", **_counts(share))


def visits(count: int) -> Sentence:
    return ngettext("One visit", "%(count)s visits", count, count=count)


def visit_or_visits(count: int) -> Sentence:
    """What stands behind the number itself, for those who hear it."""
    return ngettext("visit", "visits", count)


def answers(count: int) -> Sentence:
    return ngettext("One answer", "%(count)s answers", count, count=count)


def ratings(count: int) -> Sentence:
    return ngettext("One rating", "%(count)s ratings", count, count=count)


def ratings_of_a_side(count: int) -> Sentence:
    return ngettext("one rating", "%(num)s ratings", count)


def observations(count: int) -> Sentence:
    return ngettext("One observation", "%(count)s observations", count, count=count)


def rated_so_often(rating: int, count: int) -> Sentence:
    """What the link of one bar leads to."""
    return ngettext(
        "rated %(rating)s: %(num)s observation", "rated %(rating)s: %(num)s observations", count, rating=rating
    )


def distribution_told(name: Value, counts: Sequence[int]) -> Sentence:
    """counts: of the ratings 1 … 5."""
    said = tuple(gettext("%(rating)s: %(count)s", rating=rating, count=n) for rating, n in enumerate(counts, 1))
    return gettext("%(name)s: %(counts)s", name=name, counts=said)


def of_a_cell(cell: HeatCell) -> Sentence:
    """How many areas of a cell of the heat map are below target."""
    return gettext("%(count)s of %(total)s areas below target", count=cell.failing, total=cell.areas)


def pyramid_told(pyramid: Pyramid) -> Sentence:
    return gettext("The pyramid: %(levels)s", levels=tuple(_level_told(each) for each in pyramid.levels))


def _counts(share: Share) -> dict[str, Value]:
    return {"count": share.count, "total": share.total, "low": percent(share.low), "high": percent(share.high)}


def _level_told(each: PyramidLevel) -> Sentence:
    level = LEVELS[each.level]
    if each.estimate is None:
        return gettext("%(name)s not seen", name=level)
    return gettext("%(name)s %(score)s", name=level, score=each.estimate.shown)
