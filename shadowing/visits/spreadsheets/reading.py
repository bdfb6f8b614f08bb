"""Reading a spreadsheet by its map: every row becomes a row of ours or is refused with a reason. No database."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from shadowing.visits.spreadsheets.mapping import (
    At,
    DateColumn,
    NoteColumn,
    RatingColumn,
    SpreadsheetMap,
    VisitColumn,
    WaitColumn,
)

LONGEST_CELL = 2**20
LONGEST_TEXT = 20_000
EARLIEST = date(1990, 1, 1)
PlaceKey = tuple[str, str]


class BadFile(ValueError):
    """The file as a whole cannot be taken in; the sentence says why and where."""


@dataclass(slots=True)
class Said:
    """What a row says about one touchpoint and channel."""

    ratings: dict[str, int] = field(default_factory=dict)
    timings: dict[str, float] = field(default_factory=dict)
    note: str = ""


@dataclass(slots=True)
class Row:
    """One source row: its number in the file (the header is 1), identity, day and content."""

    number: int
    identity: str
    day: date | None
    places: dict[PlaceKey, Said]
    visit: dict[str, int]
    ratings: int
    not_marks: int


@dataclass(frozen=True)
class Refusal:
    row: int
    reason: str


class _Refused(ValueError):
    """This row, with a reason."""


def read_rows(path: Path, map: SpreadsheetMap, today: date) -> Iterator[Row | Refusal]:
    """Rows in file order. Raises BadFile for what concerns the whole file."""
    table = csv.reader(io.StringIO(_text(path), newline=""), delimiter=map.delimiter, strict=True)
    csv.field_size_limit(LONGEST_CELL)
    header = _header(table, map)
    seen: set[str] = set()
    number = 1
    while True:
        try:
            cells = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadFile(f"Line {table.line_num} cannot be read as CSV: {error}.") from error
        number += 1
        if not any(cells):
            continue
        try:
            row = _row(number, cells, header, map, today)
            if row.identity in seen:
                raise _Refused("a row with the same key or content stands above")
        except _Refused as refused:
            yield Refusal(number, str(refused))
            continue
        seen.add(row.identity)
        yield row


def file_digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _text(path: Path) -> str:
    raw = path.read_bytes()
    if raw[:2] == b"\x1f\x8b":
        try:
            raw = gzip.decompress(raw)
        except (OSError, EOFError) as error:
            raise BadFile(f"{path.name} is not a whole gzip file: {error}.") from error
    if raw[:4] == b"PK\x03\x04":
        raise BadFile(f"{path.name} is a workbook, not CSV. Save the sheet as CSV (UTF-8).")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadFile(f"Line {line} of {path.name} is not UTF-8. Save the file as CSV (UTF-8).") from error


def _header(table: Iterator[list[str]], map: SpreadsheetMap) -> dict[str, int]:
    names = [name.strip() for name in next(table, [])]
    wanted = {*map.columns, *([map.key] if map.key else [])}
    missing = sorted(wanted - set(names))
    if missing:
        raise BadFile(f"The file lacks {', '.join(f'“{name}”' for name in missing)}. Is this the map for this file?")
    twice = sorted({name for name in wanted if names.count(name) > 1})
    if twice:
        raise BadFile(f"The column “{twice[0]}” stands twice in the first line. Rename one of them.")
    return {name: names.index(name) for name in wanted} | {"": len(names)}


def _row(number: int, cells: list[str], header: dict[str, int], map: SpreadsheetMap, today: date) -> Row:
    if len(cells) != header[""]:
        raise _Refused(f"{len(cells)} cells where the first line has {header['']}")
    row = Row(number, _identity(cells, header, map), None, {}, {}, 0, 0)
    for name, column in map.columns.items():
        cell = cells[header[name]].strip()
        if isinstance(column, DateColumn):
            row.day = _day(name, cell, column, today)
        elif isinstance(column, RatingColumn | VisitColumn):
            _take_rating(row, name, cell, column, map)
        elif isinstance(column, WaitColumn):
            _take_wait(row, name, cell, column)
        else:
            _take_note(row, name, cell, column)
    return row


def _identity(cells: list[str], header: dict[str, int], map: SpreadsheetMap) -> str:
    if map.key is None:
        return hashlib.sha256("\x1f".join(cells).encode()).hexdigest()
    key = cells[header[map.key]].strip()
    if not key:
        raise _Refused(f"“{map.key}” is blank, so the row cannot be told from others")
    return key


def _take_rating(row: Row, name: str, cell: str, column: RatingColumn | VisitColumn, map: SpreadsheetMap) -> None:
    try:
        rating = map.rating_of(column, cell)
    except (ValueError, KeyError) as error:
        raise _Refused(f"“{name}” holds “{cell[:40]}”, neither a rating nor a declared not-mark") from error
    if isinstance(column, VisitColumn):
        if rating is not None:
            row.visit[column.field] = rating
        return
    if rating is None:
        row.not_marks += 1
        return
    row.ratings += 1
    _place(row, column).ratings[column.level] = rating


def _take_wait(row: Row, name: str, cell: str, column: WaitColumn) -> None:
    if not cell or cell in column.not_marks:
        return
    try:
        seconds = float(cell) * (60 if column.unit == "minutes" else 1)
    except ValueError as error:
        raise _Refused(f"“{name}” holds “{cell[:40]}”, which is not a number") from error
    if not 0 <= seconds <= 7 * 86_400:
        raise _Refused(f"“{name}” holds “{cell[:40]}”, which is not a possible wait")
    _place(row, column).timings["wait"] = seconds


def _take_note(row: Row, name: str, cell: str, column: NoteColumn) -> None:
    if len(cell) > LONGEST_TEXT:
        raise _Refused(f"“{name}” holds {len(cell):,} characters; at most {LONGEST_TEXT:,} fit")
    if cell:
        _place(row, column).note = cell.replace("\x00", "")


def _day(name: str, cell: str, column: DateColumn, today: date) -> date | None:
    if not cell:
        return None
    try:
        day = datetime.strptime(cell, column.format).date()
    except ValueError as error:
        raise _Refused(f"“{name}” holds “{cell[:40]}”, which is not a date written {column.format}") from error
    if not EARLIEST <= day <= today:
        raise _Refused(f"“{name}” holds “{cell[:40]}”, a day that cannot be right")
    return day


def _place(row: Row, column: At) -> Said:
    return row.places.setdefault((column.touchpoint, column.channel), Said())
