"""How the index of one journey moved from window to window (METHOD 5.2), from rows that reach back a year. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

import numpy as np

from shadowing.core.clock import day_at
from shadowing.core.vocabulary import LEVELS, Level
from shadowing.scoring.fitting import different_sites
from shadowing.scoring.journey_figures import MapArea
from shadowing.scoring.kept import KeptChange, KeptTrend, KeptWindow
from shadowing.scoring.panel_rows import Ints, PanelRows
from shadowing.scoring.statistics.equations import DEFAULT_VARIANCES, Rows, Variances
from shadowing.scoring.statistics.index import LEAST_ROWS, area_weights
from shadowing.scoring.statistics.trend import (
    MOST_WINDOWS,
    WINDOW,
    IndexChange,
    index_change,
    level_changes,
    second_window_from,
    window_numbers,
)


@dataclass(frozen=True)
class Span:
    """Until when is looked, seconds since 1970; whose days the windows have; whether rows go on coming."""

    until: float
    zone: tzinfo
    goes_on: bool

    def day(self, moment: float) -> str:
        return day_at(datetime.fromtimestamp(moment, UTC), self.zone).isoformat()


def trend_of(
    rows: PanelRows, areas: Sequence[MapArea], variances: Mapping[Level, Variances], span: Span
) -> KeptTrend | None:
    """None without a rating in four windows. areas: of the journey's map now; no other row speaks for it."""
    place = _places(rows, areas)[rows.unit]
    window = window_numbers(rows.moment, span.until)
    here = (place >= 0) & (window >= 0)
    rows, place, window = rows.only(here), place[here], window[here]
    ratings = sum((~np.isnan(rows.measures[level]) for level in LEVELS), np.zeros(len(rows), dtype=np.int64))
    counts = np.bincount(window, weights=ratings, minlength=MOST_WINDOWS).astype(int)
    if not counts.any():
        return None
    changes = _changes(rows, place, window, areas, variances) if (counts >= LEAST_ROWS).sum() > 1 else {}
    windows = [
        _window(number, int(counts[number]), changes.get(number) if _enough(counts, number) else None, span)
        for number in range(int(np.flatnonzero(counts)[0]), MOST_WINDOWS)
    ]
    return KeptTrend(windows=windows, ready=_ready(np.repeat(rows.moment, ratings), span))


def _places(rows: PanelRows, areas: Sequence[MapArea]) -> Ints:
    """(units,) the number of its area on the map, all epochs together; -1 elsewhere."""
    number = {area.area_id: n for n, area in enumerate(areas)}
    return np.array([number.get(area, -1) for area, _ in rows.units], dtype=np.int64)


def _enough(counts: Ints, number: int) -> bool:
    return bool(min(counts[number], counts[-1]) >= LEAST_ROWS)


def _changes(
    rows: PanelRows, place: Ints, window: Ints, areas: Sequence[MapArea], variances: Mapping[Level, Variances]
) -> dict[int, IndexChange]:
    """Window -> what moved from it to the newest, where they have an area in common."""
    weights = area_weights([np.nan if a.reach is None else a.reach for a in areas], [a.importance for a in areas])
    by_level = {}
    for level in LEVELS:
        said = ~np.isnan(rows.measures[level])
        cut = _cut(rows, level, said, place, len(areas))
        by_level[level] = level_changes(
            cut, window[said], MOST_WINDOWS, weights, variances.get(level, DEFAULT_VARIANCES)
        )
    found = {}
    for old in range(MOST_WINDOWS - 1):
        known = {level: change for level, changes in by_level.items() if (change := changes[old]) is not None}
        if known:
            found[old] = index_change(known)
    return found


def _cut(rows: PanelRows, level: Level, said: np.ndarray, place: Ints, places: int) -> Rows:
    apart = different_sites(rows, said) > 1
    return Rows(
        area=place[said],
        observer=rows.observer[said],
        visit=rows.visit[said],
        rating=rows.measures[level][said],
        areas=places,
        observers=len(rows.observers),
        visits=rows.visits,
        site=np.searchsorted(rows.sites, rows.site[said]) if apart else np.zeros(0, dtype=np.int64),
        sites=len(rows.sites) if apart else 1,
    )


def _window(number: int, rows: int, change: IndexChange | None, span: Span) -> KeptWindow:
    ends = span.until - (MOST_WINDOWS - 1 - number) * WINDOW.total_seconds()
    begins = ends - WINDOW.total_seconds()
    kept = None if change is None else _kept(change)
    return KeptWindow(first=span.day(begins), last=span.day(ends), rows=rows, change=kept)


def _kept(change: IndexChange) -> KeptChange:
    return KeptChange(
        value=change.value,
        error=change.error,
        low=change.low,
        high=change.high,
        chance_up=change.chance_up,
        direction=change.direction,
        levels=list(change.levels),
    )


def _ready(moments: np.ndarray, span: Span) -> str | None:
    """The first whole day on which the window before the newest has enough."""
    moment = second_window_from(moments, span.until) if span.goes_on else None
    return None if moment is None else span.day(moment + 86_400)
