"""Scores kept up to date by whoever holds the lease: read, solve, then write in one short transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select

from shadowing.core import clock
from shadowing.core.database import advisory_lock, db, reading
from shadowing.core.jobs.leases import anybody_works
from shadowing.journeys.models import Area, AreaEpoch, Touchpoint
from shadowing.scoring.fitting import judge_units, solve_levels
from shadowing.scoring.flags import flags_up, move_flags
from shadowing.scoring.journey_figures import MapArea
from shadowing.scoring.load_panel import load_rows
from shadowing.scoring.models import ALL
from shadowing.scoring.panel_rows import PanelRows
from shadowing.scoring.sides import sides_of, write_sides
from shadowing.scoring.store import (
    KnownAreas,
    ScopeResults,
    forget_periods,
    forget_scopes,
    journeys_of,
    scopes_kept,
    write_fits,
    write_journeys,
    write_scores,
)
from shadowing.scoring.variance_schedule import variances_in_force
from shadowing.visits.models.totals import Panel, ScoreChange
from shadowing.visits.models.visit import Visit
from shadowing.visits.paths import refresh_paths
from shadowing.visits.window import window_start


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


def refresh_changes(changes: Changes) -> None:
    """Fit the panel and note the ways of its changed visits. Commits; the log stays as it is."""
    refresh_panel(changes.panel_id)
    refresh_paths({visit for visit in changes.visits if visit is not None})


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


def refresh_panel(panel_id: int) -> None:
    """One full solve of a panel; of live visits with every site as a part of it. Commits."""
    now = clock.now()
    with reading():
        panel = db.session.get_one(Panel, panel_id)
        live, since = panel.kind == "live", window_start(now, panel.anchored_at)
        rows = load_rows(panel, since)
        areas = areas_of(rows)
        flagged, settled = flags_up(panel_id), variances_in_force(panel_id, rows, now)
        kept = scopes_kept(panel_id)
    solved = solve_levels(rows, {level: each.variances for level, each in settled.items()})
    targets = {area: known[1].targets for area, known in areas.items()}
    found = {ALL: ScopeResults(None, judge_units(rows, solved, targets, flagged))}
    for site in [site for site in rows.sites if site and live]:
        found[f"site:{site}"] = ScopeResults(site, judge_units(rows, solved, targets, site=site))
    emptied = kept - found.keys()
    with reading():  # whatever takes long comes before the write lock
        journeys = {
            scope: journeys_of(panel_id, rows, solved, areas, since, each.site) for scope, each in found.items()
        }
    sides = sides_of(panel_id, rows, solved, areas, live)
    advisory_lock(f"scores:{panel_id}")  # a command may be at it as well
    for scope, each in found.items():
        write_scores(panel_id, scope, each, areas)
        write_fits(panel_id, scope, rows, solved, settled, now, each.site)
        write_journeys(panel_id, scope, journeys[scope])
    forget_scopes(panel_id, emptied)
    forget_periods(panel_id)
    write_sides(panel_id, sides)
    move_flags(panel_id, found[ALL].results, flagged, now)
    db.session.commit()


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
