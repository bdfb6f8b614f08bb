"""What follows from accepted changes, in one order: scores, ways, coverage, backlog; then the changes are forgotten."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from shadowing.backlog.drafting import draft_changed
from shadowing.coverage.path_summary import keep_up
from shadowing.scoring.load_panel import FEW
from shadowing.scoring.refresh import Changes, forget, rebuild_paths, refresh_all, waiting_changes
from shadowing.scoring.trends import keep_trends
from shadowing.scoring.upkeep import Upkeep
from shadowing.visits.paths import refresh_paths


def bring_up_to_date(upkeep: Upkeep | None = None) -> list[int]:
    """Everything that the change log names. Returns the panels. Commits.

    upkeep: what the worker knows from the last time; without it every panel is read anew.
    Whoever is killed in between leaves the log, so that all of it is done again; each step is safe to repeat.
    """
    changes = waiting_changes()
    for each in changes:
        _bring(each, upkeep or Upkeep())
    return [each.panel_id for each in changes]


def rebuild_everything(paths: bool = False) -> list[int]:
    """From the rows, whatever the change log says. paths: those of every visit too. Returns the panels. Commits."""
    panels = refresh_all()
    if paths:
        rebuild_paths()
    for panel_id in panels:
        _follow(panel_id)
        keep_trends(panel_id)
    return panels


def _bring(changes: Changes, upkeep: Upkeep) -> None:
    ours = upkeep.refresh(changes)
    visits = frozenset(visit for visit in changes.visits if visit is not None)
    refresh_paths(visits)
    _follow(changes.panel_id, visits if len(visits) == len(changes.visits) <= FEW else None)
    if ours:
        forget(changes)


def _follow(panel_id: int, visits: Collection[UUID] | None = None) -> None:
    keep_up([panel_id])
    draft_changed(panel_id, visits)
