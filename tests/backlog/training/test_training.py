"""Trainings: proposed where people hurt, planned as steps, followed by the standards they should lift."""

from datetime import timedelta

import pytest

from shadowing.backlog.models import Improvement
from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.journeys.models import Standard
from shadowing.people.models import Department
from shadowing.people.zones import home_zone
from tests.backlog.test_backlog import fresh, patch
from tests.conftest import a_visit, an_observation, days_ago, person, site, touchpoint, work
from tests.planning.plans.test_plan_pages import text_of
from tests.support.fields import error_at, typed_in

GREETS, NEXT = "greets_amount", "next_step"
HURT = [{"factor": "people", "effect": "hurt"}, {"factor": "personal", "effect": "hurt"}]


def look(client, journey, many=1, ago=0.0, key="payment", at=1, **fields):
    """So many visits to a touchpoint so many days ago."""
    for _ in range(many):
        moment = days_ago(ago + 0.1)
        visit = a_visit(journey, started_at=moment.isoformat(), site_id=str(at))
        seen = an_observation(journey, visit, key, **{"utility": 1, "usability": 2, "delight": 2, **fields})
        seen["observed_at"] = moment.isoformat()
        sent = client.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
        assert {each["status"] for each in sent.get_json()["results"]} == {201}


@pytest.fixture
def hurt(olga, otto, journey, app):
    """Payment fails; in six of eight low ratings people hurt it."""
    look(olga, journey, 4, ago=40, factors=HURT, standards={GREETS: "not_met", NEXT: "met"})
    look(otto, journey, 2, ago=40, factors=HURT[:1], standards={GREETS: "not_met"})
    look(otto, journey, 2, ago=40, factors=[{"factor": "process", "effect": "hurt"}], standards={GREETS: "met"})
    work(app)
    return db.session.query(Improvement).one()


def plan(client, item, **fields):
    data = {"what": "Greet and say the amount", "standards": [GREETS], **fields}
    return client.post(f"/improvements/{item.id}/training", data=data)


def the_step(item):
    return fresh(item).plan_steps[0]


@pytest.fixture
def planned(hurt, lena):
    assert plan(lena, hurt).status_code == 303
    return hurt


def change(client, item, **fields):
    step = the_step(item)
    data = {"what": step.what, "standards": step.training["standards"], "revision": step.revision, **fields}
    return client.post(f"/improvements/{item.id}/training/{step.id}", data=data)


def day(ago):
    return (clock.today(home_zone()) - timedelta(days=ago)).isoformat()


def links_to_observations(page, kind):
    """Addresses of the page's figures, as they stand in it."""
    return [
        part.split('"')[0].replace("&amp;", "&")
        for part in page.split('href="')
        if f"noted={kind}" in part.split('"')[0]
    ]


def test_where_people_hurt_it_is_said_with_its_figures_and_leads_to_what_was_seen(hurt, lena):
    for path in (f"/improvements/{hurt.id}", "/improvements/training", f"/improvements/{hurt.id}/training"):
        page = text_of(lena.get(path))
        assert "In 6 of 8 low ratings people hurt it (at least 46%)." in page
        assert "6 of 8 observations" in text_of(lena.get(links_to_observations(page, "low")[0]))


def test_one_who_is_bound_to_a_site_reads_what_was_seen_there(hurt, lena, otto, journey):
    look(otto, journey, 5, at=2, factors=HURT)
    plan(lena, hurt)
    with writing():
        person("lena").sites = [site(1)]
        db.session.commit()
    page = text_of(lena.get("/improvements/training"))
    assert "never checked so far" in page, "what it should lift was checked elsewhere"
    assert "In 5 of 5 low ratings people hurt it" in page
    assert "5 observations" in text_of(lena.get(links_to_observations(page, "low")[0]))


def test_few_low_ratings_and_people_who_hurt_seldom_propose_nothing(olga, otto, lena, journey, app):
    look(olga, journey, 4, factors=HURT)
    assert "low ratings people hurt" not in text_of(lena.get("/improvements/training"))
    look(otto, journey, 12)
    work(app)
    item = db.session.query(Improvement).one()
    for path in ("/improvements/training", f"/improvements/{item.id}"):
        assert "low ratings people hurt" not in text_of(lena.get(path))


