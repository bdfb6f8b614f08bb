"""The one reader of sheets: what it reads, its ceilings, and the process that reads."""

from __future__ import annotations

import gzip
import io
import os
import sys
import time
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from shadowing.core import table_process
from shadowing.core.table_errors import BadFile
from shadowing.core.tables import CEILINGS, Source, read_table
from shadowing.core.workbook_cells import shows_days
from tests.support.workbooks import number_rows, workbook

SMALL = replace(CEILINGS, unpacked=2**20, rows=100, columns=20, texts=50, cell=1_000, row=5_000)


def table_of(raw, ceilings=CEILINGS, name="a.xlsx", **said):
    return list(read_table(Source(name, raw), ceilings=ceilings, **said))


def refused(raw, ceilings=SMALL, name="a.xlsx"):
    with pytest.raises(BadFile) as said:
        table_of(raw, ceilings, name)
    return str(said.value)


def saved(fill):
    book, out = openpyxl.Workbook(), io.BytesIO()
    fill(book)
    book.save(out)
    return out.getvalue()


def test_cells_of_a_workbook_are_texts_and_days():
    def fill(book):
        sheet = book.active
        sheet.append(["text", 3, 3.5, 1e20, True, None, "=1+1", "#N/A"])
        sheet.append([date(2026, 3, 2), datetime(2026, 3, 2, 9, 5), "2026-03-02", 0.1, -4, "  x ", "长", ""])
        sheet.append([CellRichText("a ", TextBlock(InlineFont(b=True), "bold"), " word")])
        sheet.merge_cells("A5:C5")
        sheet["A5"] = "joined"

    assert table_of(saved(fill)) == [
        ["text", "3", "3.5", str(10**20), "True", "", "", "#N/A"],
        [date(2026, 3, 2), date(2026, 3, 2), "2026-03-02", "0.1", "-4", "  x ", "长", ""],
        ["a bold word"] + [""] * 7,
        [""] * 8,
        ["joined"] + [""] * 7,
    ]


@pytest.mark.parametrize(
    ("code", "days"),
    [
        ("General", False),
        ("0.00", False),
        ('0.0" days"', False),
        ("[Red]0", False),
        ("yyyy-mm-dd", True),
        ("[$-804]yyyy年m月d日", True),
        ("[h]:mm", True),
        ("\\d0", False),
    ],
)
def test_a_format_shows_days_or_not(code, days):
    assert shows_days(code) is days


def test_days_count_from_1900_or_1904_and_as_chinese_programs_write_them():
    styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="31"/></cellXfs></styleSheet>'
    parts = {"xl/styles.xml": styles}
    rels = (
        '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
        '<Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>'
    )
    parts["xl/_rels/workbook.xml.rels"] = rels
    row = ['<row><c s="1"><v>46083</v></c><c s="1"><v>0.5</v></c><c s="1"><v>59</v></c><c s="0"><v>46083</v></c></row>']

    assert table_of(workbook(row, **parts)) == [[date(2026, 3, 2), "12:00:00", date(1900, 2, 28), "46083"]]

    since_1904 = (
        '<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="a" r:id="r1"/></sheets></workbook>'
    )
    assert table_of(workbook(row, **parts, **{"xl/workbook.xml": since_1904}))[0][0] == date(2030, 3, 3)


