"""Scores kept up to date by whoever holds the lease: read, solve, then write in one short transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, insert, select

from shadowing import clock
from shadowing.areas import pyramid
from shadowing.areas.fitting import Unit, UnitResult, fit_levels, judge_units
from shadowing.areas.flags import flags_up, move_flags
from shadowing.areas.journey_figures import MapArea, figures_of
from shadowing.areas.models import ALL, AreaResult, AreaScore, JourneyResult, PanelFit
from shadowing.areas.rows import PanelRows, load_rows, window_start
from shadowing.areas.scoring import Fit
from shadowing.areas.visit_figures import visit_figures
from shadowing.database import db, read_only
from shadowing.journeys.models import Area, Touchpoint
from shadowing.visits.models import Observation, Panel, ScoreChange

PLANNED_VISITS = 8


def refresh_changed() -> list[int]:
    """Fit every panel the change log names and forget the entries consumed. Returns the panels. Commits."""
    with read_only():
        changes = db.session.execute(select(ScoreChange.id, ScoreChange.panel_id, ScoreChange.visit_id)).all()
        db.session.rollback()
    panels = sorted({panel for _, panel, _ in changes})
    for panel_id in panels:
        mine = [(id, visit) for id, panel, visit in changes if panel == panel_id]
        visits = {visit for _, visit in mine}
        refresh_panel(panel_id, sites=None if None in visits else _sites_of(visits))
        _forget([id for id, _ in mine])
    return panels


def rebuild() -> list[int]:
    """Fit every panel from its rows, whatever the change log says. Returns the panels. Commits."""
    panels = list(db.session.scalars(select(Panel.id).order_by(Panel.id)))
    db.session.rollback()
    for panel_id in panels:
        refresh_panel(panel_id, sites=None)
    return panels


def refresh_panel(panel_id: int, sites: Iterable[int] | None) -> None:
    """One full solve of a panel and, for live visits, of the named sites (None = all). Commits."""
    now = clock.now()
    with read_only():
        panel = db.session.get_one(Panel, panel_id)
        rows = load_rows(panel, now)
        areas = _areas_of(rows, panel)
        live, since = panel.kind == "live", window_start(panel, now)
        flagged = flags_up(panel_id)
        db.session.rollback()
    wanted = set(rows.site.tolist()) - {0} if live else set()
    scopes = {ALL: rows}
    for site in wanted if sites is None else wanted & set(sites):
        scopes[f"site:{site}"] = rows.only(rows.site == site)
    solved = {scope: _solve(part, areas, flagged if scope == ALL else frozenset()) for scope, part in scopes.items()}
    for scope, (fits, results) in solved.items():
        _write(panel_id, scope, fits, results, areas, now, rows.observers)
        _write_journeys(panel_id, scope, scopes[scope], fits, areas, since)
    move_flags(panel_id, solved[ALL][1], flagged, now)
    db.session.commit()


def map_area(area: Area, touchpoint: Touchpoint) -> MapArea:
    """Reach is the touchpoint's volume, shared equally by its channels until somebody measures each."""
    channels = max(1, len(touchpoint.channels))
    return MapArea(
        area_id=area.id,
        epoch=area.epoch,
        touchpoint_id=touchpoint.id,
        stage=touchpoint.stage,
        channel=area.channel,
        reach=None if touchpoint.volume is None else touchpoint.volume / channels,
        importance=touchpoint.importance["customer"],
        targets=touchpoint.targets_by_level,
    )


Known = dict[int, tuple[int, MapArea, bool]]


def _areas_of(rows: PanelRows, panel: Panel) -> Known:
    """area id -> (journey id, settings, on the map now), of every journey this panel has rows in."""
    seen = {area for area, _ in rows.units}
    found = db.session.execute(select(Area, Touchpoint).join(Touchpoint)).all()
    journeys = {touchpoint.journey_id for area, touchpoint in found if area.id in seen}
    return {
        area.id: (touchpoint.journey_id, map_area(area, touchpoint), area.offered and touchpoint.removed_at is None)
        for area, touchpoint in found
        if touchpoint.journey_id in journeys
    }


def _solve(rows: PanelRows, areas: Known, flagged: Any) -> tuple[dict[str, Fit], dict[Unit, UnitResult]]:
    fits = fit_levels(rows)
    targets = {area: known[1].targets for area, known in areas.items()}
    return fits, judge_units(rows, fits, targets, flagged)