def test_a_training_is_a_step_of_the_plan_with_whom_it_is_for_and_what_it_should_lift(hurt, lena):
    nursing = db.session.query(Department).one()
    answer = plan(lena, hurt, departments=[str(nursing.id)], by="2099-02-01", who=str(person("otto").id), days="0.5")

    assert answer.location.endswith(f"/improvements/{hurt.id}#training")
    step = the_step(hurt)
    assert step.training == {"departments": [nursing.id], "standards": [GREETS], "held_on": None}
    assert (step.owner.name, step.due_on.isoformat(), step.days) == ("Otto", "2099-02-01", 0.5)
    page = text_of(lena.get(answer.location))
    assert "For Nursing, on 1 Feb" in page and "2 of 8 so far (9% to 54%)" in page
    assert "Lena planned the training" in page
    assert "A training may help" not in page, "one is planned"
    document = lena.get(f"/api/v1/improvements/{hurt.id}").get_json()["steps"][0]["training"]
    assert document == {"departments": [str(nursing.id)], "standards": [GREETS], "held_on": None}
    assert ",trainings," in text_of(lena.get("/improvements.csv")).splitlines()[0]


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("standards", []),
        ("standards", ["within_30min"]),
        ("departments", ["999"]),
        ("departments", ["x"]),
        ("what", ""),
        ("by", "soon"),
        ("who", "999"),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_typed_is_lost(hurt, lena, field, said):
    refused = plan(lena, hurt, **{"costs": "300", field: said})

    assert refused.status_code == 422
    assert typed_in(refused, "costs") == "300"
    if field in ("standards", "departments"):
        assert "Choose at least one standard" in text_of(refused) or "Choose departments" in text_of(refused)
    else:
        assert error_at(refused, field)
    assert fresh(hurt).plan_steps == []


def test_a_touchpoint_without_standards_leads_to_where_they_are_written(hurt, lena):
    with writing():
        for standard in db.session.query(Standard).filter_by(touchpoint_id=hurt.area.touchpoint_id):
            standard.retired_at = clock.now()
        db.session.commit()
    page = text_of(lena.get(f"/improvements/{hurt.id}/training"))
    assert "This touchpoint has no standards yet" in page
    assert "/journeys/1?t=payment" in page
    assert plan(lena, hurt).status_code == 422


def test_since_it_was_held_its_standards_are_followed_and_each_figure_leads_to_what_was_seen(
    planned, lena, olga, otto, journey
):
    assert change(lena, planned, held=day(20)).status_code == 303
    assert the_step(planned).done_by.name == "Lena"
    look(olga, journey, 3, ago=10, standards={GREETS: "met"})
    look(otto, journey, 1, ago=5, standards={GREETS: "not_seen"})
    page = text_of(lena.get("/improvements/training"))
    assert "held on" in page and "2 of 8 before (9% to 54%)" in page
    assert "3 of 3 since, too few to say" in page and "since (" not in page

    look(olga, journey, 8, ago=3, standards={GREETS: "met"})
    page = text_of(lena.get("/improvements/training"))
    assert "11 of 11 since (80% to 100%)" in page and "Kept more often since." in page
    assert "Of 1 standards 1 are kept more often since." in page
    before, since = links_to_observations(page, "training")
    assert "8 of 20 observations" in text_of(lena.get(before))
    assert "11 of 20 observations" in text_of(lena.get(since))
    assert "since the training" in text_of(lena.get(since))


def test_what_was_seen_on_the_day_itself_is_on_neither_side(planned, lena, olga, journey):
    change(lena, planned, held=day(20))
    moment = clock.moment_at(clock.parse_day(day(20)), clock.time_of(12 * 60), home_zone())
    look(olga, journey, 5, ago=(clock.now() - moment) / timedelta(days=1) - 0.1, standards={GREETS: "met"})
    page = text_of(lena.get(f"/improvements/{planned.id}"))
    assert "2 of 8 before" in page and "not checked since" in page


