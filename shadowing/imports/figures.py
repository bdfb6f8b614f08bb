"""What the pages about imports are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shadowing.core.vocabulary import Words
from shadowing.imports.guess_columns import Column
from shadowing.visits.models.imported import OutcomeDocument

#: Columns on one page.
MOST_COLUMNS = 200


@dataclass(frozen=True)
class Brought:
    """One file that is in, or on its way."""

    id: int
    file_name: str
    journey: Words | str
    rows: int
    state: str
    at: datetime
    who: str


@dataclass(frozen=True)
class DataPage:
    files: tuple[Brought, ...]
    complaint: str = ""


@dataclass(frozen=True)
class RefusedRowShown:
    row: int
    column: str
    value: str
    why: str
    remedy: str


@dataclass(frozen=True)
class ShownColumns:
    """The columns on this page, each with its number in the file. found: how many the search and the filter leave."""

    columns: tuple[tuple[int, Column], ...]
    found: int
    page: int
    pages: int
    q: str
    only: str

    @property
    def first(self) -> int:
        return (self.page - 1) * MOST_COLUMNS + 1


@dataclass(frozen=True)
class DraftPage:
    """/data/<id>: matching, waiting for the worker, or the result."""

    id: int
    file_name: str
    journey_name: str
    journey_id: int | None
    day: str
    rows: int
    state: str
    wanted: str | None
    progress: int
    known_map: str | None
    columns: tuple[Column, ...]
    shown: ShownColumns
    questions: tuple[tuple[int, Column, str], ...]
    outcome: OutcomeDocument | None
    refused: tuple[RefusedRowShown, ...]
    complaint: str
    at: datetime
    who: str
    taken_back: bool

    @property
    def has_date(self) -> bool:
        return any(column.kind == "date" for column in self.columns)

    @property
    def scale_questions(self) -> int:
        """How many columns wait for which end is best; from two on they are asked once for all."""
        return sum(_of_all(*question) for question in self.questions)

    @property
    def questions_here(self) -> tuple[tuple[int, Column, str], ...]:
        here = {number for number, _ in self.shown.columns}
        return tuple(question for question in self.questions if question[0] in here)

    @property
    def questions_elsewhere(self) -> int:
        """About columns that are not shown, without those that one answer for all columns settles."""
        shown = len(self.questions_here)
        settled = self.scale_questions - sum(_of_all(*question) for question in self.questions_here)
        return len(self.questions) - shown - (settled if self.scale_questions > 1 else 0)

    @property
    def is_large(self) -> bool:
        return len(self.columns) > MOST_COLUMNS

    @property
    def changed(self) -> int:
        return self.outcome.get("changed", 0) if self.outcome else 0

    @property
    def changed_rows(self) -> list[list[Any]]:
        return self.outcome.get("changed_rows", []) if self.outcome else []

    @property
    def matched(self) -> int:
        return sum(column.kind != "leave" for column in self.columns)

    @property
    def step(self) -> int:
        """1 file, 2 match, 3 questions, 4 result."""
        if self.state == "done":
            return 4
        return 3 if self.questions else 2


def _of_all(_number: int, column: Column, what: str) -> bool:
    return what == "scale" and column.largest <= 5
