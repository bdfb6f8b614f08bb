"""A period that reaches back before the window is a fit of its own, in the worker, and is kept (DECISIONS 19).

Its results lie beside those of the window, under a scope of their own, until rows of the panel change.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from sqlalchemy import delete, select

from shadowing.core import clock
from shadowing.core.clock import parse_day
from shadowing.core.database import advisory_lock, db, reading
from shadowing.core.jobs.queue import enqueue
from shadowing.core.problems import Problem
from shadowing.people.zones import home_zone
from shadowing.scoring.filter import Asked, scope_of_period
from shadowing.scoring.models import PeriodFit
from shadowing.scoring.panel_state import load_state
from shadowing.scoring.pieces import Solution, all_pieces
from shadowing.scoring.refresh import areas_of
from shadowing.scoring.store import forget_scopes, scopes_kept, write_fits, write_journeys, write_scores
from shadowing.visits.models.totals import Panel

JOB = "period"
#: Of one panel; whichever was asked for longest ago makes room.
MOST_KEPT = 4
NONE, COMPUTING, READY = "none", "computing", ""


class PeriodToFit(TypedDict):
    """What the job `period` carries."""

    panel: int
    day: str


class ChangedMeanwhile(Exception):
    """The panel was fitted anew while the period was: its rows are read again."""


def period_state(panel_id: int, asked: Asked) -> str:
    """READY where a fit answers what is asked; otherwise whether its period is being computed."""
    if not asked.outside or asked.day is None or not panel_id:
        return READY
    kept = db.session.get(PeriodFit, (panel_id, asked.day.isoformat()))
    if kept is None:
        return NONE
    return COMPUTING if kept.fitted_at is None else READY


def refuse_unready(panel_id: int, asked: Asked) -> None:
    """For the API. Raises Problem period_not_ready, with the state."""
    if state := period_state(panel_id, asked):
        raise Problem("period_not_ready", state=state)


def ask_for(day: date, now: datetime) -> None:
    """Have it computed, unless it is. Callers commit, then wake the worker."""
    panel_id = live_panel()
    if not panel_id:
        return
    advisory_lock(f"scores:{panel_id}")
    if db.session.get(PeriodFit, (panel_id, day.isoformat()), populate_existing=True) is None:
        db.session.add(PeriodFit(panel_id=panel_id, day=day.isoformat(), asked_at=now))
        enqueue(JOB, PeriodToFit(panel=panel_id, day=day.isoformat()), now)


def live_panel() -> int:
    """The fit group of our own visits; 0 = there is none yet."""
    return db.session.scalar(select(Panel.id).where(Panel.kind == "live")) or 0


def compute(payload: PeriodToFit) -> None:
    """One full solve of everything since that day, with every site as a part of it. Commits."""
    panel_id, day = payload["panel"], parse_day(payload["day"])
    with reading():
        period, panel = db.session.get(PeriodFit, (panel_id, payload["day"])), db.session.get(Panel, panel_id)
        if period is None or panel is None or period.fitted_at is not None:
            return
        state = load_state(panel_id, clock.now(), clock.day_begins(day, home_zone()))
        solution = Solution(state, state.solved(), areas_of(state.rows), frozenset())
        pieces = list(all_pieces(solution))
    now = clock.now()
    advisory_lock(f"scores:{panel_id}")
    if db.session.scalar(select(Panel.generation).filter_by(id=panel_id)) != state.generation:
        db.session.rollback()
        raise ChangedMeanwhile
    for piece in pieces:
        scopes = {scope_of_period(day, scope): each for scope, each in piece.scopes.items()}
        sites = {scope: each.site for scope, each in scopes.items()}
        write_scores(panel_id, scopes, solution.areas)
        write_fits(panel_id, sites, state.rows, solution.levels, state.variances, now)
        write_journeys(panel_id, {scope_of_period(day, scope): each for scope, each in piece.journeys.items()})
    _keep(panel_id, payload["day"], now)
    db.session.commit()


def gave_up(payload: PeriodToFit, job_id: int) -> None:
    """After the last failure it can be asked for again. Commits."""
    db.session.execute(delete(PeriodFit).where(PeriodFit.panel_id == payload["panel"], PeriodFit.day == payload["day"]))
    db.session.commit()


def _keep(panel_id: int, day: str, now: datetime) -> None:
    """It stands; the oldest of too many goes."""
    db.session.get_one(PeriodFit, (panel_id, day)).fitted_at = now
    db.session.flush()
    fitted = select(PeriodFit).where(PeriodFit.panel_id == panel_id, PeriodFit.fitted_at.is_not(None))
    for old in db.session.scalars(fitted.order_by(PeriodFit.asked_at.desc()).offset(MOST_KEPT)).all():
        gone = scope_of_period(parse_day(old.day))
        forget_scopes(panel_id, {each for each in scopes_kept(panel_id) if each.split("/")[0] == gone})
        db.session.delete(old)
