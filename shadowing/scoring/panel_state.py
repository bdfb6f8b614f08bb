"""A panel as whoever keeps the scores holds it in memory between two changes: rows, equations, visits (METHOD 1.5)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np

from shadowing.core.database import db
from shadowing.core.vocabulary import LEVELS, Level
from shadowing.scoring.fitting import cut_of, different_sites, rows_of, solved_level
from shadowing.scoring.load_panel import LoadedPanel, load_panel
from shadowing.scoring.panel_rows import PanelRows
from shadowing.scoring.solved_level import SolvedLevel
from shadowing.scoring.splice import Splice, splice
from shadowing.scoring.statistics.equations import DEFAULT_VARIANCES, Rows, Variances
from shadowing.scoring.statistics.kept_equations import KeptEquations
from shadowing.scoring.statistics.scoring import Fit
from shadowing.scoring.variance_schedule import VariancesInForce, due, variances_in_force, variances_kept
from shadowing.scoring.visit_answers import VisitAnswer, load_answers
from shadowing.visits.models.totals import Panel
from shadowing.visits.window import window_start

#: So long rows that left the window may still be there; the nightly run reads everything anew.
A_DAY = timedelta(days=1)
EXPECTATION = "expectation"
#: What is fitted in the numbers of the panel. The gap has the variances that METHOD starts with.
FITTED = (*LEVELS, EXPECTATION)


@dataclass(frozen=True)
class PanelState:
    """equations: by level, and of the expectation gap.

    generation: of the scores that were written from it; who finds another one there has been overtaken."""

    panel_id: int
    live: bool
    since: datetime
    generation: int
    loaded: LoadedPanel
    answers: Mapping[UUID, VisitAnswer]
    variances: Mapping[Level, VariancesInForce]
    equations: Mapping[str, KeptEquations]

    @property
    def rows(self) -> PanelRows:
        return self.loaded.rows

    def solved(self) -> dict[Level, SolvedLevel]:
        """Every level that has rows."""
        known = ((level, self.equations.get(level)) for level in LEVELS)
        return {level: solved_level(kept.rows, kept.solved()) for level, kept in known if kept is not None}

    def expectation(self) -> Fit | None:
        """The gap between what was lived and what was expected (METHOD 4), in points from -2 to 2."""
        kept = self.equations.get(EXPECTATION)
        return None if kept is None else kept.solved()


@dataclass(frozen=True)
class Touched:
    """Ids of the areas and sites that rows of changed visits came to or left."""

    areas: frozenset[int]
    sites: frozenset[int]


def load_state(panel_id: int, now: datetime, since: datetime | None = None) -> PanelState:
    """Everything read and solved anew. Call it inside `reading()`.

    since: of a period that reaches back before the window; it takes the variances of the window over.
    """
    panel = db.session.get_one(Panel, panel_id)
    loaded = load_panel(panel, since or window_start(now, panel.anchored_at))
    variances = variances_kept(panel_id) if since else variances_in_force(panel_id, loaded.rows, now)
    since = since or window_start(now, panel.anchored_at)
    rated = {name: said for name in FITTED if (said := rows_of(loaded.rows, name)) is not None}
    in_force: dict[str, Variances] = {level: each.variances for level, each in variances.items()}
    return PanelState(
        panel_id=panel_id,
        live=panel.kind == "live",
        since=since,
        generation=panel.generation,
        loaded=loaded,
        answers={answer.id: answer for answer in load_answers(panel_id, since)},
        variances=variances,
        equations={name: KeptEquations.of(said, in_force.get(name, DEFAULT_VARIANCES)) for name, said in rated.items()},
    )


def follow(state: PanelState, visits: Collection[UUID], now: datetime) -> tuple[PanelState, Touched] | None:
    """The state once these visits have changed; None where all has to be read again. Call it inside `reading()`."""
    panel = db.session.get(Panel, state.panel_id)
    if panel is None or panel.generation != state.generation or window_start(now) - state.since > A_DAY:
        return None
    spliced = splice(state.loaded, load_panel(panel, state.since, visits), visits)
    if spliced is None:
        return None
    moved = _all_moved(state, spliced)
    if moved is None or any(
        due(each, moved[level].rows, now) for level, each in state.variances.items() if level in moved
    ):
        return None
    fresh = load_answers(state.panel_id, state.since, visits)
    old = [state.answers[id] for id in visits if id in state.answers]
    answers = {id: answer for id, answer in state.answers.items() if id not in visits}
    answers |= {answer.id: answer for answer in fresh}
    now_known = replace(state, loaded=spliced.panel, answers=answers, equations=moved)
    return now_known, _touched(spliced, [*old, *fresh])


def _touched(spliced: Splice, answers: Collection[VisitAnswer]) -> Touched:
    parts, units = (spliced.gone, spliced.come), spliced.gone.units
    sites = {site for part in parts for site in part.site.tolist()} | {answer.site for answer in answers}
    return Touched(
        areas=frozenset(units[number][0] for part in parts for number in set(part.unit.tolist())),
        sites=frozenset(site for site in sites if site),
    )


def _all_moved(state: PanelState, spliced: Splice) -> dict[str, KeptEquations] | None:
    """None where something is rated for the first time, or cannot follow."""
    moved = {}
    for name in FITTED:
        if name in state.equations:
            following = _moved(state.equations[name], name, spliced)
            if following is None:
                return None
            moved[name] = following
        elif not np.isnan(spliced.come.measures[name]).all():
            return None
    return moved


def _moved(kept: KeptEquations, name: str, spliced: Splice) -> KeptEquations | None:
    """None where the last row went, or the second site, or one came: then there are other columns."""
    rows, apart = spliced.panel.rows, kept.rows.site_columns > 0
    said = ~np.isnan(rows.measures[name])
    if not said.any() or (different_sites(rows, said) > 1) != apart:
        return None
    visits = len(spliced.panel.customers)  # also of those without a row left

    def cut(part: PanelRows) -> Rows:
        return cut_of(part, name, ~np.isnan(part.measures[name]), apart, visits)

    return kept.changed(cut(rows), cut(spliced.gone), cut(spliced.come))
