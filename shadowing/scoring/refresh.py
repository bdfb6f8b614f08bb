"""Scores kept up to date by whoever holds the lease: read, solve, then write in one short transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from shadowing.core import clock
from shadowing.core.database import advisory_lock, db, reading
from shadowing.core.jobs.leases import anybody_works
from shadowing.journeys.models import Area, AreaEpoch, Touchpoint
from shadowing.scoring.flags import flags_up, move_flags
from shadowing.scoring.journey_figures import MapArea
from shadowing.scoring.models import ALL
from shadowing.scoring.panel_rows import PanelRows
from shadowing.scoring.panel_state import PanelState, Touched, load_state
from shadowing.scoring.pieces import Piece, Solution, all_pieces, touched_piece
from shadowing.scoring.sides import write_sides
from shadowing.scoring.store import (
    KnownAreas,
    forget_periods,
    forget_scopes,
    scopes_kept,
    write_fits,
    write_journeys,
    write_scores,
)
from shadowing.scoring.verifying import as_taken_over, keep_verdicts, verify
from shadowing.visits.models.totals import Panel, ScoreChange
from shadowing.visits.models.visit import Visit
from shadowing.visits.paths import refresh_paths


@dataclass(frozen=True)
class Changes:
    """Entries of the change log that name one panel. visits: None among them = the whole panel."""

    panel_id: int
    entries: tuple[int, ...]
    visits: frozenset[UUID | None]


def waiting_changes() -> list[Changes]:
    """What the change log holds at this moment, by panel."""
    with reading():
        rows = db.session.execute(select(ScoreChange.id, ScoreChange.panel_id, ScoreChange.visit_id)).all()
    return [
        Changes(
            panel_id,
            tuple(id for id, panel, _ in rows if panel == panel_id),
            frozenset(visit for _, panel, visit in rows if panel == panel_id),
        )
        for panel_id in sorted({panel for _, panel, _ in rows})
    ]


def forget(changes: Changes) -> None:
    """Once everything that follows from them is done. Commits."""
    for start in range(0, len(changes.entries), 500):
        db.session.execute(delete(ScoreChange).where(ScoreChange.id.in_(changes.entries[start : start + 500])))
    db.session.commit()


def stands_still() -> bool:
    """Whether changes have waited for a minute while no worker is there."""
    now = clock.now()
    late = select(ScoreChange.id).where(ScoreChange.created_at < now - timedelta(minutes=1)).limit(1)
    return db.session.scalar(late) is not None and not anybody_works(now)


def refresh_all() -> list[int]:
    """Fit every panel from its rows, whatever the change log says. Returns the panels. Commits."""
    panels = list(db.session.scalars(select(Panel.id).order_by(Panel.id)))
    db.session.rollback()
    for panel_id in panels:
        refresh_panel(panel_id)
    return panels


def rebuild_paths() -> int:
    """Note the way of every visit of ours anew from its rows. Returns how many visits. Commits.

    In the order of time, as they come in by themselves: those of the last weeks are then read from one place.
    """
    ours = select(Visit.id).where(Visit.import_id.is_(None)).order_by(Visit.started_at, Visit.id)
    with reading():
        visits = db.session.scalars(ours).all()
    refresh_paths(visits)
    return len(visits)


def refresh_panel(panel_id: int) -> PanelState:
    """One full solve of a panel from its rows; of live visits with every site as a part of it. Commits."""
    with reading():
        state = load_state(panel_id, clock.now())
    return write_all(state)


def write_all(state: PanelState) -> PanelState:
    """Everything it says; of scopes without a row nothing is left. Returns it as the one that wrote last. Commits."""
    solution = _solution(state)
    with reading():  # whatever takes long comes before the write lock
        pieces = all_pieces(solution)
        first = next(pieces)
    state = _write(solution, first, state, takes_over=True)
    while True:
        with reading():
            piece = next(pieces, None)
        if piece is None:
            return state
        state = _write(solution, piece, state)


def write_touched(state: PanelState, touched: Touched) -> PanelState:
    """The whole, and of its sites what changed visits touched; of a small panel everything. Commits."""
    solution = _solution(state)
    if solution.small:
        return write_all(state)
    with reading():
        piece = touched_piece(solution, touched)
    return _write(solution, piece, state)


def is_overtaken(state: PanelState) -> bool:
    """Whether somebody else has written the panel's scores since."""
    with reading():
        return db.session.scalar(select(Panel.generation).filter_by(id=state.panel_id)) != state.generation


def _solution(state: PanelState) -> Solution:
    with reading():
        verified = verify(state.rows) if state.live else []  # a rival's walks prove nothing of ours
        areas = as_taken_over(areas_of(state.rows), verified)
        return Solution(state, state.solved(), areas, flags_up(state.panel_id), verified)


def _write(solution: Solution, piece: Piece, state: PanelState, takes_over: bool = False) -> PanelState:
    """One short transaction. takes_over: whoever wrote in between; otherwise then nothing is written."""
    panel_id, now, rows = state.panel_id, clock.now(), state.rows
    advisory_lock(f"scores:{panel_id}")  # a command may be at it as well
    generation = db.session.scalar(select(Panel.generation).filter_by(id=panel_id)) or 0
    if generation != state.generation and not takes_over:
        db.session.rollback()
        return state
    db.session.execute(update(Panel).filter_by(id=panel_id).values(generation=generation + 1))
    if ALL in piece.scopes:
        forget_scopes(panel_id, scopes_kept(panel_id) - set(solution.scopes))
        move_flags(panel_id, piece.scopes[ALL].results, solution.flagged, now)
        forget_periods(panel_id)
        write_sides(panel_id, piece.sides)
        keep_verdicts(solution.verified, now)
    write_scores(panel_id, piece.scopes, solution.areas)
    write_scores(panel_id, piece.others, solution.areas, piece.only)
    sites = {scope: each.site for scope, each in piece.scopes.items()}
    write_fits(panel_id, sites, rows, solution.levels, state.variances, now)
    write_journeys(panel_id, piece.journeys)
    db.session.commit()
    return replace(state, generation=generation + 1)


def map_area(area: Area, touchpoint: Touchpoint, epoch: AreaEpoch | None = None) -> MapArea:
    """epoch: the present one, where an earlier one was closed by a fix."""
    stands = epoch if epoch is not None and epoch.standing and not epoch.taken_over_at else None
    return MapArea(
        area_id=area.id,
        epoch=area.epoch,
        touchpoint_id=touchpoint.id,
        stage=touchpoint.stage,
        channel=area.channel,
        reach=touchpoint.reach,
        importance=touchpoint.importance["customer"],
        targets=touchpoint.targets_by_level,
        fixed_at=stands.opened_at if stands else None,
        standing=stands.standing if stands else None,
    )


def areas_of(rows: PanelRows) -> KnownAreas:
    """Every area of the journeys that these rows are of."""
    seen = {area for area, _ in rows.units}
    present = (AreaEpoch.area_id == Area.id) & (AreaEpoch.number == Area.epoch)
    query = select(Area, Touchpoint, AreaEpoch).join(Touchpoint).outerjoin(AreaEpoch, present)
    found = db.session.execute(query).all()
    journeys = {touchpoint.journey_id for area, touchpoint, _ in found if area.id in seen}
    return {
        area.id: (
            touchpoint.journey_id,
            map_area(area, touchpoint, epoch),
            area.offered and touchpoint.removed_at is None,
        )
        for area, touchpoint, epoch in found
        if touchpoint.journey_id in journeys
    }