def test_prefixes_spoken_texts_and_quotes_do_not_matter():
    rows = ["<row><c t='s'><v>0</v></c><c t=\"inlineStr\"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>"]
    texts = ["<si><r><t>東京</t></r><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si>"]

    assert table_of(workbook(rows, texts)) == [["東京", "ab"]]
    prefixed = (
        '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c><x:v>4</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert table_of(workbook([], **{"xl/worksheets/two.xml": prefixed}, **named("two.xml"))) == [["4"]]


def named(part):
    """Relations of a workbook whose sheet is another part."""
    relation = f'<Relationship Id="r1" Type="x/worksheet" Target="worksheets/{part}"/>'
    return {"xl/_rels/workbook.xml.rels": f"<Relationships>{relation}</Relationships>"}


def test_empty_rows_between_keep_their_numbers():
    assert table_of(workbook([*number_rows(1, 2), *number_rows(1, 2, first=4)])) == [
        ["1", "2"],
        ["", ""],
        ["", ""],
        ["1", "2"],
    ]


def test_a_sheet_is_found_by_its_name():
    def fill(book):
        book.active.append(["first"])
        book.create_sheet("Two").append(["second"])

    assert table_of(saved(fill), sheet="Two") == [["second"]]
    with pytest.raises(BadFile, match="no sheet “3”. It has: Sheet, Two"):
        table_of(saved(fill), sheet="3")


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"a,b\n" * 102, "more than 100 rows"),
        (b"," * 20 + b"x", "Row 1 has 21 columns; at most 20"),
        (b"x" * 1_001 + b",", "cell of row 1 holds more than 1,000 characters"),
        (b",".join([b"x" * 900] * 6), "more than 5,000 characters"),
        (b'"x\n",' * 2_000, "quotation mark open"),
        (gzip.compress(b"\n" * 2**21), "more than 100 rows"),
        (gzip.compress(b"x" * 2**21), "holds more than 5,000 characters"),
        (workbook(number_rows(102, 1)), "number 102; at most 100 rows"),
        (workbook(number_rows(1, 1, first=3_000_000)), "number 3,000,000; at most 100 rows"),
        (workbook(["<row><c r='A3000000'><v>1</v></c></row>"]), "number 3,000,000; at most 100 rows"),
        (workbook(["<row r='1'><c r='XFD1'><v>1</v></c></row>"]), "Row 1 has 16,384 columns; at most 20"),
        (workbook(number_rows(1, 5_000)), "Row 1 has 5,000 columns"),
        (workbook([], ["<si><t>a</t></si>"] * 51), "more than 50 different texts"),
        (workbook([], [], ' uniqueCount="1200000"'), "1,200,000 different texts; at most 50"),
        (workbook(["<row><c t='str'><v>" + "x" * 1_001 + "</v></c></row>"]), "row 1 holds more than 1,000"),
        (workbook(["<row>" + "<c t='s'><v>0</v></c>" * 9 + "</row>"], [f"<si><t>{'x' * 999}</t></si>"]), "Row 1 holds"),
        (workbook(["<row>" + f"<c t='str'><v>{'x' * 900}</v></c>" * 9 + "</row>"]), "Row 1 holds more than 5,000"),
        (workbook([" " * 2**21]), "unpacks to 3 MB; at most 1 MB"),
    ],
)
def test_above_a_ceiling_a_sentence_names_it(raw, words):
    assert words in refused(raw, name="a.csv")


def test_a_text_without_end_stops_at_what_all_texts_may_hold():
    one = workbook([], [f"<si><t>{'x' * 2**19}</t></si>"])
    assert "holds more than 0 MB of text" in refused(one, replace(SMALL, shared=2**18))
    assert "a text of more than 1,000 characters" in refused(one)


def test_a_text_handed_on_again_and_again_counts_each_time():
    rows = ["<row>" + "<c t='s'><v>0</v></c>" * 5 + "</row>"] * 100
    raw = workbook(rows, [f"<si><t>{'x' * 900}</t></si>"])

    assert len(table_of(raw, SMALL)) == 100
    assert "unpacks to more" in refused(raw, replace(SMALL, unpacked=2**18))


def test_up_to_the_ceilings_all_goes_in():
    assert len(table_of(b"a,b\n" * 101, SMALL, "a.csv")) == 101
    assert len(table_of(workbook(number_rows(101, 20)), SMALL)) == 101
    assert table_of(b"x" * 20 + b"," * 500, SMALL, "a.csv") == [["x" * 20] + [""] * 19]
    styled = ["<row r='1'><c r='A1'><v>1</v></c><c r='XFD1' s='0'/></row>"]
    assert table_of(workbook(styled), SMALL) == [["1"]]


def test_two_thousand_columns_go_in():
    (row,) = table_of(",".join(["1"] * 2_000).encode(), name="a.csv")
    assert len(row) == 2_000
    (row,) = table_of(workbook(number_rows(1, 2_000)))
    assert len(row) == 2_000


