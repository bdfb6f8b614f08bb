"""Reading spreadsheets: every row is taken or refused with its number and reason, every mark is counted once."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shadowing.core.table_errors import BadFile, Refusal
from shadowing.core.tables import Source, read_table
from tests.imports.desk_survey import GOOD, HEADER, a_map, read, row, sheet


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
        (sheet(GOOD, row(no="2", why="x" * 2**20 + "y")), "row 3 holds more than 1,048,576 characters"),
        (sheet(GOOD).encode() + row(no="2", why="Zürich").encode("latin-1"), "Line 3 of sheet.csv is not UTF-8"),
        (sheet(GOOD).encode("utf-16"), "not UTF-8"),
        (gzip.compress(sheet(GOOD).encode(), mtime=0)[:-9], "not a whole gzip"),
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
        gzip.compress(sheet(GOOD).encode(), mtime=0),
        sheet(GOOD).replace("\n", "\r\n").encode(),
        sheet(GOOD).replace("\n", "\r").encode(),
        sheet(GOOD).rstrip("\n").encode(),
        sheet(GOOD, header=HEADER.replace("day", " day ")).encode(),
    ],
)
def test_marks_packing_and_line_ends_do_not_matter(raw):
    (found,) = read(raw)

    assert found.ratings == 3


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


def broken_workbook(part: str, content: bytes) -> bytes:
    """A workbook of which one part is something else."""
    whole, out = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["No.", "Window"])
    book.save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return out.getvalue()


ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><x>&j;</x>"
)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("content", [b"<sheet", b"", ENTITIES, b"\x00\xff"], ids=["cut", "empty", "entities", "bytes"])
def test_a_workbook_of_broken_parts_gets_its_sentence(part, content):
    with pytest.raises(BadFile):
        list(read_table(Source("b.xlsx", broken_workbook(part, content))))
