"""A period that reaches back before the window is a fit of its own, made by the worker and kept (DECISIONS 19)."""

import re
from dataclasses import replace

import pytest

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.people.zones import home_zone
from shadowing.scoring import periods
from shadowing.scoring.fitting import rows_of
from shadowing.scoring.load_panel import load_panel
from shadowing.scoring.models import AreaResult, AreaScore, JourneyResult, PanelFit, PeriodFit
from shadowing.scoring.statistics.scoring import fit
from shadowing.visits.models.totals import Panel
from tests.conftest import a_visit, an_observation, days_ago, work


def see(client, journey, ratings, days, site="1"):
    for rating in ratings:
        at = days_ago(days).isoformat()
        visit = a_visit(journey, site_id=site, started_at=at)
        seen = an_observation(journey, visit, "payment", utility=rating, observed_at=at)
        answer = client.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
        assert answer.status_code == 200


@pytest.fixture
def payment(olga, otto, journey, app):
    """Bad lately, good eight months ago: five ratings each, at Main and once at East."""
    see(olga, journey, (1, 1, 2, 1), 10)
    see(otto, journey, (1,), 12, site="2")
    see(otto, journey, (5, 5, 4, 5, 5), 240)
    work(app)
    return db.session.query(AreaScore).filter_by(scope="", level="utility").one()


def since(days=300):
    return clock.day_at(days_ago(days), home_zone()).isoformat()


def level(client, area, **asked):
    return client.get(f"/api/v1/areas/{area}", query_string=asked).get_json()["levels"]["utility"]


def ask(client, app, day):
    answer = client.post("/api/v1/areas/period", query_string={"since": day})
    assert (answer.status_code, answer.get_json()["state"]) == (202, "computing")
    work(app)


def test_until_it_is_asked_for_api_and_pages_say_so(payment, lena):
    for path in ("/api/v1/areas", f"/api/v1/areas/{payment.area_id}"):
        answer = lena.get(path, query_string={"since": since()})
        assert (answer.status_code, answer.get_json()["code"], answer.get_json()["state"]) == (
            409,
            "period_not_ready",
            "none",
        )
    for path in ("/areas", f"/areas/{payment.area_id}"):
        page = lena.get(path, query_string={"since": since()}).get_data(as_text=True)
        assert "Work it out" in page and "http-equiv" not in page
        assert "It scores" not in page, "nothing of the window under the name of a longer period"
    assert db.session.query(PeriodFit).count() == 0, "reading writes nothing"


def test_asked_for_on_the_page_it_comes_back_by_itself(payment, lena, app):
    html = lena.get(f"/areas/{payment.area_id}", query_string={"since": since(), "site": "1"}).get_data(as_text=True)
    [address] = re.findall(r'action="(/areas/period\?[^"]*)"', html)
    answer = lena.post(address.replace("&amp;", "&"))
    assert answer.status_code == 303
    assert {f"since={since()}", "site=1"} <= set(answer.location.partition("?")[2].split("&"))
    waiting = lena.get(answer.location).get_data(as_text=True)
    assert '<meta http-equiv="refresh"' in waiting and "comes back by itself" in waiting
    assert lena.get("/api/v1/areas", query_string={"since": since()}).get_json()["state"] == "computing"
    work(app)
    ready = lena.get(answer.location).get_data(as_text=True)
    assert "It scores" in ready or "So far it scores" in ready
    assert "http-equiv" not in ready


def test_the_fit_holds_every_row_since_that_day(payment, lena, app):
    ask(lena, app, since())
    whole, window = level(lena, payment.area_id, since=since()), level(lena, payment.area_id)
    assert (whole["n"], window["n"]) == (10, 5)
    panel = db.session.query(Panel).filter_by(kind="live").one()
    direct = fit(rows_of(load_panel(panel, days_ago(300)).rows, "utility"))
    assert whole["score"] == pytest.approx(direct.scores[0])
    assert whole["se"] == pytest.approx(direct.errors[0])
    at_main = level(lena, payment.area_id, since=since(), site="1")
    assert at_main["n"] == 9
    listed = lena.get("/api/v1/areas", query_string={"since": since()}).get_json()["areas"]
    [here] = [area for area in listed if area["id"] == str(payment.area_id)]
    assert here["levels"]["utility"] == whole
    page = lena.get(f"/areas/{payment.area_id}/observations", query_string={"since": since()}).get_data(as_text=True)
    assert page.count('<article class="seen">') == 10
    assert lena.get("/areas", query_string={"since": since()}).status_code == 200


