"""/strategy: three sentences and the principles; shown where importance is set; lived as seen."""

import io

import pytest

from shadowing.authoring.editor.models import JourneyDraft
from shadowing.authoring.strategy.models import Principle, Strategy
from shadowing.core.database import db
from shadowing.journeys.models import Touchpoint
from shadowing.people.accounts import find_person
from tests.authoring.editor.test_editor import fields, page
from tests.conftest import a_visit, an_observation, site, work
from tests.support.fields import error_at, typed_in

SAID = {"business_en": "Same day", "brand_zh": "不会迷路", "customer_en": "To be taken seriously", "revision": "0"}


def kept():
    db.session.rollback()
    return db.session.get(Strategy, 1)


def add(client, **said):
    return client.post("/strategy/principles", data=said)


def tie(client, principle="1", standard="within_10min"):
    said = {**fields(client, "payment"), f"{standard}-principle": principle, "department": "1"}
    assert client.post("/journeys/1/touchpoints/payment", data=said).status_code == 303
    db.session.rollback()
    client.post("/journeys/1/publish", data={"revision": db.session.get(JourneyDraft, 1).revision})


def test_three_sentences_stand_where_importance_is_set(lena, emil):
    assert "Write the strategy in three sentences" in page(lena.get("/journeys/1?t=payment"))

    assert lena.post("/strategy", data=SAID).status_code == 303

    assert (kept().business["zh"], kept().brand["en"], kept().revision) == ("Same day", "不会迷路", 1)
    assert "To be taken seriously" in page(lena.get("/journeys/1?t=payment"))
    shown = page(emil.get("/strategy"))
    assert "To be taken seriously" in shown and 'name="business_en"' not in shown


def test_of_two_who_write_the_second_is_told(lena, as_):
    lena.post("/strategy", data=SAID)

    answer = as_("anna").post("/strategy", data={**SAID, "business_en": "Growth"})

    assert answer.status_code == 409 and ">Growth</textarea>" in page(answer)
    assert kept().business["en"] == "Same day"


def test_a_sentence_that_is_too_long_is_named(lena):
    answer = lena.post("/strategy", data={**SAID, "brand_en": "x" * 301})

    assert answer.status_code == 422 and "too long" in page(answer) and "Same day" in page(answer)
    assert kept() is None


def test_a_principle_is_lived_as_its_standards_are_met(lena, emil, olga, app, journey):
    add(lena, name_en="Your time counts", meaning_zh="时间宝贵")
    tie(lena)
    assert "one standard serves it" in page(lena.get("/strategy"))
    for number in range(6):
        visit = a_visit(journey, site_id="1" if number < 5 else "3")
        seen = an_observation(journey, visit, "payment", standards={"within_10min": "met" if number else "not_met"})
        olga.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
    work(app)

    shown = page(emil.get("/strategy"))

    assert "4 of 5" in shown and "Main" in shown and "Nursing" in shown, "competitors live no principle of ours"
    assert "Olga" not in shown
    find_person("lena@test.example").sites = [site(1)]
    db.session.commit()
    assert "4 of 5" not in page(lena.get("/strategy"))


def test_ties_survive_a_file_brought_back(lena):
    add(lena, name_en="Your time counts")
    tie(lena)
    raw = lena.get("/journeys/1/journey.csv").data
    lena.post("/journeys/1/file", data={"file": (io.BytesIO(raw), "j.csv"), "revision": "0"})

    assert "Nothing differs" in page(lena.get("/journeys/1/publish"))


def test_a_department_that_is_none_is_not_kept(lena):
    said = {**fields(lena, "payment"), "department": "999"}
    lena.post("/journeys/1/touchpoints/payment", data=said)
    db.session.rollback()
    lena.post("/journeys/1/publish", data={"revision": db.session.get(JourneyDraft, 1).revision})

    db.session.rollback()
    assert db.session.query(Touchpoint).filter_by(key="payment").one().department_id is None
    assert lena.post("/journeys/1/touchpoints/payment", data={**said, "department": "x"}).status_code in (409, 422)


def test_principles_are_changed_and_taken_out(lena):
    add(lena, name_en="Your time counts")
    lena.post("/strategy/principles/1", data={"name_en": "Time is yours"})
    assert "Time is yours" in page(lena.get("/strategy"))
    assert lena.post("/strategy/principles/1", data={"name_en": " "}).status_code == 422

    lena.post("/strategy/principles/1", data={"do": "retire"})

    assert "Time is yours" not in page(lena.get("/strategy"))
    assert lena.post("/strategy/principles/1", data={"name_en": "x"}).status_code == 404


@pytest.mark.parametrize("said", [{}, {"name_en": " \x00"}, {"name_en": "x" * 301}])
def test_principles_that_are_none(lena, said):
    assert add(lena, **said).status_code == 422
    db.session.rollback()
    assert db.session.query(Principle).count() == 0


def test_twenty_are_enough(lena):
    for number in range(20):
        add(lena, name_en=str(number))

    assert add(lena, name_en="one more").status_code == 422


def test_what_is_wrong_stands_at_its_field(lena):
    long = lena.post("/strategy", data={**SAID, "brand_en": "x" * 301})
    assert error_at(long, "brand_en") == "This is too long; 300 signs at most." and error_at(long, "brand_zh") == ""
    assert (typed_in(long, "brand_en"), typed_in(long, "business_en")) == ("x" * 301, "Same day")
    add(lena, name_en="Your time counts")

    nameless = lena.post("/strategy/principles/1", data={"name_en": " ", "meaning_en": "Waits are short"})

    assert error_at(nameless, "name_en") == "Fill in a name in one language at least."
    assert typed_in(nameless, "meaning_en") == "Waits are short"
    assert (error_at(nameless, "name_en", 1), typed_in(nameless, "meaning_en", 1)) == ("", ""), "the new one is another"


def test_who_may(olga, emil):
    assert olga.get("/strategy").status_code == 403
    assert emil.post("/strategy", data=SAID).status_code == 403
