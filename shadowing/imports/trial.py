"""Reading and checking a whole file without storing anything: what an import would say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from shadowing.core import clock
from shadowing.core.database import db, reading
from shadowing.core.table_errors import BadFile, Refusal
from shadowing.core.tables import Source
from shadowing.imports.column_map import SpreadsheetMap
from shadowing.imports.known_rows import SortedRows, journey_named, sort_rows
from shadowing.imports.parse_rows import EARLIEST, SourceRow, read_rows
from shadowing.people.models import Site
from shadowing.people.zones import zones

Progress = Callable[[int], None]
Bound = frozenset[int] | None
MISFIT = 0.3


@dataclass
class ImportOutcome:
    """What became of a file. rows = new + known + refused; marks = ratings + not_marks, of rows that are not refused.

    changed: those of the new whose number is here already with other content, (row, number) each.
    """

    rows: int = 0
    new: int = 0
    known: int = 0
    ratings: int = 0
    not_marks: int = 0
    changed: list[tuple[int, str]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    dry_run: bool = False
    journey_id: int | None = None
    import_id: int | None = None

    def sentence(self) -> str:
        said = "would be imported" if self.dry_run else "imported"
        return (
            f"{self.rows:,} rows: {self.new:,} {said}, {self.known:,} here already, {len(self.refused):,} refused. "
            f"{self.ratings + self.not_marks:,} marks: {self.ratings:,} ratings, {self.not_marks:,} not-marks."
            + (f" {len(self.changed):,} changed: their number is here already with other content." * bool(self.changed))
        )

    def count(self, rows: SortedRows) -> None:
        self.new, self.known = len(rows.fresh), rows.known
        self.changed = [(row.number, row.identity) for row in rows.changed]


def try_out(
    source: Source, map: SpreadsheetMap, journey_name: str, day: date | None, progress: Progress, bound: Bound = None
) -> ImportOutcome:
    """What an import would say; nothing is stored. bound: the sites rows may belong to, None = any. Raises BadFile."""
    outcome, rows = read_all(source, map, day, progress, bound)
    with reading():
        outcome.count(sort_rows(source, map, journey_named(journey_name), rows))
    return outcome


def read_all(
    source: Source, map: SpreadsheetMap, day: date | None, progress: Progress, bound: Bound = None
) -> tuple[ImportOutcome, list[SourceRow]]:
    """Read and check everything, with no transaction open meanwhile. Raises BadFile."""
    outcome, rows = ImportOutcome(dry_run=True), []
    with reading():
        today, sites = zones().latest_day(clock.now()), site_names()
    if day is not None and not EARLIEST <= day <= today:
        raise BadFile("impossible_date", day=day.isoformat())
    for found in read_rows(source, map, today, sites):
        outcome.rows += 1
        if outcome.rows % 2000 == 0:
            progress(outcome.rows)
        found = _within(found, bound)
        if isinstance(found, Refusal):
            outcome.refused.append(found)
            continue
        found.day = found.day or day
        if found.day is None:
            raise BadFile("undated", row=found.number)
        outcome.ratings += found.ratings
        outcome.not_marks += found.not_marks
        rows.append(found)
    _refuse_misfit(outcome)
    return outcome, rows


def _within(found: SourceRow | Refusal, bound: Bound) -> SourceRow | Refusal:
    """A row of somebody bound to sites belongs to one of them; to the only one when the file names none."""
    if bound is None or isinstance(found, Refusal):
        return found
    if found.site is None and len(bound) == 1:
        (found.site,) = bound
    return found if found.site in bound else Refusal(found.number, "other_site")


def _refuse_misfit(outcome: ImportOutcome) -> None:
    """A column that fails in three rows of ten was misunderstood; then half a file is worse than none."""
    by_column = Counter(refusal.column for refusal in outcome.refused if refusal.column)
    for column, n in by_column.most_common(1):
        if n > MISFIT * outcome.rows:
            first = next(refusal for refusal in outcome.refused if refusal.column == column)
            raise BadFile("does_not_fit", row=first.row, column=column, value=first.value, n=n, rows=outcome.rows)


def site_names() -> dict[str, int]:
    """Every name of every site -> its id."""
    return {str(name): site.id for site in db.session.scalars(select(Site)) for name in site.name.values() if name}
