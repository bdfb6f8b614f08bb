"""Two options for one area: side by side, one is chosen, both stand in the register."""

from shadowing.backlog.decisions.models import Decision
from shadowing.core.database import db
from tests.backlog.test_backlog import failing, fresh, patch  # noqa: F401
from tests.backlog.triage.test_triage import twin  # noqa: F401


def choose(client, chosen, other, reason="Cheaper, and live in May.", **fields):
    seen = {"chosen": chosen.id, "other": other.id, "revision": chosen.revision, "other_revision": other.revision}
    return client.post("/improvements/compare", data={**seen, "reason": reason, **fields})


def text_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def test_two_of_one_area_stand_side_by_side(failing, twin, emil):  # noqa: F811
    assert f"a={failing.id}&amp;b={twin.id}" in text_of(emil, "/improvements/compare")

    page = text_of(emil, f"/improvements/compare?a={failing.id}&b={twin.id}")

    assert page.count("To be gained") == 2 and "Pay in the app" in page
    assert "Choose this one" not in page, "executives read"


def test_choosing_one_declines_the_other_and_is_a_decision(failing, twin, lena):  # noqa: F811
    assert choose(lena, twin, failing).status_code == 303

    declined = fresh(failing)
    assert declined.state == "declined"
    assert declined.declined_reason == "The other option was chosen: Pay in the app. Cheaper, and live in May."
    assert fresh(twin).state == "proposed"
    kept = {(row.about_id, row.option, row.reason) for row in db.session.query(Decision)}
    why = "Cheaper, and live in May."
    assert kept == {(twin.id, "chosen", why), (failing.id, "not_chosen", why)}
    register = text_of(lena, "/decisions")
    assert "Chosen of two" in register and "Not this one" in register


def test_a_reason_is_needed_and_stands_at_its_field(failing, twin, lena):  # noqa: F811
    refused = choose(lena, twin, failing, reason=" ")

    shown = refused.get_data(as_text=True)
    assert refused.status_code == 422 and f'aria-describedby="reason-{twin.id}-error"' in shown
    assert "Say why, in a sentence." in shown and db.session.query(Decision).count() == 0


def test_what_changed_meanwhile_is_not_decided_over(failing, twin, lena):  # noqa: F811
    assert choose(lena, twin, failing, other_revision="77").status_code == 409
    patch(lena, failing, state="declined", reason="No.")
    assert choose(lena, twin, fresh(failing)).status_code == 422
    assert choose(lena, twin, twin).status_code == 422
    assert db.session.query(Decision).count() == 0


def test_only_two_of_one_area_are_compared(failing, lena, emil):  # noqa: F811
    for asked in (f"a={failing.id}&b={failing.id}", f"a={failing.id}", "a=999&b=1", "a=²&b=1"):
        assert lena.get(f"/improvements/compare?{asked}").status_code == 404
    assert "No area has two open improvements." in text_of(lena, "/improvements/compare")
    assert emil.post("/improvements/compare").status_code == 403


def test_an_item_above_a_short_base_waits_for_it(failing, lena):  # noqa: F811
    said = {"area_id": failing.area_id, "level": "delight", "title": "Flowers", "why": "Nicer."}
    made = lena.post("/improvements/new", data=said).headers["Location"]

    assert "Waiting on the base:" in text_of(lena, made)
    assert "Waiting on the base:" not in text_of(lena, f"/improvements/{failing.id}")
