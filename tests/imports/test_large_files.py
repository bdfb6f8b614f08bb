"""Many columns, files that take their time, and work that breaks off: no page without an end, nothing lost."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest

from shadowing.authoring.editor import files as journey_files
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.jobs import queue
from shadowing.core.jobs.models import Job
from shadowing.core.table_errors import BadFile
from shadowing.core.tables import read_table
from shadowing.imports import parse_rows, uploads
from shadowing.imports.uploads import columns_in
from shadowing.operations.doctor import jobs
from shadowing.visits.models.imported import ImportDraft
from shadowing.visits.models.visit import Visit
from tests.conftest import work
from tests.imports.test_browser_import import SHEET, bring
from tests.support.fields import error_at, typed_in
from tests.support.markup import Markup, words_of

WIDE = (
    ",".join(["No.", *(f"Question {n}" for n in range(1, 450))])
    + "\n"
    + "".join(",".join([str(row), *("4" for _ in range(449))]) + "\n" for row in range(1, 6))
)


def draft():
    db.session.rollback()
    return db.session.query(ImportDraft).order_by(ImportDraft.id.desc()).first()


def shown(client, address):
    """Names of the columns on a page, and its text."""
    text = client.get(address).get_data(as_text=True)
    return [words_of(each) for each in Markup(text).all("b") if each.within("td")], text


def test_columns_are_shown_two_hundred_at_a_time_and_found_by_name(lena):
    where = bring(lena, WIDE).location

    names, text = shown(lena, where)
    assert len(names) == 200 and "1–200 of 450 columns" in text
    assert len(shown(lena, f"{where}?page=3")[0]) == 50
    assert len(shown(lena, f"{where}?page=99")[0]) == 50
    assert shown(lena, f"{where}?q=question+44")[0] == ["Question 44", *(f"Question {n}" for n in range(440, 450))]
    assert "No column has this name." in shown(lena, f"{where}?q=none")[1]
    for odd in ("page=x", "page=-1", "page=٣", "q=%00", "only=x"):
        assert lena.get(f"{where}?{odd}").status_code == 200


def test_what_was_said_on_one_page_is_kept_when_others_are_shown(lena, app):
    where = bring(lena, WIDE).location

    answer = lena.post(where, data={"c1-scale": "1-5", "c2-kind": "leave", "go": "3", "journey_name": "Wide"})
    assert answer.location.endswith("?page=3")
    answer = lena.post(where, data={"c449-kind": "leave", "q": "Question 7", "go": "find", "page": "3"})
    assert answer.location.endswith("?q=Question+7")

    columns = columns_in(draft())
    assert (columns[1].scale, columns[2].kind, columns[449].kind) == ("1-5", "leave", "leave")
    assert draft().state == "matching" and draft().journey_name == "Wide"


def test_columns_with_questions_are_shown_alone_and_all_can_be_matched(lena, app):
    where = bring(lena, WIDE).location
    lena.post(where, data={"go": "2", **{f"c{n}-scale": "1-5" for n in range(1, 445)}})

    answer = lena.post(where, data={"go": "open"})
    assert answer.location.endswith("?only=open")
    assert shown(lena, answer.location)[0] == [f"Question {n}" for n in range(445, 450)]

    said = {f"c{n}-scale-said": "1-5" for n in range(445, 450)}
    lena.post(where, data={**said, "step": "import", "day": "2026-03-01", "only": "open"})
    work(app)
    assert (draft().state, draft().outcome["new"], draft().outcome["ratings"]) == ("done", 5, 5 * 449)


def test_turning_a_page_keeps_the_trial_and_a_new_answer_does_not(lena, app):
    where = bring(lena, WIDE).location
    lena.post(where, data={"all-scale": "1-5", "step": "try", "day": "2026-03-01"})
    work(app)
    assert draft().outcome["new"] == 5

    lena.post(where, data={"go": "2", "day": "2026-03-01"})
    assert draft().outcome["new"] == 5
    lena.post(where, data={"go": "2", "day": "2026-03-01", "c1-kind": "leave"})
    assert draft().outcome is None


def test_two_thousand_columns_pass_by_page(lena, app):
    head = ",".join(["No.", *(f"Q{n}" for n in range(1_999))])
    row = ",".join(["1", *("2026-03-04" for _ in range(1_999))])

    where = bring(lena, f"{head}\n{row}\n").location

    assert len(columns_in(draft())) == 2_000
    assert "2,000" in lena.get(where).get_data(as_text=True)


@pytest.mark.parametrize(("day", "words"), [("31.12.2025", "YYYY-MM-DD"), ("2099-01-01", "This day cannot be right.")])
def test_a_day_that_cannot_be_is_said_at_its_field(lena, day, words):
    where = bring(lena, "No.,Window\n1,4\n2,5\n").location

    answer = lena.post(where, data={"day": day, "c1-scale-said": "1-5", "step": "try"})

    assert answer.status_code == 422 and typed_in(answer, "day") == day
    assert words in error_at(answer, "day")
    assert columns_in(draft())[1].scale == "1-5" and draft().state == "matching"


@pytest.mark.parametrize(
    ("name", "value"), [("IN_A_REQUEST", replace(uploads.IN_A_REQUEST, seconds=0.0)), ("MOST_AT_ONCE", 30)]
)
def test_what_takes_longer_than_a_page_is_read_by_the_worker(lena, app, monkeypatch, name, value):
    monkeypatch.setattr(uploads, name, value)

    where = bring(lena).location
    assert draft().state == "waiting"
    page = lena.get(where).get_data(as_text=True)
    assert "Reading the columns" in page and 'http-equiv="refresh"' in page
    work(app)

    assert (draft().state, draft().rows, len(columns_in(draft()))) == ("matching", 7, 9)


def test_a_file_the_worker_cannot_read_leaves_a_sentence_and_a_way_out(lena, app, monkeypatch):
    monkeypatch.setattr(uploads, "IN_A_REQUEST", replace(uploads.IN_A_REQUEST, seconds=0.0))
    where = bring(lena, "a,b\n1,2\n3,4\n").location
    monkeypatch.setattr(uploads, "CEILINGS", replace(uploads.CEILINGS, rows=1))
    work(app)

    page = lena.get(where).get_data(as_text=True)
    assert "more than 1 rows" in page and "Try again" in page and 'http-equiv="refresh"' not in page
    monkeypatch.undo()
    assert lena.post(where).status_code == 303
    work(app)
    assert (draft().state, draft().complaint) == ("matching", None)


def until_it_gives_up(app):
    for _ in range(queue.MOST_ATTEMPTS):
        work(app)
        db.session.query(Job).update({"run_at": clock.now() - timedelta(seconds=1)})
        db.session.commit()


@pytest.mark.parametrize("step", ["try", "import"])
def test_a_job_that_failed_for_the_last_time_says_so_on_its_page(lena, app, monkeypatch, step):
    where = bring(lena, "No.,Window\n1,4\n2,5\n").location
    name = "take_in" if step == "import" else "try_out"
    monkeypatch.setattr(uploads, name, lambda *_: 1 / 0)
    said = {"c1-scale-said": "1-5", "day": "2026-03-01", "step": step}
    lena.post(where, data=said)

    until_it_gives_up(app)

    job = db.session.query(Job).filter_by(kind="spreadsheet").one()
    assert draft().state == "matching"
    page = lena.get(where).get_data(as_text=True)
    assert f"job {job.id}" in page and "Try it out" in page and "ZeroDivision" not in page
    assert any("spreadsheet" in each.said and "gave up" in each.said and each.mend for each in jobs())
    monkeypatch.undo()
    lena.post(where, data={**said, "step": "import"})
    work(app)
    assert draft().state == "done" and db.session.query(Visit).count() == 2


def test_what_the_database_refuses_is_not_tried_for_ever(lena, app, monkeypatch):
    where = bring(lena, "No.,Window\n1,4\n2,5\n").location
    monkeypatch.setattr(uploads, "take_in", lambda *_: db.session.execute(db.text("insert into visit default values")))
    lena.post(where, data={"c1-scale-said": "1-5", "day": "2026-03-01", "step": "import"})

    until_it_gives_up(app)

    assert draft().state == "matching"
    assert "insert" not in lena.get(where).get_data(as_text=True).casefold()


def test_doctor_names_what_is_tried_in_vain(app):
    queue.enqueue("greet", {}, clock.now())
    db.session.query(Job).update({"attempts": 7, "error": "OSError('no store')"})
    db.session.commit()

    (found,) = jobs()
    assert "greet" in found.said and "failed 7 times" in found.said and found.mend


@pytest.fixture
def outside(monkeypatch):
    """Whether a transaction was open at each reading of a sheet."""
    seen = []

    def watched(*words, **more):
        seen.append(db.session().in_transaction())
        return read_table(*words, **more)

    for module in (uploads, parse_rows, journey_files):
        monkeypatch.setattr(module, "read_table", watched)
    return seen


def test_no_sheet_is_read_while_a_transaction_is_open(lena, app, outside):
    where = bring(lena, SHEET).location
    said = {"journey_name": "Rounds", "c1-format-said": "%d/%m/%Y", "c4-scale-said": "1-5", "c4-odd0": "no_mark"}
    said |= {"c5-scale-said": "5-1", "c6-scale": "1-10"}
    for step in ("try", "import"):
        lena.post(where, data={**said, "step": step})
        work(app)
    data = {"file": (io.BytesIO(b"row,text_en\njourney,Rounds\n"), "a.csv")}
    assert lena.post("/journeys", data=data, content_type="multipart/form-data").status_code in (303, 422)

    assert outside == [False] * 4


def test_a_journey_file_waits_its_turn_only_so_long(lena, monkeypatch):
    def busy(*_words, **_more):
        raise BadFile("one_at_a_time")
        yield

    monkeypatch.setattr(journey_files, "read_table", busy)
    data = {"file": (io.BytesIO(b"row,text_en\njourney,Rounds\n"), "a.csv")}

    answer = lena.post("/journeys", data=data, content_type="multipart/form-data")

    assert answer.status_code == 503 and "Another file is being read" in answer.get_data(as_text=True)
