"""When the variances of a panel are estimated anew, and which hold until then (METHOD 1.6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from shadowing.core.database import db
from shadowing.core.vocabulary import LEVELS, Level
from shadowing.scoring.fitting import rows_of
from shadowing.scoring.models import ALL, PanelFit
from shadowing.scoring.panel_rows import PanelRows
from shadowing.scoring.statistics.equations import DEFAULT_VARIANCES, Rows, Variances
from shadowing.scoring.statistics.parts import refit_parts
from shadowing.scoring.statistics.scoring import fit
from shadowing.scoring.statistics.variances import enough_to_refit, refit

NIGHTLY = timedelta(hours=20)
MOVED = 0.10


@dataclass(frozen=True)
class VariancesInForce:
    """The variances that hold, when they were estimated and on how many rows (None = the defaults)."""

    variances: Variances = DEFAULT_VARIANCES
    at: datetime | None = None
    rows: int | None = None


def variances_kept(panel_id: int) -> dict[Level, VariancesInForce]:
    """Those the last fit of the panel was made with; a period outside the window takes them over."""
    kept = db.session.scalars(select(PanelFit).filter_by(panel_id=panel_id, scope=ALL))
    known = {
        fit.level: VariancesInForce(Variances(**fit.variances), fit.refitted_at, fit.refitted_rows) for fit in kept
    }
    return {level: known.get(level, VariancesInForce()) for level in LEVELS}


def variances_in_force(panel_id: int, rows: PanelRows, now: datetime) -> dict[Level, VariancesInForce]:
    """Per level. Estimated anew once a night or when the rows changed by a tenth; frozen in between."""
    kept = {fit.level: fit for fit in db.session.scalars(select(PanelFit).filter_by(panel_id=panel_id, scope=ALL))}
    return {level: _in_force(rows, level, kept.get(level), now) for level in LEVELS}


def _in_force(rows: PanelRows, level: Level, kept: PanelFit | None, now: datetime) -> VariancesInForce:
    known = VariancesInForce()
    if kept is not None and kept.refitted_at is not None:
        known = VariancesInForce(Variances(**kept.variances), kept.refitted_at, kept.refitted_rows)
    said = rows_of(rows, level)
    if said is None or not enough_to_refit(said):
        return VariancesInForce()
    if not due(known, said, now):
        return known
    return VariancesInForce(_estimated(said, known.variances), now, len(said))


def due(known: VariancesInForce, said: Rows, now: datetime) -> bool:
    """Whether they are to be estimated anew. Where there is too little to go on, the defaults are what is known."""
    if not enough_to_refit(said):
        return known != VariancesInForce()
    return known.at is None or known.rows is None or _moved_on(known.at, known.rows, len(said), now)


def _estimated(said: Rows, known: Variances) -> Variances:
    found = refit(said, known)
    return replace(found, part=refit_parts(said, fit(said, found))) if said.site_columns else found


def _moved_on(at: datetime, rows: int, rows_now: int, now: datetime) -> bool:
    return now - at >= NIGHTLY or abs(rows_now - rows) >= MOVED * rows
