"""What the lenses cannot settle is decided by somebody, with a reason, in a register that is never edited."""

import pytest

from shadowing.backlog.decisions.figures import CitedCounts, DecidedOn, DecisionRow
from shadowing.backlog.decisions.models import Decision
from shadowing.backlog.decisions.wording import answer, evidence, subject
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.sentences import plain
from shadowing.scoring.shapes import Estimate
from tests.backlog.test_backlog import failing, fresh, patch  # noqa: F401
from tests.conftest import person
from tests.support.fields import error_at, typed_in

APART = {"customer": 1, "business": -1, "brand": 0}


def decisions():
    db.session.rollback()
    return db.session.query(Decision).all()


def test_starting_work_against_a_lens_is_a_decision_with_its_evidence(failing, lena):  # noqa: F811
    patch(lena, failing, state="accepted", owner=str(person("olga").id), lenses=APART)
    assert patch(lena, fresh(failing), state="in_progress").get_json()["errors"][0]["path"] == "reason"
    assert decisions() == []

    patch(lena, fresh(failing), state="in_progress", reason="The board pays for twelve weeks.")

    made = decisions()[0]
    assert (made.kind, made.about_id, made.option) == ("improvement", failing.id, "start")
    assert (made.reason, made.person.name) == ("The board pays for twelve weeks.", "Lena")
    assert made.cited["level"] == "utility" and made.cited["target"] == 4.0 and made.cited["visits"] == 8
    page = lena.get(f"/improvements/{failing.id}").get_data(as_text=True)
    assert page.count("The board pays for twelve weeks.") == 2, "beside the lenses, and in the history"


def test_where_nothing_conflicts_nothing_has_to_be_decided(failing, lena):  # noqa: F811
    patch(lena, failing, state="accepted", owner=str(person("olga").id))
    assert patch(lena, fresh(failing), state="in_progress").status_code == 200
    assert decisions() == []


def test_the_register_shows_who_decided_what_and_what_became_of_it(failing, lena, emil):  # noqa: F811
    empty = emil.get("/decisions").get_data(as_text=True)
    assert "No decision yet." in empty
    patch(lena, failing, state="accepted", owner=str(person("olga").id), lenses=APART, title="One queue")
    patch(lena, fresh(failing), state="in_progress", reason="Worth it.")

    page = emil.get("/decisions").get_data(as_text=True)

    assert all(text in page for text in ("One queue", "Worth it.", "Lena", "grade C", "In progress"))


def test_the_register_is_for_those_who_read_improvements(olga):
    assert olga.get("/decisions").status_code == 403


def test_each_lens_has_its_reason(failing, lena):  # noqa: F811
    data = {"lens_customer": "1", "lens_business": "-0.5", "lens_brand": "0", "reason_customer": "Fewer wrong turns."}
    answer = lena.post(f"/improvements/{failing.id}", data={"revision": failing.revision, **data})

    assert answer.status_code == 303
    assert fresh(failing).lens_reasons == {"customer": "Fewer wrong turns."}
    page = lena.get(f"/improvements/{failing.id}")
    assert typed_in(page, "reason_customer") == "Fewer wrong turns."
    assert page.get_data(as_text=True).count("no reason given yet") == 2
    document = lena.get(f"/api/v1/improvements/{failing.id}").get_json()
    assert document["lens_reasons"] == {"customer": "Fewer wrong turns."}


def test_a_reason_that_is_too_long_is_named_at_its_lens(failing, lena):  # noqa: F811
    sent = lena.post(f"/improvements/{failing.id}", data={"revision": failing.revision, "reason_brand": "x" * 501})
    assert (sent.status_code, error_at(sent, "reason_brand")) == (422, "This value does not fit this field.")
    assert patch(lena, failing, lens_reasons={"money": "no"}).status_code == 422
    assert patch(lena, failing, lens_reasons=None).status_code == 200


def test_what_the_strategy_says_stands_beside_the_lenses(failing, lena):  # noqa: F811
    assert "strategy-beside" not in lena.get(f"/improvements/{failing.id}").get_data(as_text=True)
    said = {"customer_en": "To be understood.", "revision": "0"}
    assert lena.post("/strategy", data=said).status_code == 303

    assert "To be understood." in lena.get(f"/improvements/{failing.id}").get_data(as_text=True)


ROW = DecisionRow(
    "improvement", "start", None, {"en": "Till", "zh": "收银"}, "counter", "Worth it.", "Lena", clock.now()
)


@pytest.mark.parametrize(
    ("option", "words"),
    [("start", "Do it, although the lenses conflict"), ("not_chosen", "Not this one"), ("keep", "Keep it")],
)
def test_answers_in_words(option, words):
    row = DecisionRow(**{**ROW.__dict__, "option": option})
    assert plain(answer(row), "en") == words


def test_evidence_in_words():
    cited = DecidedOn(Estimate(2.5, 0.2, 4.0), "utility", 38, "A")
    assert plain(evidence(cited), "en") == "Utility 38 of 75, 38 visits, grade A"
    assert plain(evidence(CitedCounts(3, 1)), "en") == "kept 3, broken 1 times"
    assert plain(subject(ROW), "en") == "Till, counter"
