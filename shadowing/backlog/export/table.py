"""Which columns the table of the backlog has, and what stands in them. Pure.

Names and values are those of the API, so that one reader serves both; only the title is said in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from shadowing.backlog.figures import ImprovementRow
from shadowing.backlog.models import Improvement
from shadowing.backlog.wording import title
from shadowing.core.sentences import plain
from shadowing.core.tables import as_text


@dataclass(frozen=True)
class TableLine:
    """One improvement: as it is stored, as the list shows it, its place in the order (None when it has none)."""

    item: Improvement
    row: ImprovementRow
    place: int | None
    language: str


def rows_of(lines: Iterable[TableLine]) -> Iterator[list[str]]:
    """Heading first; nothing that a spreadsheet would take for a formula."""
    yield list(COLUMNS)
    for line in lines:
        yield [_cell(of(line)) for of in COLUMNS.values()]


COLUMNS: Mapping[str, Callable[[TableLine], object]] = {
    "id": lambda line: line.item.id,
    "place": lambda line: line.place,
    "title": lambda line: plain(title(line.row), line.language),
    "journey_en": lambda line: line.item.area.touchpoint.journey.name.get("en"),
    "journey_zh": lambda line: line.item.area.touchpoint.journey.name.get("zh"),
    "touchpoint_en": lambda line: line.row.touchpoint.get("en"),
    "touchpoint_zh": lambda line: line.row.touchpoint.get("zh"),
    "channel": lambda line: line.row.channel,
    "areas": lambda line: "; ".join(area.channel for area in line.row.areas),
    "level": lambda line: line.row.level,
    "verdict": lambda line: line.row.verdict,
    "state": lambda line: line.row.state,
    "raised_by": lambda line: line.row.raised_by,
    "origin": lambda line: line.item.origin,
    "serious": lambda line: line.row.serious,
    "owner": lambda line: line.row.owner,
    "due": lambda line: line.row.due_on,
    "overdue": lambda line: line.row.overdue,
    "effort": lambda line: line.row.effort,
    "effort_days": lambda line: line.item.effort_days,
    "cost": lambda line: line.item.cost,
    "steps": lambda line: len(line.item.plan_steps),
    "steps_done": lambda line: sum(step.done_at is not None for step in line.item.plan_steps),
    "trainings": lambda line: sum(step.training is not None for step in line.item.plan_steps),
    "visits_done": lambda line: line.row.visits_done if line.item.shipped_at else None,
    "visits_planned": lambda line: line.row.visits_planned,
    "score_before": lambda line: line.row.before.shown if line.row.before else None,
    "score_after": lambda line: line.row.after.shown if line.row.after else None,
    "raised_at": lambda line: line.item.raised_at,
    "shipped_at": lambda line: line.item.shipped_at,
    "changed_at": lambda line: line.item.changed_at,
    "snoozed_until": lambda line: line.item.snoozed_until,
    "reason": lambda line: line.item.declined_reason,
}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return as_text(str(value))
