"""A lead is asked: take in what was seen off the map? Is this still the need?"""

from datetime import timedelta

import pytest

from shadowing.authoring.editor.models import NeedConfirmed, OffMapDecision
from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.journeys.models import JourneyVersion, Touchpoint
from shadowing.people.accounts import find_person
from tests.authoring.editor.test_editor import fields, html, kept, page, publish
from tests.conftest import a_visit, site, work


def off_the_map(client, journey, label, channel="place"):
    visit = a_visit(journey)
    seen = {
        "id": visit["id"][:-4] + "ffff",
        "visit_id": visit["id"],
        "touchpoint_id": None,
        "label": label,
        "channel": channel,
        "observed_at": visit["started_at"],
    }
    answer = client.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
    assert [each["status"] for each in answer.get_json()["results"]] == [201, 201]


def lift_thrice(olga, otto, journey):
    for client, label in ((olga, "Lift"), (olga, "lift"), (otto, "Lift")):
        off_the_map(client, journey, label)


def answer(client, **said):
    return client.post("/journeys/1/off-map", data={"label": "lift", "stage": "first", **said})


def test_taken_in_it_is_a_touchpoint_of_the_draft(lena, olga, otto, journey, app):
    off_the_map(olga, journey, "Lift")
    off_the_map(olga, journey, "lift")
    assert "Seen off the map" not in page(lena.get("/journeys/1"))
    off_the_map(otto, journey, "Lift")
    work(app)
    assert "Seen off the map" in page(lena.get("/journeys/1")) and "3 visits" in page(lena.get("/journeys/1"))

    place = answer(lena, do="take").location.partition("t=")[2].partition("#")[0]

    made = kept().document["stages"][1]["touchpoints"][-1]
    assert (made["key"], made["name"], made["channels"]) == (place, {"en": "Lift", "zh": "Lift"}, ["place"])
    assert "Seen off the map" not in page(lena.get("/journeys/1"))
    assert answer(lena, do="take").status_code == 404


def test_dismissed_it_is_not_proposed_again(lena, olga, otto, journey):
    lift_thrice(olga, otto, journey)

    answer(lena, do="dismiss")

    assert "Seen off the map" not in page(lena.get("/journeys/1"))
    db.session.rollback()
    assert db.session.query(OffMapDecision).one().decision == "dismissed"
    assert kept() is None


def test_what_is_on_the_map_by_now_is_not_proposed(lena, olga, otto, journey):
    for client in (olga, olga, otto):
        off_the_map(client, journey, "payment")

    assert "Seen off the map" not in page(lena.get("/journeys/1"))


def test_leads_see_their_own_sites_only(lena, olga, otto, journey):
    lift_thrice(olga, otto, journey)
    find_person("lena@test.example").sites = [site(1)]
    db.session.commit()

    assert "Seen off the map" not in page(lena.get("/journeys/1"))
    assert answer(lena, do="take").status_code == 404


@pytest.mark.parametrize("label", ["", "nothing", "\x00", "x" * 5000])
def test_proposals_that_are_none(lena, label):
    assert answer(lena, do="take", label=label).status_code == 404


def a_year_ago():
    long_ago = clock.now() - timedelta(days=400)
    with writing():
        db.session.query(Touchpoint).update({"created_at": long_ago})
        db.session.query(JourneyVersion).update({"published_at": long_ago})
        db.session.commit()


def test_after_a_year_a_lead_is_asked_whether_it_is_still_the_need(lena):
    assert "Is this still the need?" not in page(lena.get("/journeys/1?t=payment"))
    a_year_ago()
    shown = html(page(lena.get("/journeys/1?t=payment")))
    assert "Is this still the need?" in shown and "Pay once" in shown
    assert "needs have not been looked at for a year" in page(lena.get("/journeys/1"))

    assert lena.post("/journeys/1/need", data={"t": "payment"}).status_code == 303
    assert lena.post("/journeys/1/need", data={"t": ""}).status_code == 303

    assert "Is this still the need?" not in page(lena.get("/journeys/1?t=payment"))
    assert "Is this still the need?" not in page(lena.get("/journeys/1"))
    assert "Is this still the need?" in page(lena.get("/journeys/1?t=waiting_room"))
    assert lena.post("/journeys/1/need", data={"t": "payment"}).status_code == 404


def test_whoever_writes_a_need_anew_has_looked_at_it(lena):
    a_year_ago()
    said = fields(lena, "payment")
    lena.post("/journeys/1/touchpoints/payment", data={**said, "need_en": "Pay at home", "need_zh": "在家缴费"})
    publish(lena)

    assert "Is this still the need?" not in page(lena.get("/journeys/1?t=payment"))
    db.session.rollback()
    assert [each.touchpoint_key for each in db.session.query(NeedConfirmed)] == ["payment"]


def test_a_need_that_is_none(lena, olga):
    assert lena.post("/journeys/1/need", data={"t": "\x00"}).status_code == 404
    assert olga.post("/journeys/1/need", data={"t": ""}).status_code == 403
