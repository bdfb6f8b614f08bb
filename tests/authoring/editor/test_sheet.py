"""A journey as a spreadsheet: there and back nothing is lost; what does not fit is named row by row."""

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowing.authoring.editor import files
from shadowing.authoring.editor.files import _delimiter
from shadowing.authoring.editor.journey_file import complete, read_journey_file, write_journey_file
from shadowing.authoring.editor.sheet import COLUMNS, ROWS, table, write_csv, write_xlsx
from shadowing.authoring.editor.sheet_reading import BadSheet, read_sheet
from shadowing.core.database import db
from shadowing.core.tables import Source, read_table
from shadowing.journeys import packs
from shadowing.journeys.editing import find, tidy
from tests.authoring.editor.test_editor import page
from tests.support.server import ROOT

DOCUMENT = Path(ROOT, "docs/journey-spreadsheet.md").read_text("utf-8")


def draft_of(pack):
    return read_journey_file(write_journey_file(packs.load(pack)))


def back(raw):
    source = Source("j", raw)
    draft = read_sheet(read_table(source, _delimiter(source)))
    complete(draft)
    return draft


@pytest.mark.parametrize("write", [write_csv, write_xlsx], ids=["csv", "xlsx"])
@pytest.mark.parametrize("pack", packs.available())
def test_there_and_back_nothing_is_lost(pack, write):
    draft = draft_of(pack)

    assert back(write(draft)) == draft


@given(st.text(min_size=1, max_size=110).map(tidy).filter(bool))
def test_any_words_come_back_as_they_were(text):
    draft = draft_of("restaurant")
    draft["name"] = {"en": text, "zh": f"={text}"[:120]}
    find(draft, draft["stages"][2]["touchpoints"][0]["key"])["name"] = {"en": text, "zh": text}

    assert back(write_csv(draft)) == draft


def sheet(*rows, columns=("row", "touchpoint", "id", "text_en", "channels", "kind", "level", "limit_seconds", "stage")):
    return [list(columns), *([*row, *[""] * (len(columns) - len(row))] for row in rows)]


PLAIN = (("journey", "", "", "Short"), ("touchpoint", "till", "", "Till", "counter"))


def test_a_sheet_written_by_hand_needs_little():
    draft = read_sheet(
        sheet(
            *PLAIN,
            ("standard", "", "", "Greets", "", "", "delight"),
            ("phrase", "", "", "Too loud"),
            ("touchpoint", "", "", "Exit", "Robot dog; place", "", "", "", "end"),
            ("standard", "till", "", "Quick", "", "promise", "", "60"),
        )
    )

    till = find(draft, "till")
    assert draft["stages"][0]["touchpoints"] == [till], "the first stage, where none is said"
    assert [(each["text"]["zh"], each["level"], each["limit_seconds"]) for each in till["standards"]] == [
        ("Greets", "delight", None),
        ("Quick", "utility", 60),
    ]
    exit = draft["stages"][3]["touchpoints"][0]
    assert (exit["channels"], exit["key"][:2], till["phrases"]) == (
        ["robot dog", "place"],
        "t_",
        [{"en": "Too loud", "zh": "Too loud"}],
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("flight", "", "", "x"), ("row", "row", "flight")),
        (("standard", "nowhere", "", "x"), ("touchpoint", "unknown", "nowhere")),
        (("standard", "till", "", ""), ("text_en", "empty", "")),
        (("standard", "till", "", "x" * 1001), ("text_en", "long", "")),
        (("standard", "till", "a b", "x"), ("id", "slug", "a b")),
        (("standard", "till", "", "x", "", "rule"), ("kind", "word", "rule")),
        (("standard", "till", "", "x", "", "", "joy"), ("level", "word", "joy")),
        (("standard", "till", "", "x", "", "", "", "soon"), ("limit_seconds", "number", "soon")),
        (("standard", "till", "", "x", "", "", "", "2592001"), ("limit_seconds", "number", "2592001")),
        (("standard", "till", "", "x", "", "", "", "٣"), ("limit_seconds", "number", "٣")),
        (("touchpoint", "till", "", "x", "web"), ("touchpoint", "twice", "till")),
        (("touchpoint", "new", "", "x", ""), ("channels", "empty", "")),
        (("touchpoint", "new", "", "x", "<b>"), ("channels", "word", "<b>")),
        (("touchpoint", "new", "", "x", "web", "", "", "", "middle"), ("stage", "word", "middle")),
        (("journey", "", "", "Another"), ("row", "many", "")),
        (("need", "", "", "A seat"), ("persona", "unknown", "")),
        (("anchor", "", "", "fine"), ("level", "word", "")),
        (("consent", "", "a b", "May I?"), ("id", "slug", "a b")),
    ],
)
def test_a_bad_row_is_named_with_its_reason(row, said):
    with pytest.raises(BadSheet) as bad:
        read_sheet(sheet(*PLAIN, row))

    assert [tuple(each) for each in bad.value.rows] == [(4, *said)]


