"""One filter: persona, scenario and period make a part of an area, pulled towards the whole (METHOD 1.8)."""

import re

import numpy as np
import pytest

from shadowing.core.database import db
from shadowing.scoring.models import ALL, AreaScore, PanelFit
from shadowing.scoring.statistics.equations import DEFAULT_VARIANCES
from shadowing.scoring.statistics.parts import combined
from tests.conftest import a_visit, an_observation, days_ago, person, work


@pytest.fixture
def payment(olga, otto, journey, app):
    """Payment seen seven times: by Olga in a hurry (1, 1, 2) and not (4, 4), by Otto not (5, 5), twenty days ago."""
    for client, scenario, ratings, days in (
        (olga, "In a hurry", (1, 1, 2), 3),
        (olga, None, (4, 4), 3),
        (otto, None, (5, 5), 40),
    ):
        for rating in ratings:
            more = {"scenario": scenario} if scenario else {}
            visit = a_visit(journey, started_at=days_ago(days).isoformat(), **more)
            seen = an_observation(journey, visit, "payment", utility=rating, observed_at=days_ago(days).isoformat())
            answer = client.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
            assert answer.status_code == 200
    work(app)
    return db.session.query(AreaScore).filter_by(scope=ALL, level="utility").one()


def level(client, area, **asked):
    return client.get(f"/api/v1/areas/{area}", query_string=asked).get_json()["levels"]["utility"]


def expected(whole, inside, outside):
    """METHOD 1.8 with what the fit says of the observers. inside, outside: (observer id, rating) each."""
    fit = db.session.query(PanelFit).filter_by(scope=ALL, level="utility").one()
    met = [
        np.mean([rating - fit.observers[str(who)] for who, rating in rows]) + fit.lenient for rows in (inside, outside)
    ]
    n = np.array([len(inside), len(outside)], dtype=float)
    variances = DEFAULT_VARIANCES.__class__(**fit.variances)
    scores, errors = combined(whole.score, whole.se, n, np.array(met), variances)
    return scores[0], errors[0]


def test_a_scenario_is_a_part_pulled_towards_the_whole(payment, lena):
    hers, his = (person(name).id for name in ("olga", "otto"))
    hurried = [(hers, 1), (hers, 1), (hers, 2)]
    others = [(hers, 4), (hers, 4), (his, 5), (his, 5)]

    part = level(lena, payment.area_id, scenario="In a hurry")
    score, error = expected(payment, hurried, others)

    assert (part["n"], part["raw_mean"]) == (3, pytest.approx(4 / 3, abs=1e-3))
    assert (part["score"], part["se"]) == (pytest.approx(score, abs=1e-4), pytest.approx(error, abs=1e-4))
    assert part["score"] < payment.score


def test_the_parts_average_to_the_whole(payment, lena):
    late = level(lena, payment.area_id, since=days_ago(10).date().isoformat())
    fit_rows = payment.n
    early_score = (fit_rows * payment.score - late["n"] * late["score"]) / (fit_rows - late["n"])

    assert late["n"] == 5
    assert late["score"] < payment.score < early_score


def test_a_period_that_holds_everything_is_the_whole(payment, lena):
    everything = level(lena, payment.area_id, since=days_ago(60).date().isoformat())
    assert everything["n"] == payment.n
    assert everything["score"] == pytest.approx(payment.score, abs=1e-4)


def test_list_area_and_observations_speak_of_the_same_part(payment, lena):
    asked = {"scenario": "In a hurry"}
    listed = lena.get("/api/v1/areas", query_string=asked).get_json()["areas"]
    [here] = [area for area in listed if area["id"] == str(payment.area_id)]
    assert here["levels"]["utility"] == level(lena, payment.area_id, **asked)

    shown = lena.get(f"/areas/{payment.area_id}", query_string=asked).get_data(as_text=True)
    assert "All 3 observations" in shown
    rows = lena.get(f"/areas/{payment.area_id}/observations", query_string=asked).get_data(as_text=True)
    assert rows.count('<article class="seen">') == 3


def test_the_filter_goes_along_into_every_link_and_can_be_taken_off(payment, lena):
    page = lena.get("/areas", query_string={"scenario": "In a hurry", "stage": "core"}).get_data(as_text=True)
    for target in (f"/areas/{payment.area_id}", "/improvements", "/plan", "/summary"):
        [address] = set(re.findall(rf'href="({target}\?[^"]*)"', page))
        assert "scenario=In+a+hurry" in address.replace("%20", "+")
        assert "stage=core" in address
    assert 'href="/areas?stage=core"' in page, "the chip of the scenario takes it off and leaves the stage"
    assert "Stage: not applied on this page" in lena.get("/plan?stage=core").get_data(as_text=True)


def test_what_nobody_saw_of_a_part_is_not_listed(payment, lena):
    page = lena.get("/areas", query_string={"scenario": "Never walked"})
    assert page.status_code == 200
    assert "Nothing to judge yet" in page.get_data(as_text=True)
    assert lena.get(f"/areas/{payment.area_id}", query_string={"scenario": "Never walked"}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [{"persona": "999"}, {"site": "x"}, {"persona": "9" * 40}, {"since": "yesterday"}, {"scenario": "\x00" * 300}],
)
@pytest.mark.parametrize("path", ["/areas", "/areas/{id}", "/areas/{id}/observations", "/plan", "/api/v1/areas"])
def test_nothing_a_filter_can_say_is_an_error_of_ours(payment, lena, query, path):
    answer = lena.get(path.format(id=payment.area_id), query_string=query)
    assert answer.status_code in (200, 404, 422)
    if "persona" in query and not path.startswith("/api"):
        assert "What the filter names is not there" in answer.get_data(as_text=True)


def test_the_number_of_a_part_is_explained_by_what_it_is_pulled_to(payment, lena):
    page = lena.get(f"/areas/{payment.area_id}", query_string={"scenario": "In a hurry"}).get_data(as_text=True)
    whole = round(25 * (payment.score - 1))
    assert f"few visits are pulled towards the score without this filter, {whole}:" in page


def test_what_is_on_watch_says_how_many_visits_decide(olga, otto, journey, lena, app):
    for client, rating in ((olga, 4), (otto, 3), (olga, 4), (otto, 4)):
        visit = a_visit(journey)
        seen = an_observation(journey, visit, "payment", utility=rating)
        client.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
    work(app)
    score = db.session.query(AreaScore).filter_by(scope=ALL, level="utility").one()
    assert score.verdict == "watch"

    page = lena.get(f"/areas/{score.area_id}").get_data(as_text=True)
    assert re.search(r"About \d+ more visits decide this one|Even 12 more visits would decide it in only", page)
    assert f"/plan?journey={journey['id']}" in page
