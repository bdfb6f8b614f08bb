"""A fix goes live: what it does is said, what it needs is asked, the visits stand in the plan; and it can be undone."""

import re

import pytest

from shadowing.core.database import db
from shadowing.journeys.models import AreaEpoch
from shadowing.visits.models.plan import Plan
from tests.backlog.test_after_a_fix import everything, see_again
from tests.backlog.test_backlog import failing, fresh, patch  # noqa: F401 - a fixture
from tests.conftest import a_visit, an_observation, person, work
from tests.support.fields import error_at


@pytest.fixture
def in_work(failing, lena, app):  # noqa: F811
    for step in ({"state": "accepted", "owner": str(person("olga").id)}, {"state": "in_progress"}):
        patch(lena, fresh(failing), **step)
    return failing


def page(client, item):
    return client.get(f"/improvements/{item.id}/live")


def filled(client, item, **said):
    form = page(client, item).get_data(as_text=True)
    values = dict(re.findall(r'name="(revision|shipped_on|visits|first_day|form_id)"[^>]*?value="([^"]*)"', form))
    return {**values, "everywhere": "y", "plan": "y", "reason": "Two windows are open.", **said}


def go_live(client, item, **said):
    return client.post(f"/improvements/{item.id}/live", data=filled(client, item, **said))


def verifying():
    db.session.rollback()
    return db.session.query(Plan).filter_by(kind="verify").order_by(Plan.starts_at).all()


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def test_what_it_does_is_said_before_it_is_done(in_work, lena):
    said = text(page(lena, in_work))

    assert "No score, verdict or count changes by this." in said
    assert re.search(r"\d+ visits by other people decide whether it worked", said)
    assert fresh(in_work).state == "in_progress"


def test_live_the_planned_visits_really_stand_in_the_plan(in_work, lena, app):
    assert go_live(lena, in_work).status_code == 303

    item, plans = fresh(in_work), verifying()
    assert (item.state, len(plans)) == ("shipped", item.planned_visits)
    assert {(plan.observer_id, plan.channel, plan.touchpoint_ids[0]) for plan in plans} == {
        (None, "counter", str(item.area.touchpoint_id))
    }
    assert item.events[-1].words == "Two windows are open."
    shown = text(lena.get(f"/improvements/{item.id}"))
    assert f"0 of {item.planned_visits} visits" in shown
    assert "none is planned" not in shown
    assert shown.count("Assign") >= len(plans)


def test_nothing_is_planned_when_it_is_not_wanted_and_that_is_said(in_work, lena):
    go_live(lena, in_work, plan="")

    assert verifying() == []
    item = fresh(in_work)
    assert f"It needs {item.planned_visits} visits, and none is planned." in text(lena.get(f"/improvements/{item.id}"))

    assert lena.post(f"/improvements/{item.id}/live/visits", data={"visits": "2"}).status_code == 303
    assert len(verifying()) == 2


def test_taken_back_everything_is_as_it_was_and_the_visits_are_cancelled(in_work, lena, app):
    work(app)
    before = everything(in_work)
    go_live(lena, in_work)
    work(app)
    item = fresh(in_work)

    answer = lena.post(f"/improvements/{item.id}/live/undo", data={"revision": item.revision})

    assert answer.status_code == 303
    work(app)
    assert everything(in_work) == before
    assert fresh(in_work).state == "in_progress"
    assert all(plan.cancelled_at for plan in verifying())


def test_once_somebody_has_seen_it_it_is_not_taken_back(in_work, lena, otto, journey, app):
    go_live(lena, in_work)
    work(app)
    item = fresh(in_work)
    visit = a_visit(journey)
    later = an_observation(journey, visit, "payment", utility=5)
    later["observed_at"] = "2999-01-01T00:00:00+00:00"
    otto.post("/api/v1/sync", json={"visits": [visit], "observations": [later]})
    work(app)

    answer = patch(lena, fresh(in_work), state="in_progress")

    assert (answer.status_code, answer.get_json()["code"]) == (422, "illegal_transition")
    assert "take it back" not in text(lena.get(f"/improvements/{item.id}"))


def test_the_number_of_visits_is_agreed_before_the_first_of_them(in_work, lena, otto, journey, app):
    go_live(lena, in_work, visits="5")
    assert fresh(in_work).planned_visits == 5
    assert patch(lena, fresh(in_work), planned_visits=4).status_code == 200
    epoch = db.session.get(AreaEpoch, (in_work.area_id, 2))
    assert (epoch.standing["planned"], epoch.standing["before"]["utility"]["planned"]) == (4, 4)

    see_again(otto, journey, app, rating=5)

    refused = patch(lena, fresh(in_work), planned_visits=3)
    assert (refused.status_code, refused.get_json()["errors"][0]["path"]) == (422, "planned_visits")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"visits": "2"}, "visits"),
        ({"visits": "many"}, "visits"),
        ({"shipped_on": "2999-01-01"}, "shipped_on"),
        ({"first_day": "never"}, "first_day"),
        ({"first_day": "1999-01-01"}, "first_day"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_nothing_is_done(in_work, lena, said, field):
    answer = go_live(lena, in_work, **said)

    assert answer.status_code == 422
    assert error_at(answer, field)
    assert "Two windows are open." in answer.get_data(as_text=True)
    assert (fresh(in_work).state, verifying()) == ("in_progress", [])


@pytest.mark.parametrize(
    ("sites", "told"), [("999", "Name at least one of your sites that are open."), (None, "Say where it is live.")]
)
def test_where_it_is_live_is_one_of_our_sites(in_work, lena, sites, told):
    answer = go_live(lena, in_work, everywhere="", **({"sites": sites} if sites else {}))

    assert answer.status_code == 422
    assert told in text(answer)
    assert fresh(in_work).state == "in_progress"


def test_somebody_else_was_quicker(in_work, lena):
    sent = filled(lena, in_work)
    patch(lena, fresh(in_work), title="Second window")

    answer = lena.post(f"/improvements/{in_work.id}/live", data=sent)

    assert answer.status_code == 409
    assert fresh(in_work).state == "in_progress"


def test_a_pilot_is_proven_where_it_is_live_and_then_rolled_out(in_work, lena, otto, journey, app):
    go_live(lena, in_work, everywhere="", sites="1", visits="3")
    item = fresh(in_work)
    assert {plan.site_id for plan in verifying()} == {1}
    assert "So far it is live at" in text(lena.get(f"/improvements/{item.id}"))
    assert patch(lena, item, state="verified").status_code == 422

    for at in ("2", "2", "2", "1", "1", "1"):
        visit = a_visit(journey, site_id=at)
        later = an_observation(journey, visit, "payment", utility=1 if at == "2" else 5)
        later["observed_at"] = "2999-01-01T00:00:00+00:00"
        otto.post("/api/v1/sync", json={"visits": [visit], "observations": [later]})
    work(app)

    assert fresh(in_work).state == "verified", "the other site's bad ratings are none of the pilot's"
    assert "Roll it out" in text(lena.get(f"/improvements/{item.id}"))
    go_live(lena, in_work)
    assert fresh(in_work).state == "shipped"
    assert "sites" not in db.session.get(AreaEpoch, (in_work.area_id, 3)).standing


def test_only_leads_say_that_it_is_live(in_work, otto, emil):
    for client in (otto, emil):
        assert page(client, in_work).status_code == 403
        assert client.post(f"/improvements/{in_work.id}/live", data={}).status_code == 403
