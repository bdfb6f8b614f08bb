"""Spreadsheets: on their way in, and taken in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NotRequired, TypedDict

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from shadowing.core.database import Base, Document
from shadowing.core.table_errors import ComplaintDocument, RefusalDocument


class Import(Base):
    """One spreadsheet taken in: what it was, how it was read, and that rows in = imported + refused."""

    __tablename__ = "import"

    id: Mapped[int] = mapped_column(primary_key=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id"))
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"))
    file_name: Mapped[str] = mapped_column(String(255))
    digest: Mapped[str] = mapped_column(String(64))
    #: As SpreadsheetMap writes it: docs/import-map.schema.json.
    map: Mapped[dict[str, Any]] = mapped_column(Document)
    rows_in: Mapped[int]
    rows_imported: Mapped[int]
    rows_known: Mapped[int] = mapped_column(default=0)
    rows_refused: Mapped[int]
    refused: Mapped[list[RefusalDocument]] = mapped_column(Document, default=list)
    ratings: Mapped[int]
    not_marks: Mapped[int]
    finished_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    taken_back_at: Mapped[datetime | None]


class ColumnDocument(TypedDict):
    """A column of a sheet and what it is taken for (imports.guess_columns.Column)."""

    name: str
    kind: str
    values: list[str]
    odd: dict[str, int]
    formats: list[str]
    format: str
    prefix: str
    touchpoint: str
    channel: str
    stage: str
    level: str
    scale: str
    largest: int
    not_marks: list[str]
    refused: list[str]
    given: dict[str, int]


class OutcomeDocument(TypedDict):
    """Counts of rows, ratings and not-marks; refusals: the first of the refused rows.

    changed: how many of the new have a number that is here with other content; changed_rows: [row, number] of the
    first. Outcomes of older versions know neither.
    """

    rows: int
    new: int
    known: int
    refused: int
    ratings: int
    not_marks: int
    refusals: list[RefusalDocument]
    changed: NotRequired[int]
    changed_rows: NotRequired[list[list[int | str]]]


class ImportDraft(Base):
    """A spreadsheet on its way in through the browser; nothing of it is stored until a person says so.

    state: `matching`, `waiting` (for the worker), `done`, `failed`; `wanted` is what the worker shall do,
    `read` its columns, `try` or `import`. Its bytes lie in the store under `uploads/<id>`.
    """

    __tablename__ = "import_draft"
    __table_args__ = (CheckConstraint("state in ('matching', 'waiting', 'done', 'failed')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    file_name: Mapped[str] = mapped_column(String(255))
    journey_name: Mapped[str] = mapped_column(String(120))
    day: Mapped[date | None]
    known_map: Mapped[str | None] = mapped_column(String(120))
    columns: Mapped[list[ColumnDocument]] = mapped_column(Document)
    rows: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), default="matching")
    wanted: Mapped[str | None] = mapped_column(String(8))
    progress: Mapped[int] = mapped_column(default=0)
    #: Of the last trial or of the import; None until tried with the present columns.
    outcome: Mapped[OutcomeDocument | None] = mapped_column(Document)
    complaint: Mapped[ComplaintDocument | None] = mapped_column(Document)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("import.id"))
    changed_at: Mapped[datetime]
