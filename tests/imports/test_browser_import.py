"""A spreadsheet through the browser: matched, asked, tried, taken in, taken back."""

import io
from collections import Counter

import pytest

from shadowing.backlog.models import Improvement
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.imports.guess_columns import fitting_formats, guess, open_questions, place_key
from shadowing.imports.uploads import columns_in
from shadowing.journeys.models import Journey
from shadowing.scoring.models import AreaResult
from shadowing.visits.models.imported import Import, ImportDraft
from shadowing.visits.models.totals import Tally
from shadowing.visits.models.visit import Observation, Visit
from tests.conftest import work
from tests.support.fields import typed_in

SHEET = """No.,Date,Who went,Branch,"Window, promptness",Manner,Signs (1-10),Remarks,Weather
1024,03/04/2026,L.B.,Main,4,1,7,no queue order,rain
1025,04/04/2026,J.O.,East,2,2,4,,dry
1026,05/04/2026,M.T.,Nord,3,1,9,=1+1,dry
1027,06/04/2026,L.B.,Main,/,2,10,ok,dry
1028,31/04/2026,L.B.,Main,5,4,3,,dry
1029,07/04/2026,L.B.,Main,7,5,3,,dry
1029,08/04/2026,L.B.,Main,4,5,3,,dry
"""


def bring(client, text=SHEET, name="walks.csv"):
    raw = text if isinstance(text, bytes) else text.encode()
    data = {"file": (io.BytesIO(raw), name)}
    return client.post("/data", data=data, content_type="multipart/form-data")


def draft():
    db.session.rollback()
    return db.session.query(ImportDraft).order_by(ImportDraft.id.desc()).first()


ANSWERS = {
    "journey_name": "Rounds",
    "c1-format": "",
    "c1-format-said": "%d/%m/%Y",
    "c4-scale": "",
    "c4-scale-said": "1-5",
    "c4-odd0": "no_mark",
    "c5-scale-said": "5-1",
    "c6-scale": "1-10",
    "c7-kind": "note",
}


def test_columns_are_guessed_and_questions_asked(lena):
    answer = bring(lena)
    assert answer.status_code == 303

    kinds = [column.kind for column in columns_in(draft())]

    expected = ["key", "date", "observer", "site", "rating", "rating", "rating", "leave", "leave"]
    assert kinds == expected
    asked = open_questions(columns_in(draft()))
    assert ("Window, promptness", "scale") in asked
    assert ("Window, promptness", "odd:/") in asked
    assert ("Signs (1-10)", "scale") in asked
    page = lena.get(answer.location).get_data(as_text=True)
    assert "What the file cannot say by itself." in page


def test_an_odd_value_may_be_refused(lena, app):
    where = bring(lena).location
    lena.post(where, data={**ANSWERS, "c4-odd0": "refuse", "step": "try"})
    work(app)

    reasons = {(refusal["row"], refusal["code"]) for refusal in draft().outcome["refusals"]}
    assert (5, "not_a_rating") in reasons


def test_nothing_is_tried_before_the_questions_are_answered(lena):
    where = bring(lena).location

    answer = lena.post(where, data={"step": "import"})

    assert answer.status_code == 422
    assert draft().state == "matching"
    assert db.session.query(Visit).count() == 0


def test_what_was_typed_beside_an_open_question_stays(lena):
    address = bring(lena).location

    answer = lena.post(
        address, data={"journey_name": "Rounds\x00 ", "c0-kind": "\x00", "c99-kind": "note", "all-scale": "x"}
    )

    assert answer.status_code == 422 and typed_in(answer, "journey_name") == "Rounds"
    assert columns_in(draft())[0].kind == "key"


def test_a_trial_adds_up_and_stores_nothing(lena, app):
    where = bring(lena).location
    assert lena.post(where, data={**ANSWERS, "step": "try"}).status_code == 303
    assert 'http-equiv="refresh"' in lena.get(where).get_data(as_text=True)
    work(app)

    outcome = draft().outcome
    assert outcome["rows"] == outcome["new"] + outcome["refused"] == 7
    assert {(r["row"], r["code"]) for r in outcome["refusals"]} >= {
        (4, "unknown_site"),
        (6, "not_a_date"),
        (7, "not_a_rating"),
    }
    assert db.session.query(Visit).count() == 0
    assert "31/04/2026" in lena.get(where).get_data(as_text=True)


