"""The card of the index and the API: the same windows, target and peers from the same figures."""

import pytest

from tests.conftest import work
from tests.scoring.test_trends import half_a_year, sees


def index(client):
    return client.get("/api/v1/summary").get_json()["index"]


def test_a_year_on_the_card_and_in_the_api(olga, otto, lena, emil, app, journey):
    half_a_year(olga, otto, journey)
    figure = {"name": "Hospitals", "value": "20", "scale": "index", "day": "2026-03-01", "source": "Yearbook"}
    lena.post("/goals/benchmark/1", data=figure)
    work(app)

    said = index(emil)

    before, newest = said["windows"]
    assert said["trend"] == before["trend"] == "up" and newest["trend"] is None
    assert newest["value"] == said["value"] and before["value"] == pytest.approx(said["value"] - said["change"])
    assert said["change_low"] < said["change"] < said["change_high"]
    assert before["low"] == pytest.approx(said["value"] - said["change_high"])
    assert said["target"] == pytest.approx(70.3, abs=0.5), "places of this pack have targets of their own"
    assert said["peers"]["standing"] == "above" and said["peers"]["p_above"] > 0.9
    shown = emil.get("/summary").get_data(as_text=True)
    assert "2 windows of 90 days" in shown and "<b>Up " in shown
    assert "<b>Above “" in shown and "Yearbook" in shown and "target 70" in shown and "peers 20" in shown


def test_before_there_is_a_second_window_a_day_is_named(olga, emil, app, journey):
    for number in range(6):
        sees(olga, journey, 5 + number)
    work(app)

    assert (index(emil)["change"], len(index(emil)["windows"]), index(emil)["peers"]) == (None, 1, None)
    shown = emil.get("/summary").get_data(as_text=True)
    assert "No trend yet: from " in shown and "Provisional" in shown and "target 70" in shown
