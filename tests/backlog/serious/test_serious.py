"""A serious failure is put right with the customer it happened to, in time; outside the statistics."""

from datetime import timedelta

import pytest

from shadowing.backlog.models import Improvement
from shadowing.backlog.serious.limits import due_at
from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.people.zones import home_zone
from tests.conftest import a_visit, an_observation, person, site, work
from tests.planning.plans.test_plan_pages import text_of
from tests.support.fields import error_at, typed_in


@pytest.fixture
def grave(olga, journey, app):
    visit = a_visit(journey)
    observation = an_observation(journey, visit, "consultation", serious="safety", note="Wrong name on the wristband.")
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [observation]})
    work(app)
    return db.session.query(Improvement).one()


def fresh():
    db.session.rollback()
    return db.session.query(Improvement).one()


def record(client, item, words="Called her the same day.", ago=timedelta(minutes=5), **fields):
    at = clock.local(clock.now() - ago, home_zone())
    data = {"on": at.date().isoformat(), "at": f"{at:%H:%M}", "words": words, **fields}
    return client.post(f"/improvements/{item.id}/put-right", data=data)


def run_out():
    with writing():
        fresh().right_due_at = clock.now() - timedelta(hours=1)
        db.session.commit()


def bind(name, number):
    with writing():
        person(name).sites = [site(number)]
        db.session.commit()


def test_safety_has_a_day_everything_else_three():
    now = clock.now()
    assert due_at("safety", now) - now == timedelta(hours=24)
    assert {due_at(kind, now) - now for kind in ("money", "health", "dignity", "broken_promise")} == {
        timedelta(hours=72)
    }


def test_the_clock_runs_from_when_it_is_known_and_the_lead_sees_it_at_once(grave, lena, emil):
    assert timedelta(hours=23) < grave.right_due_at - clock.now() <= timedelta(hours=24)
    for address in ("/improvements", "/improvements?view=board", f"/improvements/{grave.id}"):
        assert "ut right" in text_of(lena.get(address)), address
    assert "count-under" in lena.get("/goals").get_data(as_text=True)
    assert "count-under" not in emil.get("/goals").get_data(as_text=True)


def test_what_ran_out_is_told_on_every_page_of_a_lead_and_can_be_looked_up(grave, lena, emil):
    assert "in time" not in text_of(lena.get("/areas"))
    run_out()

    assert "A serious failure was not put right in time." in text_of(lena.get("/areas"))
    assert "A serious failure" not in text_of(emil.get("/areas"))
    owed = lena.get("/improvements?right=due")
    assert "overdue since" in text_of(owed)
    record(lena, grave)
    assert "in time" not in text_of(lena.get("/areas"))
    assert f"/improvements/{grave.id}" not in lena.get("/improvements?right=due").get_data(as_text=True)


def test_that_it_was_put_right_is_recorded_once_with_who_and_how(grave, lena, emil):
    state = grave.state
    assert record(lena, grave).status_code == 303

    item = fresh()
    assert (item.righted_by.name, item.righted_words, item.state) == ("Lena", "Called her the same day.", state)
    page = text_of(lena.get(f"/improvements/{grave.id}"))
    assert "Lena put it right with the patient." in page and "Called her the same day." in page
    again = record(lena, grave, "Again.")
    assert again.status_code == 409 and fresh().righted_words == "Called her the same day."
    assert record(emil, grave).status_code == 403


@pytest.mark.parametrize(
    ("field", "said"), [("words", ""), ("words", "x" * 2001), ("on", "soon"), ("at", "25:00"), ("on", "2999-01-01")]
)
def test_what_cannot_be_is_named_at_its_field(grave, lena, field, said):
    refused = record(lena, grave, **{field: said})

    assert refused.status_code == 422
    assert error_at(refused, "on" if field == "at" else field)
    assert typed_in(refused, field) == said
    assert fresh().righted_at is None


def test_a_lead_of_another_site_sees_no_clock_and_sets_none(grave, lena):
    bind("lena", 1)
    run_out()

    assert "count-under" not in lena.get("/improvements").get_data(as_text=True)
    assert "put-right" not in lena.get(f"/improvements/{grave.id}").get_data(as_text=True)
    assert record(lena, grave).status_code == 404
    assert f"/improvements/{grave.id}" not in lena.get("/improvements?right=due").get_data(as_text=True)

    bind("lena", 0)
    assert record(lena, grave, "Called her.").status_code == 303
    bind("lena", 1)
    assert "Called her." not in text_of(lena.get(f"/improvements/{grave.id}"))


def test_what_was_not_serious_has_no_clock(grave, lena):
    with writing():
        fresh().right_due_at = None
        db.session.commit()
    assert record(lena, grave).status_code == 404