def test_ticked_after_its_date_it_counts_from_its_date(planned, lena):
    change(lena, planned, by=day(7))
    step = the_step(planned)
    lena.post(f"/improvements/{planned.id}/steps/{step.id}", data={"do": "done", "revision": step.revision})
    shown = clock.parse_day(day(7))
    assert f"held on {shown.day} " in text_of(lena.get(f"/improvements/{planned.id}"))


def test_a_day_that_is_none_or_lies_ahead_is_refused(planned, lena):
    for said in ("soon", "2999-01-01"):
        refused = change(lena, planned, held=said)
        assert (refused.status_code, typed_in(refused, "held")) == (422, said)
        assert error_at(refused, "held")
    assert the_step(planned).done_at is None


def test_who_comes_too_late_is_told_and_loses_nothing(planned, lena, anna):
    seen = the_step(planned).revision
    change(anna, planned, what="Greet first")
    late = change(lena, planned, revision=seen, what="Greet last")
    assert (late.status_code, typed_in(late, "what")) == (409, "Greet last")
    assert the_step(planned).what == "Greet first"


def test_taken_out_it_can_be_put_back_and_is_told_as_a_training(planned, lena):
    step = the_step(planned)
    address = f"/improvements/{planned.id}/steps/{step.id}"
    page = lena.get(lena.post(address, data={"do": "remove", "revision": step.revision}).location)
    assert "Put it back" in text_of(page)
    assert lena.get(f"/improvements/{planned.id}/training/{step.id}").status_code == 404
    lena.post(address, data={"do": "back"})
    assert the_step(planned).training["standards"] == [GREETS]
    page = text_of(lena.get(f"/improvements/{planned.id}"))
    assert "Lena took out the training" in page and "Lena put back the training" in page


def test_changed_as_a_step_it_stays_a_training(planned, lena):
    step = the_step(planned)
    data = {"do": "save", "revision": step.revision, "what": "Greet everybody"}
    lena.post(f"/improvements/{planned.id}/steps/{step.id}", data=data)
    assert (the_step(planned).what, the_step(planned).training["standards"]) == ("Greet everybody", [GREETS])


def test_sent_twice_it_is_planned_once(hurt, lena):
    for _ in range(2):
        assert plan(lena, hurt, form_id="one-and-the-same").status_code == 303
    assert len(fresh(hurt).plan_steps) == 1


def test_leads_plan_executives_read_and_observers_do_neither(planned, emil, olga, lena):
    assert plan(emil, planned).status_code == plan(olga, planned).status_code == 403
    assert emil.get("/improvements/training").status_code == 200
    assert "Plan a training" not in text_of(emil.get(f"/improvements/{planned.id}"))
    assert olga.get("/improvements/training").status_code == 403
    assert lena.get("/improvements/999/training").status_code == 404
    lena.post(f"/improvements/{planned.id}/steps", data={"what": "No training"})
    other = fresh(planned).plan_steps[1]
    assert lena.get(f"/improvements/{planned.id}/training/{other.id}").status_code == 404


def test_observations_are_asked_for_only_by_trainings_that_are_there(planned, lena, journey):
    step, area = the_step(planned), planned.area_id
    for noted in ("training:999~before.x", f"training:{step.id}~since.{GREETS}", f"training:{step.id}~before.{NEXT}"):
        assert lena.get(f"/areas/{area}/observations", query_string={"noted": noted}).status_code == 404, noted
    for noted in ("low:people~helped", "low:nobody~hurt", f"training:x~before.{GREETS}"):
        assert lena.get(f"/areas/{area}/observations", query_string={"noted": noted}).status_code == 404, noted


def test_a_phone_is_told_nothing_of_it(planned, olga, lena, journey):
    patch(lena, fresh(planned), state="accepted", owner=str(person("lena").id))
    assert touchpoint(journey, "payment")
    for path in ("/api/v1/carry", "/api/v1/echo"):
        assert "raining" not in text_of(olga.get(path)) and "Greet and say" not in text_of(olga.get(path))
