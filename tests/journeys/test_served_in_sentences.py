"""Sentences of the desk and of letters call whom a journey serves by its word, whole, in both languages."""

from __future__ import annotations

import re

import pytest

from shadowing.core.database import db, writing
from shadowing.core.vocabulary import SERVED
from shadowing.journeys import packs
from shadowing.journeys.models import Journey
from shadowing.journeys.served import served
from shadowing.journeys.wording import served_forms
from shadowing.people.accounts import organisation
from shadowing.planning.plans.letters import plan_letter
from shadowing.visits.models.plan import Plan
from tests.authoring.editor.test_editor import fields, publish
from tests.conftest import person
from tests.planning.plans.test_plans_api import me, planned
from tests.test_templates import SERVED_GAPS, catalogue

LANGUAGES = {"en": "en", "zh": "zh-CN"}
#: path -> what stands there.
PAGES = {
    "en": lambda who: {
        "/journeys/{id}": f"What {who['the']} wants in the end",
        "/areas?journey={id}": f"Shadow a {who['one']}",
        "/summary?journey={id}": f"Shadow a {who['one']}",
        "/plan?journey={id}": f"How {who['the']} is called",
    },
    "zh": lambda who: {
        "/journeys/{id}": f"{who['the']}最终想要的",
        "/journeys/{id}/personas": f"各类{who['many']}体验如何",
        "/areas?journey={id}": f"陪一位{who['one']}走一趟",
        "/summary?journey={id}": f"陪一位{who['one']}走一趟",
        "/plan?journey={id}": f"怎样称呼{who['the']}",
    },
}
GAP = re.compile(r"%\((\w+)\)s")
CUSTOMER = re.compile("customer|客户", re.I)
#: What may say customer 客户 whoever is served, and why.
GENERAL = {
    # The choice of the word itself, which names the one that is there without a choice.
    "On posters and phones; with “customers” each journey says it itself",
    # The three kinds a persona is of: external customers, colleagues, partners.
    "Whom the journey is for: customers, colleagues and partners, what each needs, "
    "and where it goes differently for them.",
    # 客户体验指数 is the name of the CX index.
    "It counts with %(points)s in the CX index, which weighs all three levels.",
    # 客户画像 is the Chinese for a persona, as the field says it.
    "A journey has 300 touchpoints and 40 personas at most, a touchpoint 30 standards. Nothing was added.",
    "Add a persona",
    "All personas",
    "No needs are written yet. Write them at a persona, then say at each touchpoint whose needs it serves.",
    "No persona has this id.",
    "No persona yet.",
    "Persona",
    "Personas",
    "Personas and scenarios",
    "Personas and their needs: %(before)s → %(after)s personas.",
    "This persona does not belong to the journey.",
    "“%(value)s” stands nowhere above as a touchpoint or persona.",
}


def forms(message):
    """(language, text) of each way a message of the catalogue is said."""
    for language, said in (("en", message.id), ("zh", message.string)):
        for text in said if isinstance(said, tuple) else (said,):
            yield language, text


def about_whoever_is_served():
    """Messages with a gap for the person, in either language; a tension between `one` lens and the `other` is none."""
    for message in catalogue():
        gaps = {gap for _, text in forms(message) for gap in GAP.findall(text)}
        if gaps & SERVED_GAPS and "other" not in gaps:
            yield message


def test_nothing_else_says_customer():
    found = {message.id for message in catalogue() if any(CUSTOMER.search(text) for _, text in forms(message))}

    assert found - {""} == GENERAL


@pytest.mark.parametrize("pack", packs.available())
def test_every_sentence_is_whole_for_every_pack(pack):
    person, rendered = SERVED[packs.load(pack)["served"]], 0
    for message in about_whoever_is_served():
        for language, text in forms(message):
            gaps = dict.fromkeys(GAP.findall(text), "3")
            said = text % (gaps | served_forms(person, language))
            word = person["zh"] if language == "zh" else person["en"]["one"]
            if set(gaps) & SERVED_GAPS:
                assert word in said.lower(), said
                rendered += 1
            assert not re.search(r"%\(|\b[Aa] [aeiou]|[.!?] [a-z]| {2}", said), said
            assert word in ("customer", "客户") or not CUSTOMER.search(said), said

    assert rendered > 80


def test_forms_begin_a_sentence_in_english_and_are_one_in_chinese():
    guests = served_forms(SERVED["guests"], "en")

    assert (guests["The"], guests["Many"], guests["possessive"]) == ("The guest", "Guests", "the guest’s")
    assert set(served_forms(SERVED["guests"], "zh").values()) == {"宾客"}
    assert guests.keys() == served_forms(SERVED["guests"], "zh").keys() == SERVED_GAPS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pack", packs.available())
def test_pages_of_a_journey_take_its_word(lena, pack, language):
    lena.post("/journeys", data={"source": pack})
    id = db.session.scalars(db.select(db.func.max(Journey.id))).one()
    who = served_forms(SERVED[packs.load(pack)["served"]], language)

    assert served(id, of=language) == who
    for path, sentence in PAGES[language](who).items():
        page = lena.get(path.format(id=id), headers={"Accept-Language": LANGUAGES[language]}).text
        assert sentence in page, path


@pytest.mark.parametrize(
    ("locale", "asked"), [("en", "asks you to shadow a patient along"), ("zh", "中陪同一位患者：")]
)
def test_a_letter_takes_the_word_in_its_readers_language(lena, journey, locale, asked):
    planned(lena, journey, observer_id=me("olga"))
    with writing():
        observer = person("olga")
        observer.locale = locale
        _subject, text = plan_letter(db.session.query(Plan).one(), observer, "Lena")

    assert asked in text


def test_what_is_written_of_a_journey_counts_in_its_editor_and_elsewhere_once_published(lena):
    lena.post("/journeys/1/whole", data={**fields(lena, ""), "served": "guests"})

    assert "What the guest wants in the end" in lena.get("/journeys/1").text
    assert served(1)["one"] == "patient"
    publish(lena)
    assert served(1)["one"] == "guest"


def test_the_organisations_word_goes_before_a_journeys_and_stands_where_there_is_none(lena):
    assert (served()["one"], served(1)["one"], served(10**6)["one"]) == ("customer", "patient", "customer")
    with writing():
        home = organisation()
        home.served = "members"
        db.session.add(home)
        db.session.commit()

    assert {served()["one"], served(1)["one"], served(of="en")["one"]} == {"member"}
    assert served(1, of="zh")["many"] == "会员"
    assert "walked with a member" in lena.get("/participation").text
    assert "Shadow a member" in lena.get("/areas").text
