"""What we do not know, found from what we do: the part of the summary that is never empty."""

from collections import Counter
from collections.abc import Sequence

from shadowing.coverage.figures import Matrix
from shadowing.scoring.shapes import AreaRow
from shadowing.scoring.statistics.verdicts import NOT_ENOUGH
from shadowing.summary.figures import Unknown

_MOST = 5


def blind_spots(
    areas: Sequence[AreaRow],
    matrix: Matrix,
    *,
    observers: int,
    imported: bool = False,
    undated: bool = False,
    early_visits: tuple[int, int] | None = None,
) -> tuple[Unknown, ...]:
    """At most five, the gravest first; the last one always says whom shadowing cannot see.

    areas: those with rows; early_visits: (visits before 14:00, all visits) where times are known.
    """
    found = [*_unseen_areas(matrix), *_unseen_channels(matrix)]
    if early_visits and early_visits[1] >= 5 and early_visits[0] / early_visits[1] >= 0.8:
        found.append(Unknown("late_hours", count=early_visits[0], total=early_visits[1]))
    if observers == 1:
        found.append(Unknown("one_pseudo_observer" if imported else "one_observer"))
    if undated:
        found.append(Unknown("undated"))
    thin = sorted((area for area in areas if area.verdict == NOT_ENOUGH), key=lambda area: area.rows)
    found += [Unknown("thin", area.touchpoint, area.channel, area.visits) for area in thin[:2]]
    found.append(Unknown("customers_not_asked"))
    return (*found[: _MOST - 1], Unknown("never_came"))


def _unseen_channels(matrix: Matrix) -> list[Unknown]:
    """Channels that exist and that nobody looked at anywhere; most stages first."""
    exists = Counter(cell.channel for cell in matrix.cells)
    unseen = Counter(cell.channel for cell in matrix.overlooked)
    whole = [(channel, count) for channel, count in unseen.most_common() if count == exists[channel]]
    return [Unknown("channel", channel=channel, count=count) for channel, count in whole]


def _unseen_areas(matrix: Matrix) -> list[Unknown]:
    """All of them as one line, also those of the channels that are named: the number of the other pages."""
    return [Unknown("areas", count=matrix.areas_unseen)] if matrix.areas_unseen else []
