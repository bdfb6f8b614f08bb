"""Reading rows by their map: each becomes a row of ours or is refused with its reason. No database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime

from shadowing.core.table_errors import BadFile, Refusal, RefusedRow
from shadowing.core.tables import Cell, Source, read_table
from shadowing.core.text import lines
from shadowing.core.vocabulary import LONGEST_TEXT
from shadowing.imports.column_map import (
    At,
    DateColumn,
    NoteColumn,
    ObserverColumn,
    RatingColumn,
    SiteColumn,
    SpreadsheetMap,
    VisitColumn,
    WaitColumn,
)

LONGEST_WAIT = 7 * 86_400
EARLIEST = date(1990, 1, 1)
PlaceKey = tuple[str, str]


@dataclass(slots=True)
class Said:
    """What a row says about one touchpoint and channel."""

    ratings: dict[str, int] = field(default_factory=dict)
    timings: dict[str, float] = field(default_factory=dict)
    note: str = ""


@dataclass(slots=True)
class SourceRow:
    """One source row: its number in the file (the first line is 1), identity, day and content.

    stated: all that the map reads of it, as eight bytes; another content of the same identity has others.
    observer: what the file calls whoever went, only to tell them apart; site: a site's id.
    """

    number: int
    identity: str = ""
    stated: bytes = b""
    day: date | None = None
    observer: str = ""
    site: int | None = None
    places: dict[PlaceKey, Said] = field(default_factory=dict)
    visit: dict[str, int] = field(default_factory=dict)
    ratings: int = 0
    not_marks: int = 0


def read_rows(
    source: Source, map: SpreadsheetMap, today: date, sites: Mapping[str, int] | None = None
) -> Iterator[SourceRow | Refusal]:
    """Rows in file order. sites: name -> id. Raises BadFile for what concerns the whole file."""
    with closing(read_table(source, map.delimiter, map.sheet)) as table:
        header = _header(source, table, map)
        seen: dict[str, int] = {}
        for number, cells in enumerate(table, 2):
            if not any(cells):
                continue
            try:
                row = _row(number, cells, header, map, today, sites or {})
                if row.identity in seen:
                    raise RefusedRow("twice", map.key or "", row.identity if map.key else "", first=seen[row.identity])
            except RefusedRow as refused:
                details = tuple((name, str(value)) for name, value in refused.details.items())
                yield Refusal(number, refused.code, refused.column, refused.value, details)
                continue
            seen[row.identity] = number
            yield row


def _header(source: Source, table: Iterator[list[Cell]], map: SpreadsheetMap) -> dict[str, int]:
    names = [str(name).strip() for name in next(table, [])]
    if not any(names):
        raise BadFile("empty", file=source.name)
    wanted = {*map.columns, *([map.key] if map.key else [])}
    missing = sorted(wanted - set(names))
    if missing:
        raise BadFile("missing_columns", columns=", ".join(f"“{name}”" for name in missing))
    twice = sorted({name for name in wanted if names.count(name) > 1})
    if twice:
        raise BadFile("column_twice", column=twice[0])
    return {name: names.index(name) for name in wanted} | {"": len(names)}


def _row(
    number: int,
    cells: list[Cell],
    header: dict[str, int],
    map: SpreadsheetMap,
    today: date,
    sites: Mapping[str, int],
) -> SourceRow:
    if len(cells) != header[""]:
        raise RefusedRow("cells", found=len(cells), expected=header[""])
    row = SourceRow(number, _identity(cells, header, map), _stated(cells, header))
    for name, column in map.columns.items():
        cell = cells[header[name]]
        text = cell.isoformat() if isinstance(cell, date) else cell.strip()
        match column:
            case DateColumn():
                row.day = cell if isinstance(cell, date) else _written_day(name, text, column)
                _refuse_impossible(name, text, row.day, today)
            case RatingColumn() | VisitColumn():
                _take_rating(row, name, text, column, map)
            case WaitColumn():
                _take_wait(row, name, text, column)
            case NoteColumn():
                _take_note(row, name, text, column)
            case ObserverColumn():
                row.observer = text
            case SiteColumn():
                row.site = _site(name, text, column, sites)
    return row


def _identity(cells: list[Cell], header: dict[str, int], map: SpreadsheetMap) -> str:
    if map.key is None:
        return hashlib.sha256("\x1f".join(str(cell) for cell in cells).encode()).hexdigest()
    key = str(cells[header[map.key]]).strip()
    if not key:
        raise RefusedRow("no_key", map.key)
    return key


def _stated(cells: list[Cell], header: dict[str, int]) -> bytes:
    """Columns in the order of their names: a file may come back with its columns moved, and others added."""
    read = (str(cells[at]).strip() for name, at in sorted(header.items()) if name)
    return hashlib.sha256("\x1f".join(read).encode()).digest()[:8]


def _take_rating(row: SourceRow, name: str, cell: str, column: RatingColumn | VisitColumn, map: SpreadsheetMap) -> None:
    try:
        rating = map.rating_of(column, cell)
    except (ValueError, KeyError, OverflowError) as error:
        raise RefusedRow("not_a_rating", name, cell) from error
    if isinstance(column, VisitColumn):
        if rating is not None:
            row.visit[column.field] = rating
        return
    if rating is None:
        row.not_marks += 1
        return
    row.ratings += 1
    _place(row, column).ratings[column.level] = rating


def _take_wait(row: SourceRow, name: str, cell: str, column: WaitColumn) -> None:
    if not cell or cell in column.not_marks:
        return
    try:
        seconds = float(cell) * (60 if column.unit == "minutes" else 1)
    except ValueError as error:
        raise RefusedRow("not_a_number", name, cell) from error
    if not 0 <= seconds <= LONGEST_WAIT:
        raise RefusedRow("impossible_wait", name, cell)
    _place(row, column).timings["wait"] = seconds


def _take_note(row: SourceRow, name: str, cell: str, column: NoteColumn) -> None:
    if len(cell) > LONGEST_TEXT:
        raise RefusedRow("too_long", name, cell, found=f"{len(cell):,}")
    if cell:
        _place(row, column).note = lines(cell)


def _written_day(name: str, cell: str, column: DateColumn) -> date | None:
    if not cell:
        return None
    try:
        return datetime.strptime(column.prefix + cell, column.format).date()
    except ValueError as error:
        raise RefusedRow("not_a_date", name, cell, format=column.format) from error


def _refuse_impossible(name: str, cell: str, day: date | None, today: date) -> None:
    if day is not None and not EARLIEST <= day <= today:
        raise RefusedRow("impossible_day", name, cell)


def _site(name: str, cell: str, column: SiteColumn, sites: Mapping[str, int]) -> int | None:
    if not cell:
        return None
    known = column.names.get(cell, cell)
    if known not in sites:
        raise RefusedRow("unknown_site", name, cell)
    return sites[known]


def _place(row: SourceRow, column: At) -> Said:
    return row.places.setdefault((column.touchpoint, column.channel), Said())