def _write(
    panel_id: int,
    scope: str,
    fits: dict[str, Fit],
    results: dict[Unit, UnitResult],
    areas: Known,
    now: datetime,
    observers: list[str],
) -> None:
    for model in (AreaScore, AreaResult, PanelFit):
        db.session.execute(delete(model).where(model.panel_id == panel_id, model.scope == scope))
    place = {"panel_id": panel_id, "scope": scope}
    scores = [
        {**place, **_score_row(area, epoch, level, score)}
        for (area, epoch), result in results.items()
        for level, score in result.levels.items()
    ]
    shown = [
        {**place, "journey_id": journey, **_result_row(known.area_id, known.epoch, results)}
        for journey, known, _ in areas.values()
        if (known.area_id, known.epoch) in results or known.epoch > 1
    ]
    fitted = [{**place, "level": level, "fitted_at": now, **_fit_row(fit, observers)} for level, fit in fits.items()]
    for model, found in ((AreaScore, scores), (AreaResult, shown), (PanelFit, fitted)):
        if found:
            db.session.execute(insert(model), found)


def _score_row(area: int, epoch: int, level: str, score: Any) -> dict[str, Any]:
    return {
        "area_id": area,
        "epoch": epoch,
        "level": level,
        "n": score.n,
        "observers": score.observers,
        "raw_mean": score.raw_mean,
        "score": score.score,
        "se": score.error,
        "p_below": score.probability,
        "shortfall": score.gain,
        "shortfall_variance": score.gain_variance,
        "target": score.target,
        "verdict": score.verdict.slug,
        "flagged": score.verdict.slug == "underperforming",
    }


def _result_row(area: int, epoch: int, results: dict[Unit, UnitResult]) -> dict[str, Any]:
    """What the area shows (DECISIONS 17). An epoch nobody has seen yet shows that it waits to be seen."""
    result = results.get((area, epoch))
    row: dict[str, Any] = {"area_id": area, "epoch": epoch, "rows": 0, "visits": 0, "observers": 0, "days": 0}
    row |= dict.fromkeys(("binding_level", "shown_level", "score", "se", "p_below", "target", "last_at"))
    row |= {"verdict": "not_enough_evidence", "one_observer": False, "reshadowing": epoch > 1}
    if result is None:
        return row
    findings, counts = result.findings, result.counts
    level = pyramid.shown_level(findings)
    row |= {
        "verdict": pyramid.area_verdict(findings),
        "binding_level": pyramid.binding_level(findings),
        "shown_level": level,
        "rows": counts.rows,
        "visits": counts.visits,
        "observers": counts.observers,
        "days": counts.days,
        "last_at": datetime.fromtimestamp(counts.last, UTC),
        "reshadowing": epoch > 1 and counts.rows < PLANNED_VISITS,
    }
    if level:
        score = result.levels[level]
        row |= {"score": score.score, "se": score.error, "p_below": score.probability, "target": score.target}
        row["one_observer"] = score.verdict.one_observer
    return row


def _fit_row(fit: Fit, observers: list[str]) -> dict[str, Any]:
    effects = {name: float(effect) for name, effect in zip(observers, fit.observer_effects, strict=True)}
    variances = {name: float(value) for name, value in vars(fit.variances).items()}
    return {"rows": fit.rows, "mu": fit.mean, "variances": variances, "observers": effects}


def _write_journeys(
    panel_id: int, scope: str, rows: PanelRows, fits: dict[str, Fit], areas: Known, since: datetime
) -> None:
    db.session.execute(delete(JourneyResult).where(JourneyResult.panel_id == panel_id, JourneyResult.scope == scope))
    for journey_id in {journey for journey, _, _ in areas.values()}:
        on_map = [known for journey, known, offered in areas.values() if journey == journey_id and offered]
        if on_map:
            figures = figures_of(rows, fits, on_map) | {"visits": visit_figures(panel_id, journey_id, scope, since)}
            db.session.add(JourneyResult(panel_id=panel_id, scope=scope, journey_id=journey_id, figures=figures))


def _sites_of(visits: set[Any]) -> set[int]:
    found: set[int] = set()
    names = sorted(visits, key=str)
    for start in range(0, len(names), 500):
        part = names[start : start + 500]
        sites = select(Observation.site_id).where(Observation.visit_id.in_(part)).distinct()
        found |= {site for site in db.session.scalars(sites) if site}
    db.session.rollback()
    return found


def _forget(ids: list[int]) -> None:
    for start in range(0, len(ids), 500):
        db.session.execute(delete(ScoreChange).where(ScoreChange.id.in_(ids[start : start + 500])))
    db.session.commit()