HOSTILE = {
    "deep": "<a>" * 100,
    "deep cells": "<row>" + "<c>" * 100,
    "a tag without end": "<row x='" + "y" * 2**21,
    "a comment without end": "<!--" + "y" * 2**21,
    "rows in rows": "<row><row>" * 50,
    "rows backwards": "<row r='5'/><row r='4'/>",
    "no number": "<row><c><v>1e999</v></c></row>",
    "no numeral": "<row><c><v>fünf</v></c></row>",
    "no text": "<row><c t='s'><v>-1</v></c></row>",
    "no style": "<row><c s='99999999999999999999'><v>1</v></c></row>",
    "no column": "<row><c r='ÄÖ1'><v>1</v></c></row>",
    "endless column": "<row><c r='" + "A" * 5_000 + "1'><v>1</v></c></row>",
    "endless number": "<row r='" + "9" * 5_000 + "'/>",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_tricks_of_xml_get_a_sentence(what):
    styles = {"xl/styles.xml": "<styleSheet><cellXfs><xf numFmtId='14'/></cellXfs></styleSheet>"}
    relation = '<Relationship Id="r3" Type="x/styles" Target="styles.xml"/>'
    rels = named("sheet1.xml")["xl/_rels/workbook.xml.rels"].replace("</R", relation + "</R")
    assert refused(workbook([HOSTILE[what]], **styles, **{"xl/_rels/workbook.xml.rels": rels}), CEILINGS)


def test_a_list_of_members_without_end_is_not_read():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for number in range(70_000):
            packed.writestr(f"{number:060}", b"")
    assert "cannot be read as a workbook" in refused(out.getvalue(), CEILINGS)


@settings(max_examples=40, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b", b"\x1f\x8b\x08\x00", b"\xef\xbb\xbf", b'"']),
)
def test_any_bytes_are_rows_or_a_sentence(raw, begin):
    try:
        rows = table_of(begin + raw, SMALL)
    except BadFile as bad:
        assert str(bad) and "Traceback" not in str(bad)
    else:
        assert all(isinstance(cell, str) for row in rows for cell in row)


WHOLE = workbook([*number_rows(3, 3)], ["<si><t>a</t></si>"])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_a_workbook_with_one_wrong_byte_is_rows_or_a_sentence(at, byte):
    try:
        table_of(WHOLE[:at] + bytes([byte]) + WHOLE[at + 1 :], SMALL)
    except BadFile as bad:
        assert str(bad)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8),
                st.integers(-(10**9), 10**9),
                st.dates(date(1950, 1, 1), date(2100, 1, 1)),
            ),
            min_size=1,
            max_size=5,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_what_openpyxl_writes_is_read_as_it_was_meant(rows):
    def fill(book):
        for row in rows:
            book.active.append([f"'{cell}" if isinstance(cell, str) and cell[:1] == "=" else cell for cell in row])

    read = table_of(saved(fill))

    for wanted, found in zip(rows, read, strict=False):
        for cell, got in zip(wanted, found, strict=False):
            assert got == (cell if isinstance(cell, date) else str(cell)) or got == f"'{cell}"


def test_the_end_of_memory_is_a_sentence():
    texts = [f"<si><t>{number:0900}</t></si>" for number in range(30_000)]
    assert "more memory than a file may" in refused(workbook([], texts), replace(CEILINGS, memory=32 * 2**20))


def test_the_end_of_time_is_a_sentence():
    raw = b"1,2,3\n" * 2**20
    assert "takes too long" in refused(raw, replace(CEILINGS, seconds=0.2), "a.csv")
    assert "takes too long" in refused(workbook(number_rows(400_000, 3)), replace(CEILINGS, cpu=1))


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("import os; os.kill(os.getpid(), 9)", "more memory than a file may"),
        ("import os; os.abort()", "broke off"),
        ("1/0", "broke off"),
        ("print('what?', flush=True)", "broke off"),
        ("import os; os.write(1, bytes(3) + bytes([2]) + b'{x')", "broke off"),
        ("import time; time.sleep(60)", "takes too long"),
    ],
)
def test_a_process_that_dies_is_a_sentence(monkeypatch, script, words):
    monkeypatch.setattr(table_process, "CHILD", [sys.executable, "-c", script])
    assert words in refused(b"a", replace(CEILINGS, seconds=2.0), "a.csv")


def test_whoever_stops_reading_ends_the_process(monkeypatch):
    started = []

    class Noted(table_process.subprocess.Popen):
        def __init__(self, *words, **more):
            super().__init__(*words, **more)
            started.append(self)

    monkeypatch.setattr(table_process.subprocess, "Popen", Noted)
    table = read_table(Source("a.csv", b"a,b\n" * 10**6))
    next(table)
    table.close()

    (child,) = started
    assert child.returncode is not None
    with pytest.raises(ProcessLookupError):
        os.kill(child.pid, 0)


def test_one_file_is_read_at_a_time():
    first = read_table(Source("a.csv", b"a,b\n" * 10**6))
    next(first)
    with pytest.raises(BadFile, match="Another file is being read") as said:
        table_of(b"a,b", replace(CEILINGS, seconds=0.2), "a.csv")
    assert said.value.status == 503
    first.close()

    before = time.monotonic()
    assert table_of(b"a,b", replace(CEILINGS, seconds=before + timedelta(days=1).total_seconds())) == [["a", "b"]]
