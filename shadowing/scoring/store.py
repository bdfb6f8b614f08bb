"""Writing what a fit found into the tables that pages read. Callers commit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Table, delete, insert, select

from shadowing.core.database import db
from shadowing.core.vocabulary import Level
from shadowing.journeys.models import KeptStanding
from shadowing.scoring.fitting import LevelScore, Unit, UnitCounts, UnitResult
from shadowing.scoring.journey_figures import MapArea, expectation_gaps, figures_of
from shadowing.scoring.kept import KeptFeeling, KeptFigures
from shadowing.scoring.leniency import settled_leniencies
from shadowing.scoring.models import ALL, AreaResult, AreaScore, JourneyResult, PanelFit, PeriodFit
from shadowing.scoring.panel_rows import PanelRows
from shadowing.scoring.panel_state import PanelState
from shadowing.scoring.solved_level import SolvedLevel
from shadowing.scoring.statistics import pyramid
from shadowing.scoring.statistics.verdicts import LEAST_ROWS
from shadowing.scoring.variance_schedule import VariancesInForce
from shadowing.scoring.visit_answers import VisitAnswer, departments, visit_answers

PLANNED_VISITS = 8
#: area id -> (journey id, settings, on the map now), of every journey a panel has rows in.
KnownAreas = dict[int, tuple[int, MapArea, bool]]
#: Journey id -> feelings by touchpoint.
Curves = Mapping[int, Mapping[str, KeptFeeling]]


@dataclass(frozen=True)
class ScopeResults:
    """What a fit says of every unit: over everything, or at one site, by its id."""

    site: int | None
    results: dict[Unit, UnitResult]


def scopes_kept(panel_id: int) -> set[str]:
    """Every scope that something is kept for."""
    kept = (select(model.scope).where(model.panel_id == panel_id) for model in (PanelFit, JourneyResult))
    return {scope for query in kept for scope in db.session.scalars(query.distinct())}


def forget_scopes(panel_id: int, scopes: set[str]) -> None:
    """A site that has no row left has no score either."""
    for model in (AreaScore, AreaResult, PanelFit, JourneyResult) if scopes else ():
        db.session.execute(delete(model).where(model.panel_id == panel_id, model.scope.in_(scopes)))


def forget_periods(panel_id: int) -> None:
    """Fits of periods that held rows as they were. Those that are still waited for are made of the rows as they are."""
    fitted = (PeriodFit.panel_id == panel_id, PeriodFit.fitted_at.is_not(None))
    db.session.execute(delete(PeriodFit).where(*fitted))


def write_scores(
    panel_id: int, found: Mapping[str, ScopeResults], areas: KnownAreas, only: Collection[int] | None = None
) -> None:
    """Replace what these scopes knew: scores of every unit, and what each area shows. only: of these areas alone."""
    for model in (AreaScore, AreaResult):
        old = delete(model).where(model.panel_id == panel_id, model.scope.in_(found))
        db.session.execute(old if only is None else old.where(model.area_id.in_(only)))
    scores = [
        {"panel_id": panel_id, "scope": scope, **score_row(area, epoch, level, score)}
        for scope, each in found.items()
        for (area, epoch), result in each.results.items()
        for level, score in result.levels.items()
    ]
    shown = [
        {"panel_id": panel_id, "scope": scope, "journey_id": journey, **result_row(known, each.results[unit])}
        for scope, each in found.items()
        for journey, known, _ in areas.values()
        if (unit := (known.area_id, known.epoch)) in each.results
    ]
    for model, rows in ((AreaScore, scores), (AreaResult, shown)):
        if rows:
            db.session.execute(insert(_table(model)), rows)


def _table(model: type[AreaScore] | type[AreaResult]) -> Table:
    """Thousands of rows past the mapper, which would take as long again."""
    return cast(Table, model.__table__)


def write_fits(
    panel_id: int,
    sites: Mapping[str, int | None],
    rows: PanelRows,
    solved: Mapping[Level, SolvedLevel],
    settled: Mapping[Level, VariancesInForce],
    now: datetime,
) -> None:
    """Replace what scopes knew of the fit itself: what to expect where nobody has looked, and of whom.

    sites: scope -> site, None = over everything.
    """
    db.session.execute(delete(PanelFit).where(PanelFit.panel_id == panel_id, PanelFit.scope.in_(sites)))
    known = {level: _fit_row(each, rows, settled[level]) for level, each in solved.items()}
    place = {"panel_id": panel_id, "fitted_at": now}
    fitted = [
        {**place, "scope": scope, "level": level, **known[level], **_unseen_row(each, rows, site)}
        for scope, site in sites.items()
        for level, each in solved.items()
    ]
    if fitted:
        db.session.execute(insert(PanelFit), fitted)


def score_row(area: int, epoch: int, level: Level, score: LevelScore) -> dict[str, Any]:
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
        "who": score.steps.who if score.steps else None,
        "company": score.steps.visits if score.steps else None,
        "towards": score.towards,
    }


def result_row(known: MapArea, result: UnitResult) -> dict[str, Any]:
    """What the area shows (DECISIONS 17); from a fix until what is seen since takes over, as it stood (METHOD 6.1)."""
    findings, standing = result.findings, known.standing
    if standing and not (standing["rows"] < LEAST_ROWS <= result.counts.rows):
        return _standing_row(known, standing, result)
    level = pyramid.shown_level(findings)
    return {
        **_counts_row(known, result.counts),
        **_shown_row(result.levels.get(level) if level else None),
        "verdict": pyramid.area_verdict(findings),
        "binding_level": pyramid.binding_level(findings),
        "shown_level": level,
    }


def _standing_row(known: MapArea, standing: KeptStanding, result: UnitResult) -> dict[str, Any]:
    """Today's score under the verdict of the day of the fix; what was seen counts from before as well."""
    level = standing["shown_level"]
    score = result.levels.get(level) if level else None
    return {
        **_counts_row(known, result.of_all),
        **_shown_row(score),
        **{name: standing[name] for name in ("verdict", "binding_level", "shown_level", "p_below", "one_observer")},
        "reshadowing": True,
        "fixed_at": known.fixed_at,
        "score_before": standing["score"],
        "seen_again": standing.get("seen", {}).get(standing.get("level") or level or "utility", 0),
        "planned": standing["planned"],
    }


