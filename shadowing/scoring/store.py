"""Writing what a fit found into the tables that pages read. Callers commit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, insert, select

from shadowing.core.database import db
from shadowing.core.vocabulary import Level
from shadowing.scoring.fitting import LevelScore, Unit, UnitResult
from shadowing.scoring.journey_figures import MapArea, figures_of
from shadowing.scoring.kept import KeptFigures
from shadowing.scoring.leniency import settled_leniencies
from shadowing.scoring.models import AreaResult, AreaScore, JourneyResult, PanelFit
from shadowing.scoring.panel_rows import PanelRows
from shadowing.scoring.statistics import pyramid
from shadowing.scoring.statistics.scoring import Fit
from shadowing.scoring.statistics.verdicts import NOT_ENOUGH
from shadowing.scoring.variance_schedule import VariancesInForce
from shadowing.scoring.visit_answers import visit_answers

PLANNED_VISITS = 8
#: area id -> (journey id, settings, on the map now), of every journey a panel has rows in.
KnownAreas = dict[int, tuple[int, MapArea, bool]]


def scopes_kept(panel_id: int) -> set[str]:
    """Every scope that something is kept for."""
    kept = (select(model.scope).where(model.panel_id == panel_id) for model in (PanelFit, JourneyResult))
    return {scope for query in kept for scope in db.session.scalars(query.distinct())}


def forget_scopes(panel_id: int, scopes: set[str]) -> None:
    """A site that has no row left has no score either."""
    for model in (AreaScore, AreaResult, PanelFit, JourneyResult) if scopes else ():
        db.session.execute(delete(model).where(model.panel_id == panel_id, model.scope.in_(scopes)))


def write_scores(
    panel_id: int,
    scope: str,
    fits: dict[Level, Fit],
    results: dict[Unit, UnitResult],
    areas: KnownAreas,
    now: datetime,
    observers: list[str],
    settled: Mapping[Level, VariancesInForce],
) -> None:
    """Replace what a scope knew: scores of every unit, what each area shows, the fit itself."""
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
    fitted = [
        {**place, "level": level, "fitted_at": now, **_fit_row(fit, observers, settled[level])}
        for level, fit in fits.items()
    ]
    for model, found in ((AreaScore, scores), (AreaResult, shown), (PanelFit, fitted)):
        if found:
            db.session.execute(insert(model), found)


def _score_row(area: int, epoch: int, level: Level, score: LevelScore) -> dict[str, Any]:
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
    row |= {"verdict": NOT_ENOUGH, "one_observer": False, "reshadowing": epoch > 1}
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


def _fit_row(fit: Fit, observers: list[str], settled: VariancesInForce) -> dict[str, Any]:
    effects = {name: float(effect) for name, effect in zip(observers, fit.observer_effects, strict=True)}
    variances = {name: float(value) for name, value in vars(fit.variances).items()}
    refitted = {"refitted_at": settled.at, "refitted_rows": settled.rows}
    eyes = {"observers": effects, "eyes": settled_leniencies(fit, observers)}
    unseen = {"base": fit.base, "base_se": fit.unseen_error}
    return {"rows": fit.rows, "mu": fit.mean, "variances": variances, **eyes, **refitted, **unseen}


def journeys_of(
    panel_id: int, scope: str, rows: PanelRows, fits: dict[Level, Fit], areas: KnownAreas, since: datetime
) -> dict[int, KeptFigures]:
    """Journey id -> figures, of every journey that has a map now. Reads the visits, writes nothing."""
    on_maps: dict[int, list[MapArea]] = defaultdict(list)
    for journey_id, known, offered in areas.values():
        if offered:
            on_maps[journey_id].append(known)
    return {
        journey_id: {
            **figures_of(rows, fits, on_map),
            "visits": visit_answers(panel_id, journey_id, scope, since),
        }
        for journey_id, on_map in on_maps.items()
    }


def write_journeys(panel_id: int, scope: str, figures: dict[int, KeptFigures]) -> None:
    """Replace what a scope knew of journeys."""
    db.session.execute(delete(JourneyResult).where(JourneyResult.panel_id == panel_id, JourneyResult.scope == scope))
    for journey_id, found in figures.items():
        db.session.add(JourneyResult(panel_id=panel_id, scope=scope, journey_id=journey_id, figures=found))
