"""What the columns of an unknown sheet probably are, and what only a person can say. Pure; nothing is decided here."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Literal, cast

from shadowing.core.tables import Cell
from shadowing.imports.column_map import (
    At,
    DateColumn,
    MapTouchpoint,
    RatingColumn,
    SpreadsheetMap,
    VisitColumn,
    WaitColumn,
)
from shadowing.imports.column_map import Column as KnownColumn
from shadowing.visits.models.imported import ColumnDocument

KINDS = ("leave", "key", "date", "observer", "site", "rating", "wait", "note", "satisfaction", "come_again")
DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y年%m月%d日")
KEYS = {"id", "no", "no.", "nr", "number", "key", "respnum", "编号", "序号"}
OBSERVERS = {"observer", "who", "who went", "name", "观察员", "姓名"}
SITES = {"site", "branch", "location", "store", "网点", "门店"}
#: Three numbers, and the signs between and behind them; and each format as (order of its parts, its signs).
_DAY = re.compile("([0-9]{1,4})([-/.年])([0-9]{1,2})([-/.月])([0-9]{1,4})(日?)")
_WRITTEN = {
    each: (re.findall("%(.)", each), tuple(re.fullmatch("%.(.)%.(.)%.(.?)", each).groups()))  # type: ignore[union-attr]
    for each in DATE_FORMATS
}
SHOWN_VALUES = 4
MOST_DIFFERENT = 40
MOST_ODD = 6
NEARLY = 0.8
#: Parts of a column that JSON keeps as lists.
LISTED: tuple[Literal["values", "formats", "not_marks", "refused"], ...] = ("values", "formats", "not_marks", "refused")


@dataclass(frozen=True)
class Column:
    """One column as read: first different values, and what it is taken for until a person says otherwise.

    scale "" and format "" mean: nobody has said; the import waits for it. odd: values that are no numbers,
    with how often each stands there.
    """

    name: str
    kind: str = "leave"
    values: tuple[str, ...] = ()
    odd: dict[str, int] = field(default_factory=dict)
    formats: tuple[str, ...] = ()
    format: str = ""
    prefix: str = ""
    touchpoint: str = ""
    channel: str = "person"
    stage: str = "core"
    level: str = "utility"
    scale: str = ""
    largest: int = 5
    not_marks: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    given: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: ColumnDocument) -> Column:
        """As a draft keeps it."""
        parts: dict[str, Any] = {**kept, **{name: tuple(kept.get(name) or ()) for name in LISTED}}
        return cls(**parts)

    def document(self) -> ColumnDocument:
        """For a draft to keep."""
        return cast("ColumnDocument", asdict(self))


def columns_of(header: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> tuple[list[Column], int]:
    """Every named column with its guess, and the number of rows read."""
    names = [str(name).strip() for name in header]
    counts: list[Counter[str]] = [Counter() for _ in names]
    total = 0
    for row in rows:
        if not any(row):
            continue
        total += 1
        for number, cell in enumerate(row[: len(names)]):
            text = cell.isoformat() if isinstance(cell, date) else cell.strip()
            if text and (len(counts[number]) < 5000 or text in counts[number]):
                counts[number][text] += 1
    return [guess(name, seen, total) for name, seen in zip(names, counts, strict=True) if name], total


def guess(name: str, seen: Counter[str], rows: int) -> Column:
    """What a column is taken for at first, from its name and its values."""
    column = Column(name, values=tuple(value[:60] for value in list(seen)[:SHOWN_VALUES]), touchpoint=name[:120])
    plain = name.casefold()
    if plain in KEYS and seen and len(seen) >= NEARLY * rows:
        return replace(column, kind="key")
    formats = fitting_formats(list(seen)[:500])
    if formats:
        return replace(column, kind="date", formats=formats, format=formats[0] if len(formats) == 1 else "")
    if plain in OBSERVERS or plain in SITES:
        return replace(column, kind="observer" if plain in OBSERVERS else "site")
    odd = {value: n for value, n in seen.items() if _whole(value) is None}
    numbers = [whole for value in seen if (whole := _whole(value)) is not None]
    if numbers and len(seen) <= MOST_DIFFERENT and len(odd) <= MOST_ODD and min(numbers) >= 0 and max(numbers) <= 10:
        outside = {str(n): seen[str(n)] for n in (0,) if n in numbers}
        return replace(column, kind="rating", odd={**odd, **outside}, largest=max(numbers))
    return column


def fitting_formats(values: Sequence[str]) -> tuple[str, ...]:
    """Date formats that fit nearly every value, and none less than another; several = a person must say which."""
    fits = Counter(each for value in values for each in _formats_of(value))
    most = max(fits.values(), default=0)
    enough = max(1, NEARLY * len(values))
    return tuple(each for each in DATE_FORMATS if fits[each] == most and most >= enough)


def by_known_map(columns: Sequence[Column], known: SpreadsheetMap) -> list[Column] | None:
    """The columns as a known map has them, or None when the sheet lacks one of its columns."""
    names = {column.name for column in columns}
    if not {*known.columns, *([known.key] if known.key else [])} <= names:
        return None
    places = {place.key: place for place in known.touchpoints}
    matched = []
    for column in columns:
        if column.name == known.key:
            matched.append(replace(column, kind="key"))
        elif column.name in known.columns:
            matched.append(_as_known(column, known.columns[column.name], places))
        else:
            matched.append(replace(column, kind="leave"))
    return matched


def _as_known(column: Column, known: KnownColumn, places: Mapping[str, MapTouchpoint]) -> Column:
    made = replace(column, kind=known.field if isinstance(known, VisitColumn) else known.kind, odd={})
    if isinstance(known, RatingColumn | VisitColumn):
        marks = tuple(known.not_marks)
        made = replace(made, not_marks=marks, given=known.values or {}, scale=known.scale)
    if isinstance(known, WaitColumn):
        made = replace(made, not_marks=tuple(known.not_marks))
    if isinstance(known, RatingColumn):
        made = replace(made, level=known.level)
    if isinstance(known, DateColumn):
        made = replace(made, format=known.format, prefix=known.prefix, formats=(known.format,))
    if isinstance(known, At):
        place = places[known.touchpoint]
        made = replace(made, touchpoint=place.name.en, channel=known.channel, stage=place.stage)
    return made


def open_questions(columns: Sequence[Column]) -> list[tuple[str, str]]:
    """(column, what) that the file cannot say by itself: `scale`, `format`, or `odd:<value>`."""
    asked = []
    for column in columns:
        if column.kind in ("rating", "satisfaction", "come_again") and not column.given:
            answered = {*column.not_marks, *column.refused}
            if not column.scale:
                asked.append((column.name, "scale"))
            asked += [(column.name, f"odd:{value}") for value in column.odd if value not in answered]
        if column.kind == "date" and not column.format:
            asked.append((column.name, "format"))
    return asked


def map_of(name: str, columns: Sequence[Column]) -> SpreadsheetMap:
    """The map these columns make. Raises ValidationError where they contradict each other."""
    places: dict[str, dict[str, object]] = {}
    specs: dict[str, dict[str, object]] = {}
    key = next((column.name for column in columns if column.kind == "key"), None)
    for column in columns:
        if column.kind in ("rating", "wait", "note"):
            place = place_key(column.touchpoint)
            both = {"en": column.touchpoint, "zh": column.touchpoint}
            places.setdefault(place, {"key": place, "name": both, "stage": column.stage})
        spec = _spec(column)
        if spec is not None:
            specs[column.name] = spec
    both = {"en": name, "zh": name}
    return SpreadsheetMap.model_validate(
        {"name": both, "key": key, "touchpoints": list(places.values()), "columns": specs}
    )


def place_key(name: str) -> str:
    """A stable key for a touchpoint's name in any script."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:48]
    return (
        plain
        if re.fullmatch(r"[a-z0-9_]+", plain) and plain == name.casefold().replace(" ", "_")
        else (f"{plain}_{zlib.crc32(name.encode()):08x}".strip("_"))
    )


