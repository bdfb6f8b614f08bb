"""The plan as a checklist: added, changed, ticked, moved, taken out, put back; the same plan as text by the API."""

from datetime import timedelta

import pytest

from shadowing.backlog.models import Improvement, ImprovementStep
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.people.accounts import organisation
from shadowing.people.zones import home_zone
from tests.backlog.test_backlog import failing, fresh, patch  # noqa: F401
from tests.conftest import person
from tests.planning.plans.test_plan_pages import text_of
from tests.support.fields import error_at, typed_in


def add(client, item, what="Two windows more", **fields):
    return client.post(f"/improvements/{item.id}/steps", data={"what": what, **fields})


def do(client, item, step, deed, **fields):
    data = {"do": deed, "revision": step.revision, **fields}
    return client.post(f"/improvements/{item.id}/steps/{step.id}", data=data)


def plan(item):
    return [step.what for step in fresh(item).plan_steps]


def step(item, what):
    return next(each for each in fresh(item).steps if each.what == what)


@pytest.fixture
def planned(failing, lena):  # noqa: F811
    for what in ("Ask the staff", "Two windows more", "Tell everybody"):
        assert add(lena, failing, what).status_code == 303
    return fresh(failing)


def test_steps_stand_in_the_order_they_were_added(planned):
    assert plan(planned) == ["Ask the staff", "Two windows more", "Tell everybody"]


def test_a_step_has_its_owner_its_day_and_what_it_takes(failing, lena):  # noqa: F811
    add(lena, failing, who=str(person("otto").id), by="2027-02-01", days="2.5", costs="300")

    made = step(failing, "Two windows more")
    assert (made.owner.name, made.due_on.isoformat(), made.days, made.cost) == ("Otto", "2027-02-01", 2.5, 300)
    page = text_of(lena.get(f"/improvements/{failing.id}"))
    assert "Otto" in page and "2.5 person-days" in page


@pytest.mark.parametrize(
    ("field", "said"),
    [("what", ""), ("what", "x" * 501), ("by", "soon"), ("days", "-1"), ("costs", "much"), ("who", "999")],
)
def test_what_does_not_fit_is_named_at_its_field_and_nothing_typed_is_lost(failing, lena, field, said):  # noqa: F811
    refused = add(lena, failing, **{"what": "Two windows more", "costs": "3", field: said})

    assert refused.status_code == 422
    assert error_at(refused, field)
    assert typed_in(refused, "what") == (
        "" if (field, said) == ("what", "") else "x" * 501 if field == "what" else "Two windows more"
    )
    assert plan(failing) == []


def test_ticking_says_who_and_when_and_saying_it_again_changes_nothing(planned, lena):
    ticked = step(planned, "Ask the staff")
    assert do(lena, planned, ticked, "done").status_code == 303
    first = step(planned, "Ask the staff").done_at
    assert do(lena, planned, ticked, "done").status_code == 303

    again = step(planned, "Ask the staff")
    assert (again.done_at, again.done_by.name) == (first, "Lena")
    do(lena, planned, again, "undone")
    assert step(planned, "Ask the staff").done_at is None


def test_a_step_moves_up_and_down_and_stays_at_the_edge(planned, lena):
    do(lena, planned, step(planned, "Tell everybody"), "up")
    assert plan(planned) == ["Ask the staff", "Tell everybody", "Two windows more"]
    do(lena, planned, step(planned, "Ask the staff"), "up")
    do(lena, planned, step(planned, "Ask the staff"), "down")
    assert plan(planned) == ["Tell everybody", "Ask the staff", "Two windows more"]


def test_what_is_taken_out_can_be_put_back_where_it_was(planned, lena):
    gone = step(planned, "Two windows more")
    page = lena.get(do(lena, planned, gone, "remove").location)

    assert plan(planned) == ["Ask the staff", "Tell everybody"]
    assert "Put it back" in page.get_data(as_text=True)
    for _ in range(2):
        assert lena.post(f"/improvements/{planned.id}/steps/{gone.id}", data={"do": "back"}).status_code == 303
    assert plan(planned) == ["Ask the staff", "Two windows more", "Tell everybody"]


def test_who_comes_too_late_is_told_and_loses_nothing(planned, lena, anna):
    asked = step(planned, "Ask the staff")
    seen = asked.revision
    do(anna, planned, asked, "save", what="Ask everybody")

    late = do(lena, planned, asked, "save", revision=seen, what="Ask nobody", days="3")

    assert late.status_code == 409
    assert "Somebody changed this meanwhile" in late.get_data(as_text=True)
    assert typed_in(late, "days") == "3"
    assert plan(planned)[0] == "Ask everybody"


