"""Spreadsheets in: every row is imported or refused with its number and reason, every mark is counted once."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shadowing.areas.models import AreaResult
from shadowing.database import db, writing
from shadowing.journeys.models import Area, Journey, Touchpoint
from shadowing.visits.models import Import, Observation, Panel, ScoreChange, Tally, Visit
from shadowing.visits.spreadsheets import taking_in
from shadowing.visits.spreadsheets.complaints import BadFile, Refusal
from shadowing.visits.spreadsheets.mapping import BadMap, SpreadsheetMap, load_map, scaled
from shadowing.visits.spreadsheets.reading import read_rows
from shadowing.visits.spreadsheets.tables import Source
from shadowing.visits.spreadsheets.taking_in import import_spreadsheet
from tests.conftest import work

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


def refusal(**cells):
    (found,) = read(sheet(row(**cells)))
    assert isinstance(found, Refusal)
    assert found.row == 2
    return found


def test_a_row_says_what_its_columns_mean():
    (found,) = read(sheet(GOOD))

    assert (found.number, found.identity, found.day) == (2, "1", date(2026, 11, 5))
    assert found.places["desk", "counter"].ratings == {"utility": 4, "delight": 5}
    assert found.places["desk", "counter"].timings == {"wait": 210.0}
    assert found.places["desk", "counter"].note == "kind"
    assert found.places["booking", "web"].ratings == {"usability": 4}
    assert found.visit == {"satisfaction": 5}
    assert (found.ratings, found.not_marks) == (3, 0)


@pytest.mark.parametrize("cell", ["0", "n/a", "", "  ", " 0 "])
def test_a_not_mark_is_no_rating_and_counted(cell):
    (found,) = read(sheet(row(useful=cell)))

    assert "utility" not in found.places["desk", "counter"].ratings
    assert (found.ratings, found.not_marks) == (2, 1)


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


@pytest.mark.parametrize("cell", ["0", "6", "3.5", "-1", "good", "nan", "inf", "1e400", "5 stars", "x" * 73_000])
def test_what_is_outside_the_scale_is_refused_by_number_and_reason(cell):
    found = refusal(easy=cell)

    assert (found.code, found.column) == ("not_a_rating", "easy")
    assert "“easy”" in found.reason
    assert len(found.reason) < 250


def test_words_have_the_values_the_map_gives_them():
    assert refusal(happy="perhaps").column == "happy"
    (found,) = read(sheet(row(happy="no")))
    assert found.visit == {"satisfaction": 1}


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2026-11-05", "not_a_date"),
        ("11/31/2026", "not_a_date"),
        ("01/01/1970", "impossible_day"),
        ("21/11/2026", "impossible_day"),
        ("05/11/0026", "impossible_day"),
    ],
)
def test_days_are_read_by_the_declared_format_and_must_be_possible(cell, code):
    assert (refusal(day=cell).code, refusal(day=cell).column) == (code, "day")


@pytest.mark.parametrize(
    ("cell", "code"),
    [("soon", "not_a_number"), ("-1", "impossible_wait"), ("10081", "impossible_wait"), ("nan", "impossible_wait")],
)
def test_waits_must_be_possible(cell, code):
    assert refusal(waited=cell).code == code


def test_a_note_of_73_000_characters_is_refused_and_the_rest_goes_on():
    long, good, other = row(no="1", why="长" * 73_000), row(no="2"), row(no="3", why="a" * 20_000)

    first, *rest = read(sheet(long, good, other))

    assert (first.row, first.code) == (2, "too_long")
    assert "73,000" in first.reason
    assert [found.number for found in rest] == [3, 4]


def test_ragged_rows_are_refused_and_blank_lines_are_none():
    found = read(sheet(GOOD, "", row(no="2") + ",more", "3,05/11/2026", ",,,,,,,", row(no="4")))

    assert [(each.row, each.code) for each in found if isinstance(each, Refusal)] == [(4, "cells"), (5, "cells")]
    assert [each.number for each in found if not isinstance(each, Refusal)] == [2, 7]


def test_a_key_stands_once_and_is_never_blank():
    found = read(sheet(GOOD, row(useful="1"), row(no=" "), row(no=" 1 ")))

    assert [(each.row, each.code) for each in found[1:]] == [(3, "twice"), (4, "no_key"), (5, "twice")]
    assert "row 2" in found[1].reason


def test_without_a_key_the_content_tells_rows_apart():
    found = read(sheet(GOOD, row(no="2"), GOOD), a_map(key=None))

    assert [isinstance(each, Refusal) for each in found] == [False, False, True]


def test_a_refused_row_does_not_take_its_key_along():
    bad, good = read(sheet(row(easy="9"), GOOD))

    assert isinstance(bad, Refusal) and good.identity == "1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (sheet("1,2", header="no,day"), "“useful”"),
        (sheet(GOOD + ",4", header=HEADER + ",useful"), "“useful” stands twice"),
        (sheet(GOOD, header=HEADER.replace(",", ";")), "lacks"),
        ("", "empty"),
        ("\n\n", "empty"),
        (sheet(GOOD, row(no="2", why='"kind')), "cannot be read as CSV"),
        (sheet(GOOD, row(no="2", why="x" * 2**20 + "y")), "cannot be read as CSV"),
        (sheet(GOOD).encode() + row(no="2", why="Zürich").encode("latin-1"), "Line 3 of sheet.csv is not UTF-8"),
        (sheet(GOOD).encode("utf-16"), "not UTF-8"),
        (gzip.compress(sheet(GOOD).encode())[:-9], "not a whole gzip"),
        (b"\x1f\x8b" + b"rubbish" * 5, "not a whole gzip"),
        (b"PK\x03\x04" + b"rubbish" * 5, "cannot be read as a workbook"),
    ],
)
def test_a_file_that_cannot_be_taken_in_says_why(text, said):
    with pytest.raises(BadFile) as refused:
        read(text)

    assert said in str(refused.value)


def test_a_zip_that_is_no_workbook_says_so():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("sheet.csv", sheet(GOOD))

    with pytest.raises(BadFile, match="cannot be read as a workbook"):
        read(packed.getvalue(), name="sheet.xlsx")


@pytest.mark.parametrize(
    "raw",
    [
        ("\ufeff" + sheet(GOOD)).encode(),
        gzip.compress(sheet(GOOD).encode()),
        sheet(GOOD).replace("\n", "\r\n").encode(),
        sheet(GOOD).replace("\n", "\r").encode(),
        sheet(GOOD).rstrip("\n").encode(),
        sheet(GOOD, header=HEADER.replace("day", " day ")).encode(),
    ],
)
def test_marks_packing_and_line_ends_do_not_matter(raw):
    (found,) = read(raw)

    assert found.ratings == 3


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


@pytest.mark.parametrize("raw", [b"{", b"\xff\xfe", b"[]", b""])
def test_a_map_that_is_no_map_says_so(tmp_path, raw):
    (tmp_path / "map.json").write_bytes(raw)

    with pytest.raises(BadMap, match=r"map\.json"):
        load_map(str(tmp_path / "map.json"))
    with pytest.raises(BadMap, match="airline_ratings"):
        load_map("no_such_map")


CELLS = st.sampled_from(["", "0", "n/a", "1", "2", "3", "4", "5", "6", "10", "x"])
KEYS = st.sampled_from(["", *"123456789"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(KEYS, CELLS, CELLS, CELLS), max_size=12))
def test_whatever_comes_is_counted_once(rows):
    lines = [row(no=key, useful=a, easy=b, nice=c) for key, a, b, c in rows]

    found = read(sheet(*lines))

    assert [getattr(each, "row", None) or each.number for each in found] == list(range(2, len(rows) + 2))
    for each in found:
        if not isinstance(each, Refusal):
            assert each.ratings + each.not_marks == 3
            assert each.ratings == sum(len(said.ratings) for said in each.places.values())


@pytest.fixture
def bring(app, tmp_path):
    """Import a text, as the command does."""
    (tmp_path / "map.json").write_text(json.dumps(MAP))

    def run(text, map=None, journey="Desk survey", day=None, dry_run=False):
        if map is not None:
            (tmp_path / "map.json").write_text(json.dumps(map.model_dump(mode="json")))
        path = tmp_path / "sheet.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        db.session.rollback()
        with writing():
            return import_spreadsheet(str(path), str(tmp_path / "map.json"), journey, day, dry_run, lambda _rows: None)

    return run


def stored():
    """How much of an import there is."""
    imported = db.session.query(Journey).filter_by(origin="import").count()
    return [
        imported,
        *(db.session.query(model).count() for model in (Import, Panel, Visit, Observation, Tally, ScoreChange)),
    ]


NOTHING = [0] * 7
TEN = [row(no=str(number), useful=str(number % 5 + 1)) for number in range(1, 11)]


def test_rows_in_are_imported_or_refused_and_marks_are_ratings_or_not(bring, app):
    outcome = bring(sheet(*TEN, row(no="11", useful="0"), row(no="12", easy="7"), row(no="1")))

    assert (outcome.rows, outcome.new, outcome.known, len(outcome.refused)) == (13, 11, 0, 2)
    assert (outcome.ratings, outcome.not_marks) == (32, 1)
    kept = db.session.query(Import).one()
    assert (kept.rows_in, kept.rows_imported, kept.rows_refused) == (13, 11, 2)
    assert (kept.ratings, kept.not_marks) == (32, 1)
    assert [(each["row"], each["code"]) for each in kept.refused] == [(13, "not_a_rating"), (14, "twice")]
    rated = db.session.query(Observation)
    levels = ("utility", "usability", "delight")
    assert sum(getattr(each, level) is not None for each in rated for level in levels) == outcome.ratings
    assert sum(each.n for each in db.session.query(Tally) if each.kind in levels) == outcome.ratings


def test_an_import_is_a_panel_of_its_own_with_its_own_map(bring, app):
    bring(sheet(*TEN))
    work(app)

    journey = db.session.query(Journey).filter_by(origin="import").one()
    assert journey.name == MAP["name"]
    places = db.session.query(Touchpoint.key, Area.channel).join(Area).filter(Touchpoint.journey_id == journey.id)
    assert set(places) == {("desk", "counter"), ("booking", "web")}
    panel = db.session.query(Panel).one()
    assert (panel.kind, panel.undated, panel.anchored_at.date()) == ("import", False, date(2026, 11, 5))
    assert {result.visits for result in db.session.query(AreaResult)} == {10}
    assert {visit.person_id for visit in db.session.query(Visit)} == {None}


def test_the_same_file_twice_makes_no_copy(bring):
    bring(sheet(*TEN))
    before = stored()

    again = bring(sheet(*TEN))

    assert (again.new, again.known) == (0, 10)
    assert stored() == before


def test_a_file_that_grew_brings_only_what_is_new(bring, app):
    bring(sheet(*TEN[:6]))

    again = bring(sheet(*TEN, row(no="11", day="12/11/2026")))

    assert (again.new, again.known) == (5, 6)
    assert db.session.query(Visit).count() == 11
    assert db.session.query(Panel).one().anchored_at.date() == date(2026, 11, 12)
    assert [each.rows_imported for each in db.session.query(Import).order_by(Import.id)] == [6, 5]


def test_next_years_questions_join_the_journey_and_lose_nothing(bring, app):
    bring(sheet(*TEN))
    app_rating = {"kind": "rating", "touchpoint": "desk", "channel": "app", "level": "utility"}
    next_year = a_map(
        touchpoints=[MAP["touchpoints"][1], {"key": "exit", "name": {"en": "Exit", "zh": "出口"}, "stage": "end"}],
        columns={
            "day": MAP["columns"]["day"],
            "useful": app_rating,
            "easy": {"kind": "rating", "touchpoint": "exit", "channel": "place", "level": "usability"},
        },
    )

    outcome = bring(sheet(row(no="100")), next_year)

    assert outcome.new == 1
    journey = db.session.query(Journey).filter_by(origin="import").one()
    offered = (
        db.session.query(Touchpoint.key, Area.channel)
        .join(Area)
        .filter(Touchpoint.journey_id == journey.id, Area.offered, Touchpoint.removed_at.is_(None))
    )
    assert set(offered) == {("booking", "web"), ("desk", "counter"), ("desk", "app"), ("exit", "place")}


def test_a_journey_that_people_shadow_takes_no_rows(bring):
    name = db.session.query(Journey).one().name

    for said in name.values():
        with pytest.raises(BadFile, match="people shadow"):
            bring(sheet(GOOD), journey=said)
    assert stored() == NOTHING


def test_rows_without_a_day_need_one_that_stands_for_them(bring):
    dateless = columns(day=None)

    with pytest.raises(BadFile, match=r"Row 2 .*--date"):
        bring(sheet(GOOD), dateless)
    assert stored() == NOTHING

    bring(sheet(GOOD), dateless, day=date(2026, 11, 1))

    panel = db.session.query(Panel).one()
    assert (panel.undated, panel.anchored_at.date()) == (True, date(2026, 11, 1))


def test_days_of_the_file_win_over_the_day_that_stands_in(bring):
    bring(sheet(GOOD, row(no="2", day="")), day=date(2026, 11, 1))

    assert {visit.started_at.date() for visit in db.session.query(Visit)} == {date(2026, 11, 5), date(2026, 11, 1)}
    assert db.session.query(Panel).one().undated is False


@pytest.mark.parametrize("step", ["add_to_tallies", "panel_changed", "_observations", "_panel"])
def test_broken_off_half_way_leaves_nothing(bring, monkeypatch, step):
    def fail(*_args):
        raise RuntimeError("pulled the plug")

    monkeypatch.setattr(taking_in, step, fail)
    with pytest.raises(RuntimeError):
        bring(sheet(*TEN))

    assert stored() == NOTHING


def test_a_dry_run_stores_nothing(bring):
    outcome = bring(sheet(*TEN, row(no="1")), dry_run=True)

    assert (outcome.new, len(outcome.refused)) == (10, 1)
    assert "would be imported" in outcome.sentence()
    assert stored() == NOTHING


def test_a_file_that_was_misunderstood_is_not_half_imported(bring):
    with pytest.raises(BadFile, match="does not fit"):
        bring(sheet(*TEN[:4], *(row(no=str(number), easy="100") for number in range(20, 26))))

    assert stored() == NOTHING


def test_what_stands_in_a_cell_is_text_and_stays_text(bring, lena, app):
    hostile = [
        "<script>alert(1)</script>",
        "=cmd|' /C calc'!A0",
        "'; drop table visit; --",
        "{{ 7 * 7 }}",
        "\u202eevil",
    ]
    bring(sheet(*(row(no=str(n), why=f'"{words}"') for n, words in enumerate(hostile))))
    work(app)

    assert {each.note for each in db.session.query(Observation) if each.note} == set(hostile)
    desk = db.session.query(Area.id).join(Touchpoint).filter(Touchpoint.key == "desk", Area.channel == "counter")
    shown = lena.get(f"/areas/{desk.scalar()}").get_data(as_text=True)
    assert "<script>alert" not in shown and ">49<" not in shown
