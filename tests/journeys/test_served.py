"""The word for the person served: from the pack, the journey, or the organisation; phones carry its forms."""

from __future__ import annotations

import io
import json

import pytest

from shadowing.core.database import db, writing
from shadowing.core.vocabulary import SERVED
from shadowing.journeys import packs
from shadowing.people.accounts import organisation
from tests.authoring.editor.test_editor import fields, kept, publish

PATIENT = {
    "en": {"one": "patient", "many": "patients", "the": "the patient", "possessive": "the patient’s"},
    "zh": "患者",
}


def person(client, number=0):
    return client.get("/api/v1/carry").get_json()["journeys"][number]["person"]


def save_whole(client, **changed):
    answer = client.post("/journeys/1/whole", data={**fields(client, ""), **changed})
    assert answer.status_code == 303


def test_every_pack_says_whom_it_serves():
    served = {slug: packs.load(slug)["served"] for slug in packs.available()}

    assert set(served.values()) <= SERVED.keys()
    assert (served["hospital_outpatient"], served["hotel"], served["retail_store"]) == (
        "patients",
        "guests",
        "shoppers",
    )


@pytest.mark.parametrize("pack", packs.available())
def test_phones_carry_the_words_of_the_pack(lena, olga, pack):
    lena.post("/journeys", data={"source": pack})

    assert person(olga, -1) == SERVED[packs.load(pack)["served"]]


def test_a_journey_of_before_is_called_as_its_pack_is(olga):
    assert person(olga) == PATIENT


def test_a_lead_may_choose_another_word_and_it_is_said_before_publishing(lena, olga):
    save_whole(lena, served="guests")
    assert "called otherwise" in lena.get("/journeys/1/publish").text
    publish(lena)

    assert person(olga) == SERVED["guests"]


def test_the_organisations_own_word_goes_before_every_journeys(olga):
    with writing():
        home = organisation()
        home.served = "members"
        db.session.add(home)
        db.session.commit()

    assert person(olga) == SERVED["members"]


def test_beginners_may_be_asked_less(lena, olga):
    assert "short" not in olga.get("/api/v1/carry").get_json()["journeys"][0]
    save_whole(lena, short="yes")
    publish(lena)
    assert olga.get("/api/v1/carry").get_json()["journeys"][0]["short"] is True

    save_whole(lena, short="")
    publish(lena)
    assert "short" not in olga.get("/api/v1/carry").get_json()["journeys"][0]


@pytest.mark.parametrize("kind", ["json", "csv", "xlsx"])
def test_files_of_a_journey_keep_both(lena, olga, kind):
    save_whole(lena, served="citizens", short="yes")
    publish(lena)
    raw = lena.get(f"/journeys/1/journey.{kind}").get_data()
    lena.post("/journeys", data={"file": (io.BytesIO(raw), f"journey.{kind}")})
    made = olga.get("/api/v1/carry").get_json()["journeys"][1]

    assert (made["served"], made["short"]) == ("citizens", True)


@pytest.mark.parametrize("said", ["customers'", "robots", 7])
def test_a_word_nobody_knows_is_refused_by_a_file_and_left_out_by_a_page(lena, said):
    raw = json.loads(lena.get("/journeys/1/journey.json").get_data()) | {"served": said}
    answer = lena.post("/journeys", data={"file": (io.BytesIO(json.dumps(raw).encode()), "journey.json")})
    save_whole(lena, served=str(said))

    assert answer.status_code == 422
    assert kept().document["served"] == "patients"
