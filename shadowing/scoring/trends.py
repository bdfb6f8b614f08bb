"""Keeping the trend of every journey up (METHOD 5.2): at night, and at most once an hour where scores have changed.

Rows are read back for a year, apart from those of the window, and are not kept in memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from shadowing.core import clock
from shadowing.core.database import db, reading, upsert
from shadowing.core.vocabulary import Level
from shadowing.people.zones import home_zone
from shadowing.scoring.journey_figures import MapArea
from shadowing.scoring.journey_trend import Span, trend_of
from shadowing.scoring.kept import KeptTrend
from shadowing.scoring.load_panel import load_panel
from shadowing.scoring.models import PanelTrend
from shadowing.scoring.panel_rows import PanelRows
from shadowing.scoring.refresh import areas_of
from shadowing.scoring.statistics.equations import Variances
from shadowing.scoring.statistics.trend import MOST_WINDOWS, WINDOW
from shadowing.scoring.store import maps_of
from shadowing.scoring.variance_schedule import variances_kept
from shadowing.visits.models.totals import Panel

#: It costs as much as a full solve, and a year does not change in an hour.
EVERY = timedelta(hours=1)
OWN_AND_IMPORTED = ("live", "import")


def keep_a_due_trend() -> bool:
    """A duty: one panel whose scores were written since, or that has none. Whether there was one. Commits."""
    with reading():
        panel_id = _due(clock.now())
    return panel_id is not None and keep_trends(panel_id)


def keep_trends(panel_id: int) -> bool:
    """Of all journeys of a panel, anew. False where it was forgotten meanwhile: do it again. Commits."""
    now = clock.now()
    db.session.execute(upsert(PanelTrend).on_conflict_do_nothing(), [_none_yet(panel_id)])
    # As tried: one that fails is tried again in an hour, not at every round of the worker.
    db.session.execute(update(PanelTrend).where(PanelTrend.panel_id == panel_id).values(fitted_at=now))
    db.session.commit()
    with reading():
        year = _read(panel_id, now)
    journeys = {} if year.undated else year.trends()
    unforgotten = (PanelTrend.panel_id == panel_id, PanelTrend.forgotten == year.forgotten)
    kept = {"journeys": journeys, "fitted_at": now, "generation": year.generation}
    written = db.session.execute(update(PanelTrend).where(*unforgotten).values(kept))
    db.session.commit()
    return bool(written.rowcount)  # type: ignore[attr-defined]


def forget_trends(panel_id: int) -> None:
    """Where rows were taken back, at once; whoever computes meanwhile writes nothing. Callers commit."""
    gone = update(PanelTrend).where(PanelTrend.panel_id == panel_id)
    db.session.execute(gone.values(journeys={}, fitted_at=None, forgotten=PanelTrend.forgotten + 1))


@dataclass(frozen=True)
class Year:
    """What a panel's trends are made of; `generation` and `forgotten` as they were when it was read."""

    rows: PanelRows
    maps: Mapping[int, Sequence[MapArea]]
    variances: Mapping[Level, Variances]
    span: Span
    undated: bool
    generation: int
    forgotten: int

    def trends(self) -> dict[str, KeptTrend]:
        """By journey id."""
        found = {id: trend_of(self.rows, areas, self.variances, self.span) for id, areas in self.maps.items()}
        return {str(id): trend for id, trend in found.items() if trend is not None}


def _due(now: datetime) -> int | None:
    changed = Panel.generation != PanelTrend.generation
    waits = or_(PanelTrend.fitted_at.is_(None), changed & (PanelTrend.fitted_at <= now - EVERY))
    return db.session.scalar(
        select(Panel.id)
        .outerjoin(PanelTrend, PanelTrend.panel_id == Panel.id)
        .where(Panel.kind.in_(OWN_AND_IMPORTED), Panel.generation > 0, waits)
        .order_by(Panel.id)
        .limit(1)
    )


def _read(panel_id: int, now: datetime) -> Year:
    panel, kept = db.session.get_one(Panel, panel_id), db.session.get_one(PanelTrend, panel_id)
    until = panel.anchored_at or now
    rows = load_panel(panel, until - MOST_WINDOWS * WINDOW).rows
    return Year(
        rows=rows,
        maps=maps_of(areas_of(rows)),
        variances={level: each.variances for level, each in variances_kept(panel_id).items()},
        span=Span(until.timestamp(), home_zone(), goes_on=panel.kind == "live"),
        undated=panel.undated,
        generation=panel.generation,
        forgotten=kept.forgotten,
    )


def _none_yet(panel_id: int) -> dict[str, object]:
    return {"panel_id": panel_id, "journeys": {}, "fitted_at": None, "generation": 0, "forgotten": 0}
