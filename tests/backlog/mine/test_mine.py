"""What somebody owns, whatever their role: to do, waiting for proof, done, and the steps that are due."""

from tests.backlog.test_backlog import failing, fresh, patch  # noqa: F401
from tests.conftest import person
from tests.planning.plans.test_plan_pages import text_of


def test_an_observer_finds_what_is_theirs_and_nothing_of_the_rest(failing, lena, olga, otto):  # noqa: F811
    patch(lena, failing, state="accepted", owner=str(person("olga").id), title="One queue", due="2020-01-01")

    page = olga.get("/improvements/mine")
    assert "Yours: <b>one improvement to do</b>. One is overdue." in text_of(page)
    assert f"/improvements/mine/{failing.id}" in page.get_data(as_text=True)
    own = text_of(olga.get(f"/improvements/mine/{failing.id}"))
    assert "One queue" in own and "Nobody told me where to go." not in own and "Evidence" not in own
    assert olga.get(f"/improvements/{failing.id}").status_code == 403
    assert otto.get(f"/improvements/mine/{failing.id}").status_code == 404
    assert "Nothing is yours yet." in text_of(otto.get("/improvements/mine"))


def test_a_step_of_theirs_is_ticked_where_it_stands(failing, lena, otto):  # noqa: F811
    lena.post(f"/improvements/{failing.id}/steps", data={"what": "Ask the staff", "who": str(person("otto").id)})
    assert "Ask the staff" in text_of(otto.get("/improvements/mine"))
    step = fresh(failing).plan_steps[0]

    done = otto.post(f"/improvements/{failing.id}/steps/{step.id}", data={"do": "done", "then": "mine"})

    assert (done.status_code, done.location) == (303, "/improvements/mine")
    assert "Ask the staff" not in text_of(otto.get("/improvements/mine"))


def test_a_lead_is_led_to_the_whole_page(failing, lena):  # noqa: F811
    patch(lena, failing, owner=str(person("lena").id))

    assert f'href="/improvements/{failing.id}"' in lena.get("/improvements/mine").get_data(as_text=True)
    assert lena.get(f"/improvements/mine/{failing.id}").location == f"/improvements/{failing.id}"


def test_what_is_shipped_waits_for_proof(failing, lena):  # noqa: F811
    patch(lena, failing, state="accepted", owner=str(person("lena").id))
    patch(lena, fresh(failing), state="in_progress")
    patch(lena, fresh(failing), state="shipped")

    assert "Yours: one waiting for proof." in text_of(lena.get("/improvements/mine"))