def _shown_row(score: LevelScore | None) -> dict[str, Any]:
    row = dict.fromkeys(("score", "se", "p_below", "target", "fixed_at", "score_before", "planned"))
    row |= {"one_observer": False, "reshadowing": False, "seen_again": 0}
    if score is None:
        return row
    row |= {"score": score.score, "se": score.error, "p_below": score.probability, "target": score.target}
    return {**row, "one_observer": score.verdict.one_observer}


def _counts_row(known: MapArea, counts: UnitCounts) -> dict[str, Any]:
    return {
        "area_id": known.area_id,
        "epoch": known.epoch,
        "rows": counts.rows,
        "visits": counts.visits,
        "observers": counts.observers,
        "days": counts.days,
        "last_at": None if counts.last is None else datetime.fromtimestamp(counts.last, UTC),
    }


def _fit_row(solved: SolvedLevel, rows: PanelRows, settled: VariancesInForce) -> dict[str, Any]:
    fit = solved.fit
    effects = {name: float(effect) for name, effect in zip(rows.observers, fit.observer_effects, strict=True)}
    variances = {name: float(value) for name, value in vars(fit.variances).items()}
    refitted = {"refitted_at": settled.at, "refitted_rows": settled.rows}
    eyes = {"observers": effects, "eyes": settled_leniencies(fit, rows.observers)}
    lenient = float(fit.panel_shares @ fit.observer_effects)
    return {"rows": fit.rows, "mu": fit.mean, "variances": variances, "lenient": lenient, **eyes, **refitted}


def _unseen_row(solved: SolvedLevel, rows: PanelRows, site: int | None) -> dict[str, Any]:
    base, error = solved.unseen(None if site is None else rows.sites.index(site))
    return {"base": base, "base_se": error}


def kept_curves(panel_id: int) -> Curves:
    """Journey id -> its feelings as they are kept, over everything."""
    kept = select(JourneyResult.journey_id, JourneyResult.figures).filter_by(panel_id=panel_id, scope=ALL)
    return {journey_id: figures["emotions"] for journey_id, figures in db.session.execute(kept)}


def journeys_of(
    state: PanelState,
    solved: Mapping[Level, SolvedLevel],
    areas: KnownAreas,
    site: int | None,
    curves: Curves | None = None,
) -> dict[int, KeptFigures]:
    """Journey id -> figures, of every journey that has a map now. Reads who is of which department, writes nothing.

    curves: feelings that are taken over as they were kept.
    """
    answers: dict[int, list[VisitAnswer]] = defaultdict(list)
    for answer in state.answers.values():
        if site is None or answer.site == site:
            answers[answer.journey].append(answer)
    of_person = departments()
    gap = state.expectation() if site is None else None
    return {
        journey_id: {
            **figures_of(state.rows, solved, on_map, site, curves.get(journey_id) if curves else None),
            "visits": visit_answers(answers[journey_id], of_person),
            "expectations": expectation_gaps(state.rows.units, gap, on_map),
        }
        for journey_id, on_map in maps_of(areas).items()
    }


def maps_of(areas: KnownAreas) -> dict[int, list[MapArea]]:
    """Journey id -> the areas of its map now."""
    on_maps: dict[int, list[MapArea]] = defaultdict(list)
    for journey_id, known, offered in areas.values():
        if offered:
            on_maps[journey_id].append(known)
    return on_maps


def write_journeys(panel_id: int, figures: Mapping[str, Mapping[int, KeptFigures]]) -> None:
    """Replace what scopes knew of journeys: scope -> journey id -> figures."""
    db.session.execute(
        delete(JourneyResult).where(JourneyResult.panel_id == panel_id, JourneyResult.scope.in_(figures))
    )
    rows = [
        {"panel_id": panel_id, "scope": scope, "journey_id": journey_id, "figures": found}
        for scope, journeys in figures.items()
        for journey_id, found in journeys.items()
    ]
    if rows:
        db.session.execute(insert(JourneyResult), rows)