def _spec(column: Column) -> dict[str, object] | None:
    at = {"touchpoint": place_key(column.touchpoint), "channel": column.channel}
    marks = {"not_marks": list(column.not_marks), "scale": column.scale or "1-5"}
    values = {"values": column.given} if column.given else {}
    match column.kind:
        case "rating":
            return {"kind": "rating", **at, "level": column.level, **marks, **values}
        case "wait":
            return {"kind": "wait", **at, "not_marks": list(column.not_marks)}
        case "note":
            return {"kind": "note", **at}
        case "satisfaction" | "come_again":
            return {"kind": "visit", "field": column.kind, **marks, **values}
        case "date":
            return {"kind": "date", "format": column.format, "prefix": column.prefix}
        case "observer" | "site":
            return {"kind": column.kind}
    return None


def _whole(value: str) -> int | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return int(number) if number.is_integer() else None


def _formats_of(value: str) -> list[str]:
    """Formats by which a value is a day. strptime itself would take a minute for a sheet of two thousand columns."""
    parts = _DAY.fullmatch(value)
    if parts is None:
        return []
    first, sign, second, again, third, last = parts.groups()
    return [
        each
        for each, (order, separators) in _WRITTEN.items()
        if separators == (sign, again, last) and _is_day(dict(zip(order, (first, second, third), strict=True)))
    ]


def _is_day(parts: dict[str, str]) -> bool:
    if len(parts["Y"]) != 4 or len(parts["m"]) > 2 or len(parts["d"]) > 2:
        return False
    try:
        date(int(parts["Y"]), int(parts["m"]), int(parts["d"]))
    except ValueError:
        return False
    return True