def test_owner_and_who_does_a_step_tick_it_others_do_not(planned, lena, olga, otto, emil):
    asked = step(planned, "Ask the staff")
    assert do(olga, planned, asked, "done").status_code == 403
    assert do(emil, planned, asked, "done").status_code == 403

    do(lena, planned, asked, "save", what="Ask the staff", who=str(person("olga").id))
    assert do(olga, planned, step(planned, "Ask the staff"), "done").status_code == 303
    assert do(olga, planned, step(planned, "Ask the staff"), "remove").status_code == 403
    patch(lena, fresh(planned), owner=str(person("otto").id))
    assert add(otto, planned, "Tell the board").status_code == 303


def test_nothing_is_there_of_another_improvement(planned, lena):
    other = ImprovementStep(improvement_id=planned.id, what="x")
    other.id = 999_999
    assert do(lena, planned, other, "done").status_code == 404
    assert lena.post("/improvements/999/steps", data={"what": "x"}).status_code == 404
    assert do(lena, planned, step(planned, "Ask the staff"), "dance").status_code == 422


def test_sent_twice_a_step_is_added_once(failing, lena):  # noqa: F811
    for _ in range(2):
        assert add(lena, failing, form_id="one-and-the-same").status_code == 303
    assert plan(failing) == ["Two windows more"]


def test_the_api_has_the_plan_as_text_and_step_by_step(planned, lena):
    document = lena.get(f"/api/v1/improvements/{planned.id}").get_json()

    assert document["plan"] == "Ask the staff\nTwo windows more\nTell everybody"
    assert [each["what"] for each in document["steps"]] == document["plan"].splitlines()


def test_a_plan_sent_as_text_keeps_what_is_known_of_lines_that_stay(planned, lena):
    do(lena, planned, step(planned, "Ask the staff"), "done")
    do(lena, planned, step(planned, "Tell everybody"), "save", what="Tell everybody", days="2")

    answer = patch(lena, fresh(planned), plan="Open the west door\n\nTell everybody\n")

    assert answer.get_json()["plan"] == "Ask the staff\nOpen the west door\nTell everybody"
    assert (step(planned, "Tell everybody").days, step(planned, "Ask the staff").done_by.name) == (2, "Lena")
    same = patch(lena, fresh(planned), plan="Ask the staff\nOpen the west door\nTell everybody")
    assert same.status_code == 200
    assert [event.kind for event in fresh(planned).events].count("plan") == 1
    assert patch(lena, fresh(planned), plan=None).get_json()["plan"] == "Ask the staff"


def test_a_change_of_the_plan_makes_an_older_text_stale_a_tick_does_not(planned, lena):
    seen = planned.revision
    do(lena, planned, step(planned, "Ask the staff"), "done")
    assert fresh(planned).revision == seen
    add(lena, planned, "One more")
    assert patch(lena, fresh(planned), revision=seen, plan="x").status_code == 409


def test_steps_are_added_up_against_what_was_estimated_and_what_fits_into_the_month(planned, lena):
    patch(lena, fresh(planned), effort_days=3, cost=100)
    today = clock.today(home_zone()).isoformat()
    do(lena, planned, step(planned, "Ask the staff"), "save", what="Ask the staff", days="8", costs="50", by=today)

    page = text_of(lena.get(f"/improvements/{planned.id}"))
    assert "They take 8 person-days; 3 were estimated. They cost 50; 100 were estimated." in page
    assert "8 person-days are planned this month." in text_of(lena.get("/improvements"))

    assert lena.post("/improvements/budget", data={"days": "20", "money": ""}).status_code == 303
    assert "8 of 20 person-days this month are planned." in text_of(lena.get("/improvements"))
    lena.post("/improvements/budget", data={"days": "5", "money": ""})
    assert "That is more than fits into the month." in text_of(lena.get("/improvements"))


def test_a_budget_that_is_no_number_is_named_at_its_field(lena, emil, app):
    refused = lena.post("/improvements/budget", data={"days": "many", "money": "10"})

    assert (refused.status_code, typed_in(refused, "money")) == (422, "10")
    assert error_at(refused, "days")
    assert organisation().month_money is None
    assert emil.post("/improvements/budget", data={"days": "1"}).status_code == 403


def test_a_step_without_a_day_is_due_with_its_improvement(planned, lena):
    tomorrow = clock.today(home_zone()) + timedelta(days=40)
    do(lena, planned, step(planned, "Ask the staff"), "save", what="Ask the staff", days="4")
    assert "4 person-days have no date yet." in text_of(lena.get("/improvements"))

    patch(lena, fresh(planned), due=tomorrow.isoformat())

    assert "have no date yet" not in text_of(lena.get("/improvements"))
    assert db.session.query(Improvement).count() == 1
