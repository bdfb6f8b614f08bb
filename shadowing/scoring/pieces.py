"""What a solved panel says of the whole and of its sites, cut into pieces that are written one after the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from shadowing.core.vocabulary import Level
from shadowing.scoring.fitting import Flag, Unit, UnitResult, judge_units
from shadowing.scoring.kept import KeptFigures
from shadowing.scoring.models import ALL
from shadowing.scoring.panel_rows import PanelRows
from shadowing.scoring.panel_state import PanelState, Touched
from shadowing.scoring.sides import KeptSides, sides_of
from shadowing.scoring.solved_level import SolvedLevel
from shadowing.scoring.store import Curves, KnownAreas, ScopeResults, journeys_of, kept_curves
from shadowing.scoring.verifying import Verified

Results = dict[Unit, UnitResult]
#: Areas times scopes of one piece: so many rows are written in a fraction of a second.
CELLS_AT_ONCE = 3000


@dataclass(frozen=True)
class Solution:
    """A panel with every level solved, the settings of its areas, the flags that were up, and what fixes brought."""

    state: PanelState
    levels: Mapping[Level, SolvedLevel]
    areas: KnownAreas
    flagged: Set[Flag]
    verified: Collection[Verified] = ()

    @cached_property
    def sites(self) -> list[int]:
        """Those that are scored one by one: of live visits, where rows are."""
        rows = self.state.rows
        if not self.state.live:
            return []
        n = np.bincount(np.searchsorted(rows.sites, rows.site), minlength=len(rows.sites))
        return [site for site, some in zip(rows.sites, n, strict=True) if site and some]

    @property
    def scopes(self) -> list[str]:
        return [ALL, *(scope_of(site) for site in self.sites)]

    @property
    def small(self) -> bool:
        """Whether all of it is one piece."""
        return len(self.state.rows.units) * len(self.scopes) <= CELLS_AT_ONCE


@dataclass(frozen=True)
class Piece:
    """scopes: all that is known of them; journeys: scope -> journey id -> figures; sides: with the whole (sides.py).

    others: of other scopes the areas `only`.
    """

    scopes: Mapping[str, ScopeResults]
    journeys: Mapping[str, Mapping[int, KeptFigures]]
    sides: KeptSides = ((), ())
    others: Mapping[str, ScopeResults] = field(default_factory=dict)
    only: Collection[int] = ()


def scope_of(site: int | None) -> str:
    return ALL if site is None else f"site:{site}"


def all_pieces(solution: Solution) -> Iterator[Piece]:
    """The whole first, then its sites, some at a time."""
    sites: list[int | None] = [None, *solution.sites]
    at_once = max(1, CELLS_AT_ONCE // max(1, len(solution.state.rows.units)))
    for first in range(0, len(sites), at_once):
        yield _piece(solution, sites[first : first + at_once])


def touched_piece(solution: Solution, touched: Touched) -> Piece:
    """The whole but for its curve, the sites touched, and the areas touched at every other site.

    So all sites average to the whole at once; the rest follows when it is quiet (upkeep.py).
    """
    state = solution.state
    units = frozenset(number for number, (area, _) in enumerate(state.rows.units) if area in touched.areas)
    near = state.rows.only(np.isin(state.rows.unit, list(units)))
    piece = _piece(
        solution, [None, *(site for site in solution.sites if site in touched.sites)], kept_curves(state.panel_id)
    )
    others = {
        scope_of(site): ScopeResults(site, _judged(solution, near, site, units))
        for site in solution.sites
        if site not in touched.sites
    }
    return Piece(piece.scopes, piece.journeys, piece.sides, others, touched.areas)


def _piece(solution: Solution, sites: Sequence[int | None], curves: Curves | None = None) -> Piece:
    """curves: of the whole, as they were kept: fitted anew they cost as much as all levels, and a minute is soon."""
    state, levels, areas = solution.state, solution.levels, solution.areas
    return Piece(
        scopes={scope_of(site): ScopeResults(site, _judged(solution, state.rows, site)) for site in sites},
        journeys={
            scope_of(site): journeys_of(state, levels, areas, site, curves if site is None else None) for site in sites
        },
        sides=sides_of(state.panel_id, state.rows, levels, areas, state.live) if None in sites else ((), ()),
    )


def _judged(solution: Solution, rows: PanelRows, site: int | None, among: Set[int] | None = None) -> Results:
    targets = {area: known[1].targets for area, known in solution.areas.items()}
    flagged = solution.flagged if site is None else frozenset()  # a site has verdicts in words only (METHOD 1.8)
    return judge_units(rows, solution.levels, targets, flagged, site, among)
