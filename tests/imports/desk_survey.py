"""A small survey about a desk and a web site: its map, and rows that can be bent."""

from __future__ import annotations

from datetime import date

from shadowing.core.tables import Source
from shadowing.imports.column_map import SpreadsheetMap
from shadowing.imports.parse_rows import read_rows

TODAY = date(2026, 11, 20)
DESK = {"touchpoint": "desk", "channel": "counter"}
WEB = {"touchpoint": "booking", "channel": "web"}
MAP = {
    "name": {"en": "Desk survey", "zh": "柜台调查"},
    "key": "no",
    "touchpoints": [
        {"key": "booking", "name": {"en": "Booking", "zh": "预约"}, "stage": "first"},
        {"key": "desk", "name": {"en": "Desk", "zh": "柜台"}, "stage": "core"},
    ],
    "columns": {
        "day": {"kind": "date", "format": "%d/%m/%Y"},
        "useful": {"kind": "rating", **DESK, "level": "utility", "not_marks": ["0", "n/a"]},
        "easy": {"kind": "rating", **WEB, "level": "usability", "scale": "5-1"},
        "nice": {"kind": "rating", **DESK, "level": "delight", "scale": "1-10"},
        "waited": {"kind": "wait", **DESK},
        "why": {"kind": "note", **DESK},
        "happy": {"kind": "visit", "field": "satisfaction", "values": {"yes": 5, "no": 1}},
    },
}
HEADER = "no,day,useful,easy,nice,waited,why,happy"
GOOD = "1,05/11/2026,4,2,9,3.5,kind,yes"


def a_map(**changes):
    return SpreadsheetMap.model_validate({**MAP, **changes})


def columns(**changes):
    """The map with other columns; None takes one away."""
    both = {**MAP["columns"], **changes}
    return a_map(columns={name: column for name, column in both.items() if column})


def sheet(*rows, header=HEADER):
    return "\n".join((header, *rows)) + "\n"


def read(text, map=None, name="sheet.csv"):
    raw = text.encode() if isinstance(text, str) else text
    return list(read_rows(Source(name, raw), map or a_map(), TODAY))


def row(**cells):
    """The good row with other cells."""
    names = HEADER.split(",")
    return ",".join({**dict(zip(names, GOOD.split(","), strict=True)), **cells}[name] for name in names)
