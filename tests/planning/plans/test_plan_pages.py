"""/plan, /plan/<id> and /slots as people use them: nothing typed is lost, who is too late is told."""

from datetime import timedelta
from email.header import decode_header, make_header

import pytest

from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.jobs.models import Job
from shadowing.people.accounts import organisation
from shadowing.visits.models.plan import Plan
from tests.conftest import a_visit, an_observation, days_ago, person, touchpoint, work
from tests.planning.plans.test_plans_api import change, me, planned
from tests.support.fields import error_at, typed_in


def form(journey, **fields):
    day = (clock.now() + timedelta(days=2)).date().isoformat()
    return {"journey_id": journey["id"], "site_id": "1", "day": day, "time": "10:30", "observer_id": "", **fields}


def text_of(answer):
    return answer.get_data(as_text=True)


def test_a_suggestion_fills_the_form_in(lena, journey):
    place = touchpoint(journey, "consultation")["id"]
    page = text_of(lena.get("/plan", query_string={"touchpoint_id": place, "channel": "chat"}))

    assert f'<option value="{place}" selected>' in page
    assert '<option value="chat" selected>' in page
    assert "Nobody has looked." in page


def test_assigning_by_the_form(lena, olga, journey):
    answer = lena.post("/plan", data=form(journey, observer_id=me("olga"), note="Ask first."))

    assert answer.status_code == 303
    plan = db.session.query(Plan).one()
    assert (plan.observer_id, plan.note, plan.planned_by) == (person("olga").id, "Ask first.", person("lena").id)
    assert f"{plan.starts_at:%H:%M}" in ("10:30", "09:30"), "at the site's clock"
    week = text_of(lena.get(answer.location))
    assert "Olga" in week
    assert "planned" in week


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"day": "soon"}, "Choose a day."),
        ({"time": "25:99"}, "Choose a time."),
        ({"site_id": ""}, "This value does not fit this field."),
        ({"day": "1999-01-01"}, "Choose a moment from now on, within a year."),
        ({"channel": "pigeon"}, "The journey does not offer this channel there."),
        ({"customer_label": "x" * 41}, "This is too long."),
        ({"every": "week", "times": "many"}, "This value does not fit this field."),
        ({"second_observer_id": "1"}, "Two observers belong to a double-shadowed visit."),
    ],
    ids=["day", "time", "site", "past", "channel", "label", "times", "second"],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(lena, journey, fields, sentence):
    answer = lena.post("/plan", data=form(journey, note="Typed for five minutes", **fields))

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "Typed for five minutes" in text_of(answer)
    db.session.rollback()
    assert db.session.query(Plan).count() == 0


@pytest.mark.parametrize(
    ("field", "said"),
    [("day", "soon"), ("times", "many"), ("channel", "pigeon"), ("touchpoint_id", "x"), ("customer_label", "x" * 41)],
)
def test_an_error_is_tied_to_its_field(lena, journey, field, said):
    answer = lena.post("/plan", data=form(journey, **{"every": "week", "note": "Typed", field: said}))

    assert error_at(answer, field) and typed_in(answer, "note") == "Typed"
    assert error_at(answer, "note") == "" and typed_in(answer, "every") == "week"


def test_a_change_that_is_refused_shows_what_was_typed_and_else_the_plan(lena, journey):
    (plan,) = planned(lena, journey, note="As it is planned")

    answer = lena.post(f"/plan/{plan['id']}", data={"revision": "1", "day": "soon", "time": "10:30"})

    assert (answer.status_code, error_at(answer, "day")) == (422, "Choose a day.")
    assert [typed_in(answer, name) for name in ("day", "time", "note")] == ["soon", "10:30", "As it is planned"]


def test_a_reason_that_is_too_long_is_still_there(lena, olga, journey):
    (slot,) = planned(lena, journey, observer_id=me("olga"))
    said = {"step": "decline", "plan": slot["id"], f"revision_{slot['id']}": "1", "reason": "x" * 20_001}

    answer = olga.post("/slots", data=said)

    assert error_at(answer, "reason") == "This is too long." and len(typed_in(answer, "reason")) == 20_001


def test_a_competitors_site_makes_it_a_walk(lena, journey):
    assert lena.post("/plan", data=form(journey, site_id="3")).status_code == 303

    plan = db.session.query(Plan).one()
    assert (plan.kind, plan.mode) == ("competitor", "walked")


def test_a_form_whose_journey_is_made_up_is_refused_not_broken(lena, journey):
    for journey_id in ("", "77", "x" * 3000, "\x00"):
        answer = lena.post("/plan", data=form(journey, journey_id=journey_id))
        assert answer.status_code == 422


def test_who_has_never_shadowed_comes_first_and_load_is_plans_not_visits(lena, olga, otto, journey, app):
    visit = a_visit(journey)
    olga.post("/api/v1/sync", json={"visits": [visit], "observations": [an_observation(journey, visit, utility=3)]})
    planned(lena, journey, observer_id=me("otto"))
    page = text_of(lena.get("/plan"))

    names = [page.index(f'class="strong">{name}</b><br><span class="tiny muted">') for name in ("Anna", "Otto", "Olga")]
    assert names == sorted(names), "never, planned, walked"
    assert "the first time" in page
    assert "one planned" in page


