"""What follows from accepted changes, in one order: scores, ways, coverage, backlog; then the changes are forgotten."""

from __future__ import annotations

from collections.abc import Iterable

from shadowing.backlog.drafting import draft_changed
from shadowing.coverage.path_summary import keep_up
from shadowing.scoring.refresh import Changes, forget, rebuild_paths, refresh_all, refresh_changes, waiting_changes


def bring_up_to_date() -> list[int]:
    """Everything that the change log names. Returns the panels. Commits.

    Whoever is killed in between leaves the log, so that all of it is done again; each step is safe to repeat.
    """
    changes = waiting_changes()
    for each in changes:
        _bring(each)
    return [each.panel_id for each in changes]


def rebuild_everything(paths: bool = False) -> list[int]:
    """From the rows, whatever the change log says. paths: those of every visit too. Returns the panels. Commits."""
    panels = refresh_all()
    if paths:
        rebuild_paths()
    _follow(panels)
    return panels


def _bring(changes: Changes) -> None:
    refresh_changes(changes)
    _follow([changes.panel_id])
    forget(changes)


def _follow(panel_ids: Iterable[int]) -> None:
    keep_up(panel_ids)
    for panel_id in panel_ids:
        draft_changed(panel_id)