def test_all_bad_rows_are_named_but_not_what_belongs_to_them():
    with pytest.raises(BadSheet) as bad:
        read_sheet(
            sheet(
                *PLAIN,
                ("touchpoint", "new", "", "x"),
                ("standard", "new", "", "y"),
                ("phrase", "gone", "", "z"),
                ("x",),
            )
        )

    assert [(each.number, each.why) for each in bad.value.rows] == [(4, "empty"), (6, "unknown"), (7, "row")]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([], "columns"),
        ([["a", "b"]], "columns"),
        (sheet(PLAIN[1]), "no_journey"),
        (sheet(PLAIN[0]), "nothing"),
        (sheet(*PLAIN, *[("phrase", "till", "", "x")] * 41), "many"),
        (sheet(*PLAIN, *[("standard", "till", "", "x")] * 31), "many"),
        (sheet(*PLAIN, *[("touchpoint", "", "", "x", "web")] * 300), "many"),
    ],
)
def test_a_sheet_that_is_no_journey(rows, why):
    with pytest.raises(BadSheet) as bad:
        read_sheet(rows)

    assert bad.value.rows[0].why == why


def test_the_columns_are_published():
    named = {word for line in DOCUMENT.splitlines() if line.startswith("|") for word in re.findall(r"`(\w+)`", line)}

    assert set(COLUMNS) | set(ROWS) <= named


def upload(client, address, name, raw, **fields):
    return client.post(address, data={"file": (io.BytesIO(raw), name), **fields})


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_saved_changed_and_brought_back_the_places_stay_the_same(lena, olga, journey, kind):
    raw = lena.get(f"/journeys/1/journey.{kind}").data
    answer = upload(lena, "/journeys/1/file", f"j.{kind}", raw, revision="0")

    assert answer.status_code == 303
    assert "Nothing differs" in page(lena.get("/journeys/1/publish"))


def test_what_was_changed_in_the_spreadsheet_is_a_draft(lena):
    rows = list(csv.reader(io.StringIO(lena.get("/journeys/1/journey.csv").data.decode("utf-8-sig"))))
    for row in rows:
        if row[0] == "touchpoint" and row[2] == "payment":
            row[4] = "Paying"
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    upload(lena, "/journeys/1/file", "j.csv", out.getvalue().encode(), revision="0")

    shown = page(lena.get("/journeys/1/publish"))
    assert "Now called Paying" in shown and "One change" in shown


def test_a_bad_row_of_an_upload_is_told_and_nothing_is_kept(lena, as_):
    raw = b"row,text_en,channels\njourney,Short,\ntouchpoint,Till,<b>\nflight,x,\n"
    for address in ("/journeys", "/journeys/1/file"):
        answer = upload(lena, address, "j.csv", raw, revision="0")
        assert answer.status_code == 422
        shown = page(answer)
        assert "Nothing of this file was kept" in shown
        assert "Row 3, column channels" in shown and "Row 4, column row" in shown and "<b>”" not in shown

    zh = lena.post("/journeys", data={"file": (io.BytesIO(raw), "j.csv")}, headers={"Accept-Language": "zh-CN"})
    assert "第 4 行" in page(zh) or zh.status_code == 422
    assert "Nothing differs" not in page(lena.get("/journeys/1"))


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("j.csv", b""),
        ("j.csv", b"\xff\xfe\x00"),
        ("j.xlsx", b"PK\x03\x04 broken"),
        ("j.csv", b'row,text_en\n"journey'),
        ("", b""),
    ],
)
def test_files_that_are_none(lena, name, raw):
    assert upload(lena, "/journeys/1/file", name, raw, revision="0").status_code == 422


def test_nobody_waits_while_a_large_journey_is_read(lena, journey, monkeypatch):
    waiting = []

    def watched(document):
        waiting.append(db.session().in_transaction())
        return read_journey_file(document)

    monkeypatch.setattr(files, "read_journey_file", watched)
    raw = lena.get("/journeys/1/journey.json").data
    assert upload(lena, "/journeys", "j.json", raw).status_code == 303
    assert upload(lena, "/journeys/1/file", "j.json", raw, revision="0").status_code == 303

    assert waiting == [False, False]


def test_a_file_that_is_too_large(lena, monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 1000)

    assert "larger than 4 MB" in page(upload(lena, "/journeys", "j.csv", b"x" * 1001))


def test_a_file_brought_to_a_draft_that_moved_on_is_told(lena):
    raw = lena.get("/journeys/1/journey.csv").data
    lena.post("/journeys/1/map", data={"do": "up:payment", "revision": "0"})

    assert upload(lena, "/journeys/1/file", "j.csv", raw, revision="0").status_code == 409


def test_no_cell_is_taken_for_a_formula():
    draft = draft_of("restaurant")
    draft["name"] = {"en": "=cmd()", "zh": "'+1"}

    assert all(not cell.startswith(("=", "+", "-", "@")) for row in table(draft) for cell in row)
    assert back(write_xlsx(draft))["name"] == draft["name"]
