"""What the pages about imports are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shadowing.core.vocabulary import Words
from shadowing.imports.guess_columns import Column
from shadowing.visits.models.imported import OutcomeDocument


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
        return sum(what == "scale" and column.largest <= 5 for _, column, what in self.questions)

    @property
    def matched(self) -> int:
        return sum(column.kind != "leave" for column in self.columns)

    @property
    def step(self) -> int:
        """1 file, 2 match, 3 questions, 4 result."""
        if self.state == "done":
            return 4
        return 3 if self.questions else 2
