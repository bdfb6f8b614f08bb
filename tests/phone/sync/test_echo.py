"""What became of what I noted, and how my eye compares: told to nobody else."""

from __future__ import annotations

import pytest

from shadowing.backlog.models import Improvement
from shadowing.core.database import db
from tests.conftest import a_visit, an_observation, person, work

PLACES = ("payment", "booking", "pharmacy", "greeting", "consultation", "waiting_room")


def send(client, journey, visit, ratings, **words):
    observations = [an_observation(journey, visit, key, utility=value, **words) for key, value in ratings.items()]
    answer = client.post("/api/v1/sync", json={"visits": [visit], "observations": observations})
    assert {result["status"] for result in answer.get_json()["results"]} == {201}


def echo(client):
    answer = client.get("/api/v1/echo")
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    return answer.get_json()


@pytest.fixture
def places(journey):
    keys = [t["key"] for stage in journey["stages"] for t in stage["touchpoints"]]
    return [key for key in PLACES if key in keys] + [key for key in keys if key not in PLACES][:6]


def test_an_observer_sees_what_became_of_it_step_by_step(olga, otto, lena, journey, app):
    for client, words in ((olga, "No sign at the lift."), (otto, "Nobody knew.")):
        for _ in range(4):
            send(client, journey, a_visit(journey), {"payment": 1, "greeting": 5}, note=words)
    work(app)
    item = db.session.query(Improvement).one()

    (noted,) = echo(olga)["items"]
    assert (noted["step"], noted["others"], noted["place"]["en"]) == ("noted", 1, item.area.touchpoint.name["en"])
    for state, more, step in (
        ("accepted", {"owner": str(person("olga").id)}, "in_work"),
        ("in_progress", {}, "in_work"),
        ("shipped", {}, "in_work"),  # whoever looks again shall not know (DECISIONS 41)
    ):
        revision = lena.get(f"/api/v1/improvements/{item.id}").get_json()["revision"]
        answer = lena.patch(f"/api/v1/improvements/{item.id}", json={"revision": revision, "state": state, **more})
        assert answer.status_code == 200, answer.get_json()
        assert echo(olga)["items"][0]["step"] == step
    assert echo(olga)["items"][0]["state"] == "in_progress"


def test_whoever_noted_nothing_hears_nothing(olga, otto, journey, app):
    for _ in range(3):
        send(olga, journey, a_visit(journey), {"payment": 1}, note="No sign.", serious="safety")
    work(app)

    assert echo(olga)["total"] > 0
    assert echo(otto) == {"items": [], "total": 0, "unreadable": [], "eye": None}


def test_no_word_and_no_name_of_another_observer_is_in_it(olga, otto, journey, app):
    for client, words in ((olga, "mine"), (otto, "a secret of Otto")):
        for _ in range(3):
            send(client, journey, a_visit(journey), {"payment": 1}, note=words, serious="health")
    work(app)

    answer = olga.get("/api/v1/echo").text

    assert "secret" not in answer and "Otto" not in answer


def test_an_eye_is_told_when_it_is_settled_and_points_the_right_way(olga, otto, journey, app, places):
    for _ in range(4):
        send(olga, journey, a_visit(journey), dict.fromkeys(places[:6], 5))
        send(otto, journey, a_visit(journey), dict.fromkeys(places[:6], 3))
    work(app)

    mild, harsh = echo(olga)["eye"], echo(otto)["eye"]

    assert mild["low"] < mild["value"] < mild["high"] and mild["value"] > 0.3
    assert harsh["value"] == pytest.approx(-mild["value"], abs=0.01)


def test_few_rows_or_few_places_say_nothing_about_an_eye(olga, otto, journey, app, places):
    for _ in range(3):
        send(olga, journey, a_visit(journey), dict.fromkeys(places[:4], 5))
        send(otto, journey, a_visit(journey), dict.fromkeys(places[:4], 3))
    work(app)

    assert echo(olga)["eye"] is None


def test_alone_there_is_nobody_to_compare_with(olga, journey, app, places):
    for _ in range(4):
        send(olga, journey, a_visit(journey), dict.fromkeys(places[:6], 5))
    work(app)

    assert echo(olga)["eye"] is None