def test_the_import_is_in_once_and_can_be_taken_back(lena, app):
    where = bring(lena).location
    lena.post(where, data={**ANSWERS, "step": "import"})
    work(app)

    done = draft()
    assert (done.state, done.outcome["new"], done.outcome["refused"]) == ("done", 4, 3)
    assert db.session.query(Visit.pseudonym).distinct().count() == 2
    assert db.session.query(AreaResult).filter_by(scope="").count() == 3
    page = lena.get(where).get_data(as_text=True)
    assert "4 of 7 rows are in" in page
    assert lena.get(f"{where}/refused.csv").get_data(as_text=True).count("\n") == 4
    again = bring(lena).location
    assert "Rounds" in lena.get(again).get_data(as_text=True)  # known by the map of the last import
    lena.post(again, data={"step": "import", "journey_name": "Rounds"})
    work(app)
    assert (draft().outcome["new"], draft().outcome["known"]) == (0, 4)

    assert lena.post(f"{where}/removal").status_code == 303

    db.session.rollback()
    assert (
        db.session.query(Visit).count() == db.session.query(Observation).count() == db.session.query(Tally).count() == 0
    )
    assert db.session.query(Import).one().taken_back_at is not None
    assert db.session.query(Improvement).count() == 0
    assert db.session.query(Journey).filter_by(origin="import").one().archived_at is not None


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        (b"", "empty.csv", "empty"),
        (b"\xff\xfe\x00bad", "x.csv", "UTF-8"),
        (b"\x1f\x8bnot gzip", "x.csv.gz", "gzip"),
        (b"PK\x03\x04not a workbook", "x.xlsx", "workbook"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(lena, text, name, words):
    answer = bring(lena, text, name)

    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert db.session.query(ImportDraft).count() == 0


def test_no_file_at_all_gets_a_sentence(lena):
    assert lena.post("/data", data={}).status_code == 422


def test_only_leads_bring_in_data(olga, emil):
    assert {olga.get("/data").status_code, emil.get("/data").status_code} == {403}


def test_day_and_month_are_never_guessed():
    assert len(fitting_formats(["03/04/2026", "05/06/2026"])) == 2
    assert fitting_formats(["13/04/2026", "05/06/2026"]) == ("%d/%m/%Y",)
    assert fitting_formats([]) == ()


def test_a_key_is_a_column_of_different_values():
    assert guess("No.", Counter({"1": 1, "2": 1}), 2).kind == "key"
    assert guess("No.", Counter({"1": 2}), 2).kind == "rating"


def test_touchpoints_of_any_script_have_stable_keys():
    assert place_key("Payment window") == "payment_window"
    assert place_key("缴费窗口") == place_key("缴费窗口") != place_key("取药窗口")


def test_what_looks_like_a_formula_stays_text_also_in_names_of_columns(lena, app):
    where = bring(lena, "No.,=HYPERLINK(1)\n" + "".join(f"{n},4\n" for n in range(9)) + "9,＝1+1\n").location
    said = {"journey_name": "R", "day": "2026-01-05", "c1-kind": "rating", "c1-scale-said": "1-5", "c1-odd0": "refuse"}
    lena.post(where, data={**said, "step": "import"})
    work(app)

    (line,) = lena.get(f"{where}/refused.csv").get_data(as_text=True).splitlines()[1:]
    assert "'=HYPERLINK(1),'＝1+1" in line


def test_a_filter_that_a_file_cannot_answer_is_not_applied_and_says_so(lena, app):
    lena.post(bring(lena).location, data={**ANSWERS, "step": "import"})
    work(app)
    result = db.session.query(AreaResult).filter_by(scope="").first()

    def page(address: str, query: str) -> str:
        return lena.get(f"{address}{query}").get_data(as_text=True)

    whole = page("/areas", f"?journey={result.journey_id}")
    part = page("/areas", f"?journey={result.journey_id}&site=1&scenario=x&since={clock.now():%Y-%m-01}")
    assert part.count('class="area-cols area"') == whole.count('class="area-cols area"') > 0
    for name in ("Site", "Scenario", "Since"):
        assert f"{name}: not applied on this page" in part
    address = f"/areas/{result.area_id}/observations"
    assert page(address, "?scenario=x").count('class="seen"') == page(address, "").count('class="seen"') > 0
