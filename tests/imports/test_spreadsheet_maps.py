"""Maps of spreadsheets: read as declared, or refused with the place at fault."""

from __future__ import annotations

import json

import pytest

from shadowing.imports.column_map import BadMap, load_map, scaled
from tests.imports.desk_survey import MAP, WEB


@pytest.mark.parametrize(
    ("scale", "cells"),
    [
        ("1-5", {"1": 1, "3": 3, "5": 5, "4.0": 4}),
        ("5-1", {"1": 5, "2": 4, "3": 3, "5": 1}),
        ("1-10", {"1": 1, "2": 1, "3": 2, "5": 3, "6": 3, "8": 4, "9": 5, "10": 5}),
    ],
)
def test_scales_are_read_as_declared(scale, cells):
    assert {cell: scaled(cell, scale) for cell in cells} == cells


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"touchpoints": MAP["touchpoints"][:1]}, "desk"),
        ({"touchpoints": [{**MAP["touchpoints"][0], "stage": "middle"}]}, "stage"),
        ({"touchpoints": [{**MAP["touchpoints"][0], "key": "Buchung!"}]}, "key"),
        ({"columns": {"a": {"kind": "rating", **WEB, "channel": "pigeon", "level": "utility"}}}, "pigeon"),
        ({"columns": {"a": {"kind": "rating", **WEB, "level": "beauty"}}}, "level"),
        ({"columns": {"a": {"kind": "rating", **WEB, "level": "utility", "scale": "1-7"}}}, "scale"),
        ({"columns": {"a": {"kind": "rating", **WEB, "level": "utility", "values": {"bad": 0}}}}, "bad"),
        ({"columns": {"a": {"kind": "guess"}}}, "kind"),
        ({"columns": {name: {"kind": "date", "format": "%Y"} for name in "ab"}}, "only one column can be the date"),
        ({"columns": {name: {"kind": "rating", **WEB, "level": "utility"} for name in "ab"}}, "“a” and “b”"),
        ({"columns": {name: {"kind": "note", **WEB} for name in "ab"}}, "“a” and “b”"),
        ({"columns": {name: {"kind": "visit", "field": "come_again"} for name in "ab"}}, "“a” and “b”"),
        ({"delimiter": "::"}, "delimiter"),
        ({"colums": {}}, "colums"),
    ],
)
def test_a_map_that_does_not_fit_says_where(tmp_path, changes, said):
    path = tmp_path / "map.json"
    path.write_text(json.dumps({**MAP, **changes}))

    with pytest.raises(BadMap) as refused:
        load_map(str(path))

    assert said in str(refused.value)


@pytest.mark.parametrize("raw", [b"{", b"\xff\xfe", b"[]", b"", b"[" * 100_000])
def test_a_map_that_is_no_map_says_so(tmp_path, raw):
    (tmp_path / "map.json").write_bytes(raw)

    with pytest.raises(BadMap, match=r"map\.json"):
        load_map(str(tmp_path / "map.json"))
    with pytest.raises(BadMap, match="airline_ratings"):
        load_map("no_such_map")