def test_a_persona_is_a_part_of_it(payment, lena, app):
    ask(lena, app, since())
    answer = lena.get(f"/api/v1/areas/{payment.area_id}", query_string={"since": since(), "scenario": "Never"})
    assert answer.get_json()["levels"] == {}
    assert lena.get(f"/areas/{payment.area_id}", query_string={"since": since(), "persona": "1"}).status_code == 200


def test_it_is_dropped_when_rows_change_and_leaves_nothing(payment, lena, olga, journey, app):
    ask(lena, app, since())
    assert db.session.query(AreaScore).filter(AreaScore.scope.like("since:%")).count()
    see(olga, journey, (3,), 1)
    work(app)
    for model in (AreaScore, AreaResult, PanelFit, JourneyResult):
        assert not db.session.query(model).filter(model.scope.like("since:%")).count()
    assert lena.get("/api/v1/areas", query_string={"since": since()}).get_json()["state"] == "none"
    ask(lena, app, since())
    assert level(lena, payment.area_id, since=since())["n"] == 11


def test_only_so_many_are_kept(payment, lena, app):
    days = [since(200 + days) for days in range(periods.MOST_KEPT + 2)]
    for day in days:
        ask(lena, app, day)
    assert {each.day for each in db.session.query(PeriodFit)} == set(days[2:])
    scopes = {scope.split("/")[0] for (scope,) in db.session.query(AreaScore.scope).distinct() if "since" in scope}
    assert scopes == {f"since:{day}" for day in days[2:]}


def test_what_changed_meanwhile_is_read_again(payment, lena, app, monkeypatch):
    read = periods.load_state

    def read_while_another_writes(panel_id, *moments):
        state = read(panel_id, *moments)
        return replace(state, generation=state.generation - 1)

    monkeypatch.setattr(periods, "load_state", read_while_another_writes)
    lena.post("/api/v1/areas/period", query_string={"since": since()})
    panel = db.session.query(Panel).filter_by(kind="live").one()
    db.session.rollback()
    with pytest.raises(periods.ChangedMeanwhile):
        periods.compute({"panel": panel.id, "day": since()})
    assert not db.session.query(AreaScore).filter(AreaScore.scope.like("since:%")).count()


def test_given_up_it_can_be_asked_for_again(payment, lena):
    lena.post("/api/v1/areas/period", query_string={"since": since()})
    db.session.rollback()
    panel = db.session.query(Panel).filter_by(kind="live").one().id
    db.session.rollback()
    periods.gave_up({"panel": panel, "day": since()}, 1)
    assert lena.get("/api/v1/areas", query_string={"since": since()}).get_json()["state"] == "none"


def test_a_period_inside_the_window_needs_no_asking(payment, lena, olga):
    answer = lena.post("/api/v1/areas/period", query_string={"since": since(90)})
    assert (answer.status_code, answer.get_json()["state"]) == (200, "ready")
    assert lena.post("/api/v1/areas/period", query_string={"since": "yesterday"}).status_code == 422
    assert lena.post("/areas/period", query_string={"since": since(90), "area": "x"}).status_code == 303
    assert olga.post("/areas/period", query_string={"since": since()}).status_code == 403


def test_before_anything_was_seen_there_is_nothing_to_wait_for(lena, journey):
    assert lena.get("/api/v1/areas", query_string={"since": since()}).status_code == 200
    assert lena.post("/api/v1/areas/period", query_string={"since": since()}).status_code == 200


def test_comparing_does_not_take_the_period(payment, lena, app):
    ask(lena, app, since())
    found = lena.get("/api/v1/areas/compare", query_string={"since": since(), "compare": "channel"}).get_json()
    assert found == lena.get("/api/v1/areas/compare", query_string={"compare": "channel"}).get_json()


@pytest.mark.parametrize("path", ["/plan", "/improvements", "/summary", "/areas/compare", "/api/v1/coverage"])
def test_pages_without_scores_of_a_period_need_no_fit(payment, lena, path):
    assert lena.get(path, query_string={"since": since()}).status_code == 200
    if path == "/api/v1/coverage":
        counted = {days: _customers(lena.get(path, query_string={"since": since(days)})) for days in (300, 90)}
        assert counted == {300: 10, 90: 5}, "what was seen is counted as far back as it is asked for"


def _customers(answer):
    return max(cell["visits"] for cell in answer.get_json()["cells"])