def test_a_change_that_comes_too_late_is_told_and_nothing_typed_is_lost(lena, journey):
    (plan,) = planned(lena, journey)
    change(lena, plan, note="Somebody else's")
    said = {**form(journey), "revision": "1", "note": "My own words", "step": "save"}

    answer = lena.post(f"/plan/{plan['id']}", data=said)

    assert answer.status_code == 409
    assert "Somebody changed this meanwhile." in text_of(answer)
    assert "My own words" in text_of(answer)
    assert 'name="revision" value="2"' in text_of(answer), "saving again counts"
    assert lena.post(f"/plan/{plan['id']}", data={**said, "revision": "2"}).status_code == 303
    db.session.rollback()
    assert db.session.query(Plan).one().note == "My own words"


def test_reassign_cancel_and_plan_again(lena, journey):
    (plan,) = planned(lena, journey, observer_id=me("olga"))
    address = f"/plan/{plan['id']}"
    assert lena.post(address, data=form(journey, revision="1", observer_id=me("otto"))).status_code == 303
    assert lena.post(address, data={"revision": "2", "step": "cancel"}).status_code == 303
    assert "Plan it again" in text_of(lena.get(address))
    assert lena.post(address, data={"revision": "3", "step": "restore"}).status_code == 303
    db.session.rollback()

    kept = db.session.query(Plan).one()
    assert (kept.observer_id, kept.cancelled_at, kept.revision) == (person("otto").id, None, 4)


def test_a_slot_is_taken_on_its_page_and_the_second_is_told(lena, olga, otto, emil, journey):
    (slot,) = planned(lena, journey)
    said = {"step": "take", "plan": slot["id"], f"revision_{slot['id']}": "1"}
    assert "One hour beside a patient" in text_of(emil.get("/slots"))
    assert olga.post("/slots", data=said).status_code == 303

    late = otto.post("/slots", data=said)

    assert late.status_code == 409
    assert "Somebody was quicker" in text_of(late)
    assert "Give it back" in text_of(olga.get("/slots"))
    refused = olga.post("/slots", data={**said, "step": "decline", f"revision_{slot['id']}": "2"})
    assert refused.status_code == 422
    assert "Say in a few words why not" in text_of(refused)
    declined = {**said, "step": "decline", "reason": "Dentist", f"revision_{slot['id']}": "2"}
    assert olga.post("/slots", data=declined).status_code == 303
    assert "Dentist" in text_of(lena.get("/plan", query_string={"week": slot["starts_at"][:10]}))


@pytest.mark.parametrize(
    "said", [{}, {"step": "take"}, {"step": "fly", "plan": "1"}, {"step": "take", "plan": "x" * 99}]
)
def test_a_slot_that_was_not_chosen(olga, said):
    assert olga.post("/slots", data=said).status_code == 422


def test_executives_read_coverage_without_the_week_and_the_form(lena, emil, journey):
    planned(lena, journey, observer_id=me("olga"))
    page = text_of(emil.get("/plan"))

    assert "What has been seen" in page
    assert "This week" not in page
    assert "Olga" not in page


def test_observers_whose_eyes_nothing_connects_are_asked_to_meet(lena, olga, otto, journey, app):
    for client, key in ((olga, "payment"), (olga, "pharmacy"), (otto, "greeting")):
        visit = a_visit(journey, started_at=days_ago(2).isoformat())
        seen = an_observation(journey, visit, key, utility=3)
        client.post("/api/v1/sync", json={"visits": [visit], "observations": [seen]})
    work(app)
    assert "Let eyes overlap" in text_of(lena.get("/plan"))

    visit = a_visit(journey)
    otto.post(
        "/api/v1/sync", json={"visits": [visit], "observations": [an_observation(journey, visit, "payment", utility=3)]}
    )
    work(app)
    assert "Let eyes overlap" not in text_of(lena.get("/plan"))


def mail_is_set_up(app, postbox):
    app.config["SHADOWING_BASE_URL"] = "https://shadowing.test"
    with writing():
        db.session.rollback()
        home = organisation()
        home.mail = {"address": postbox.address, "sender": "shadowing@test.example"}
        db.session.add(home)
        db.session.commit()


def subject_of(letter):
    return str(make_header(decode_header(letter["Subject"])))


def test_the_observer_gets_a_letter_in_their_language_never_with_a_customers_name(app, lena, journey, postbox):
    mail_is_set_up(app, postbox)
    with writing():
        db.session.rollback()
        person("olga").locale = "zh"
        db.session.commit()
    (plan,) = planned(lena, journey, observer_id=me("olga"), customer_label="Ms Chen", note="Bring the form")
    work(app)
    change(lena, plan, state="cancelled")
    work(app)

    first, second = postbox.mails
    assert (first["To"], "随行安排给您" in subject_of(first)) == ("olga@test.example", True)
    body = first.get_payload(decode=True).decode()
    assert "Bring the form" in body
    assert "https://shadowing.test/slots" in body
    assert "Chen" not in body
    assert "已取消" in subject_of(second)


def test_without_mail_nothing_is_promised(lena, journey):
    planned(lena, journey, observer_id=me("olga"))

    db.session.rollback()
    assert db.session.query(Job).filter_by(kind="plan_mail").count() == 0


def test_who_takes_a_slot_themselves_gets_no_letter(app, lena, olga, journey, postbox):
    mail_is_set_up(app, postbox)
    (slot,) = planned(lena, journey)
    change(olga, slot, observer_id=me("olga"))
    work(app)

    assert postbox.mails == []


def test_whoever_goes_is_not_told_that_the_place_was_fixed(lena, olga, journey):
    planned(lena, journey, kind="verify")
    planned(lena, journey, kind="verify", observer_id=me("olga"))

    mine = text_of(olga.get("/slots"))
    assert mine.count("worth seeing again") == 2
    assert "verif" not in mine
    assert "verifying visit" in text_of(lena.get("/plan"))
