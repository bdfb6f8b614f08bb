"""From what is kept to the figures of the index over time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from shadowing.core.database import db
from shadowing.core.vocabulary import LEVEL_WEIGHTS, Level
from shadowing.journeys.models import Journey
from shadowing.scoring.kept import KeptChange, KeptFigures, KeptIndex, KeptLevel, KeptTrend, KeptWindow
from shadowing.scoring.models import Benchmark, PanelTrend
from shadowing.scoring.statistics.trend import chance_above, standing
from shadowing.summary.trend.figures import Moved, OverTime, Peers, Window


def over_time(journey: Journey, panel_id: int, figures: KeptFigures) -> OverTime:
    """figures: of the journey over everything, as kept. Nothing without an index."""
    index, kept = figures["index"], db.session.get(PanelTrend, panel_id)
    if index is None:
        return OverTime()
    trend = kept.journeys.get(str(journey.id)) if kept else None
    return OverTime(
        windows=_windows(trend, index) if trend else (),
        ready=_day(trend["ready"]) if trend and trend["ready"] else None,
        computed=kept is not None and kept.fitted_at is not None,
        target=_target(figures["pyramid"]),
        peers=_peers(journey, index),
    )


def _windows(trend: KeptTrend, index: KeptIndex) -> tuple[Window, ...]:
    *earlier, newest = trend["windows"]
    now = Window(
        _day(newest["first"]), _day(newest["last"]), newest["rows"], index["value"], index["low"], index["high"]
    )
    return (*(_earlier(window, index) for window in earlier), now)


def _earlier(window: KeptWindow, index: KeptIndex) -> Window:
    """X − Δ, with the interval of Δ."""
    first, last, change = _day(window["first"]), _day(window["last"]), window["change"]
    if change is None:
        return Window(first, last, window["rows"])
    value = index["value"]
    ends = value - change["high"], value - change["low"]
    return Window(first, last, window["rows"], value - change["value"], *ends, moved=_moved(change))


def _moved(change: KeptChange) -> Moved:
    return Moved(change["value"], change["low"], change["high"], change["chance_up"], change["direction"])


def _target(pyramid: Mapping[Level, KeptLevel]) -> float | None:
    """The targets of the pyramid's levels, weighed as the index weighs them."""
    weight = sum(LEVEL_WEIGHTS[level] for level in pyramid)
    return sum(LEVEL_WEIGHTS[level] * kept["target"] for level, kept in pyramid.items()) / weight if pyramid else None


def _peers(journey: Journey, index: KeptIndex) -> Peers | None:
    benchmark = db.session.get(Benchmark, journey.id)
    if benchmark is None:
        return None
    above = chance_above(index["value"], index["error"], benchmark.value, benchmark.error or 0.0)
    return Peers(
        name=benchmark.name,
        value=benchmark.value,
        error=benchmark.error,
        day=benchmark.day,
        source=benchmark.source,
        published=benchmark.published,
        above=above,
        standing=standing(above),
    )


def _day(said: str) -> date:
    return date.fromisoformat(said)
