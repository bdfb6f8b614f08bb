"""The executive answers a question of the week: yes, no, or asked back; it is recorded, carried out and told."""

from datetime import timedelta

import pytest

from shadowing.backlog.decisions.models import Decision, DecisionReply
from shadowing.backlog.owners import open_without_owner
from shadowing.backlog.pages import backlog_page
from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.jobs.models import Job
from shadowing.journeys.models import Journey, Touchpoint
from shadowing.people.reader import Reader
from shadowing.summary.questions.candidates import asked_this_week, keep_everywhere, keep_this_week
from shadowing.summary.questions.models import WeekQuestion
from tests.authoring.promises.test_register import name, seen
from tests.backlog.test_backlog import failing, fresh, patch  # noqa: F401
from tests.conftest import a_visit, an_observation, person, work
from tests.planning.plans.test_plan_pages import mail_is_set_up
from tests.support.fields import error_at, tags_in_line, typed_in

APART = {"customer": 1, "business": -1, "brand": 0}


def text_of(answer):
    return " ".join(answer.get_data(as_text=True).split())


def me(name):
    db.session.rollback()
    return str(person(name).id)


def answer(client, item, what, **fields):
    return client.post(f"/questions/improvement/{item.id}", data={"revision": item.revision, "answer": what, **fields})


def recorded():
    db.session.rollback()
    return db.session.query(Decision).order_by(Decision.id).all()


def test_the_summary_asks_with_cost_proof_quote_and_owner(failing, emil):  # noqa: F811
    page = tags_in_line(text_of(emil.get("/summary")))

    assert "One decision this week" in page and "One has no owner" in page
    assert "If we do nothing:" in page and "all who were watched are let down here (Utility)" in page
    assert "8 visits by 2 observers, grade C" in page and "nobody yet" in page
    assert "Nobody told me where to go." in page
    assert f"/questions/improvement/{failing.id}?answer=no#answer" in page


def test_yes_accepts_it_with_an_owner_and_the_owner_learns_it(failing, emil, otto):  # noqa: F811
    done = answer(emil, failing, "yes", words="Until Easter.", owner_id=me("otto"), due_on="2031-04-01")

    assert done.status_code == 303 and done.location == "/summary#decisions"
    item = fresh(failing)
    assert (item.state, item.owner.name, item.due_on.isoformat()) == ("accepted", "Otto", "2031-04-01")
    made = recorded()[0]
    assert (made.option, made.reason, made.person.name, made.cited["observers"]) == ("yes", "Until Easter.", "Emil", 2)
    news = text_of(otto.get("/improvements/mine"))
    assert "New for you" in news and "Emil gave it to Otto." in news and "Until Easter." in news
    page = text_of(emil.get("/summary"))
    assert "Until Easter." in page and f"/questions/improvement/{failing.id}?answer=" not in page
    assert "Accepted, Otto, by 1 Apr" in text_of(emil.get("/decisions"))


def test_yes_needs_somebody_who_does_it_and_nothing_typed_is_lost(failing, emil):  # noqa: F811
    refused = answer(emil, failing, "yes", words="Soon.", due_on="2031-04-01", question="And who pays?")

    assert refused.status_code == 422
    assert error_at(refused, "owner_id") == "Say who owns it. An improvement without an owner does not move."
    assert (typed_in(refused, "words"), typed_in(refused, "question")) == ("Soon.", "And who pays?")
    assert typed_in(refused, "due_on") == "2031-04-01"
    assert error_at(answer(emil, failing, "yes", owner_id=me("otto"), due_on="soon"), "due_on")
    assert recorded() == [] and fresh(failing).state == "proposed"


def test_no_needs_a_reason_that_stays_with_it(failing, emil):  # noqa: F811
    assert error_at(answer(emil, failing, "no"), "reason")

    assert answer(emil, failing, "no", reason="The new wing opens in May.").status_code == 303

    assert fresh(failing).declined_reason == "The new wing opens in May."
    page = text_of(emil.get("/decisions"))
    assert "1 answer: one no." in page.replace("<b>", "").replace("</b>", "")
    assert "The new wing opens in May." in page


def test_asked_back_it_is_answered_by_its_owner_beside_the_question(failing, emil, otto, lena):  # noqa: F811
    patch(lena, failing, owner=me("otto"))
    assert error_at(answer(emil, fresh(failing), "ask"), "question")
    assert answer(emil, fresh(failing), "ask", question="Is it the printer?").status_code == 303
    assert fresh(failing).state == "proposed"

    assert "Emil asked: “Is it the printer?”" in text_of(otto.get("/improvements/mine"))
    asked = recorded()[0]
    page = otto.get(f"/improvements/mine/{failing.id}")
    assert "Is it the printer?" in text_of(page)
    assert error_at(otto.post(f"/decisions/{asked.id}/reply", data={"words": " "}), "words")
    assert otto.post(f"/decisions/{asked.id}/reply", data={"words": "No, the desk."}).status_code == 303

    assert db.session.query(DecisionReply).one().words == "No, the desk."
    assert "Otto answered: “No, the desk.”" in text_of(emil.get("/improvements/mine"))
    page = text_of(emil.get("/summary"))
    assert "No, the desk." in page and f"/questions/improvement/{failing.id}?answer=no" in page, "it still waits"
    assert "Asked, and answered" in text_of(emil.get("/decisions"))


def test_what_nobody_owns_is_asked_of_the_leads_and_of_nobody_else(failing, emil, lena, olga):  # noqa: F811
    answer(emil, failing, "ask", question="Who could do it?")
    asked = recorded()[0]

    assert "Who could do it?" in text_of(lena.get("/improvements/mine"))
    assert "Who could do it?" not in text_of(olga.get("/improvements/mine"))
    assert olga.post(f"/decisions/{asked.id}/reply", data={"words": "Me."}).status_code == 404
    assert lena.post(f"/decisions/{asked.id}/reply", data={"words": "Otto."}).status_code == 303


def test_the_question_goes_by_mail_and_so_does_the_reply(failing, emil, lena, app, postbox):  # noqa: F811
    mail_is_set_up(app, postbox)
    answer(emil, failing, "ask", question="Who could do it?")
    lena.post(f"/decisions/{recorded()[0].id}/reply", data={"words": "Otto."})

    whys = [(job.payload["why"], job.payload["owner_id"]) for job in db.session.query(Job) if "why" in job.payload]
    assert ("asked", int(me("lena"))) in whys and ("replied", int(me("emil"))) in whys
    assert all(why != "asked" or owner != int(me("emil")) for why, owner in whys)


def test_two_who_answer_at_once_the_second_is_told_and_keeps_what_was_typed(failing, emil, lena):  # noqa: F811
    seen_by_both = failing.revision
    answer(emil, failing, "yes", owner_id=me("otto"))

    late = lena.post(
        f"/questions/improvement/{failing.id}",
        data={"revision": seen_by_both, "answer": "no", "reason": "Too dear for this year."},
    )

    assert late.status_code == 409
    assert "Somebody answered meanwhile." in text_of(late) and "Too dear for this year." in text_of(late)
    assert fresh(failing).state == "accepted" and len(recorded()) == 1


def test_pressed_twice_it_is_one_line(failing, emil):  # noqa: F811
    data = {"revision": failing.revision, "answer": "ask", "question": "Why?", "form_id": "the-same-form"}
    for _ in range(2):
        assert emil.post(f"/questions/improvement/{failing.id}", data=data).status_code == 303
    assert len(recorded()) == 1


def test_taken_back_it_waits_again_and_both_lines_stay(failing, emil, lena):  # noqa: F811
    answer(emil, failing, "yes", owner_id=me("otto"))
    undo = f"/questions/improvement/{failing.id}/undo"
    assert lena.post(undo, data={"revision": fresh(failing).revision}).status_code == 422, "it is not hers to take back"

    assert emil.post(undo, data={"revision": fresh(failing).revision}).status_code == 303

    item = fresh(failing)
    assert (item.state, item.owner_id) == ("proposed", None)
    assert [made.option for made in recorded()] == ["yes", "taken_back"]
    assert f"/questions/improvement/{failing.id}?answer=yes" in text_of(emil.get("/summary"))


def test_what_conflicts_is_started_with_a_reason_and_recorded_once(failing, emil, lena):  # noqa: F811
    patch(lena, failing, state="accepted", owner=me("otto"), lenses=APART)
    assert "Although the lenses pull apart?" in text_of(emil.get("/summary"))
    refused = answer(emil, fresh(failing), "yes")
    assert (refused.status_code, error_at(refused, "words")) == (
        422,
        "The lenses conflict. Record who decided, and why.",
    )

    assert answer(emil, fresh(failing), "yes", words="The board pays.").status_code == 303

    assert fresh(failing).state == "in_progress"
    assert [(made.option, made.reason) for made in recorded()] == [("start", "The board pays.")]


def test_what_goes_on_without_anybody_gets_somebody(failing, emil, lena):  # noqa: F811
    patch(lena, failing, state="accepted", owner=me("otto"))
    patch(lena, fresh(failing), owner=None)
    assert "Go on, with whom?" in text_of(emil.get("/summary"))
    assert error_at(answer(emil, fresh(failing), "yes"), "owner_id")

    assert answer(emil, fresh(failing), "yes", owner_id=me("olga")).status_code == 303

    assert fresh(failing).owner.name == "Olga" and fresh(failing).state == "accepted"


def test_a_promise_that_is_broken_is_kept_corrected_or_asked_about(emil, lena, olga, app, journey):
    seen(olga, app, journey, 0, 12)
    ref = name(journey)
    assert "Keep or correct “Never more than three in line”?" in text_of(emil.get("/summary"))
    asked = emil.post(f"/questions/promise/{ref}", data={"revision": 0, "answer": "ask", "question": "At noon only?"})
    assert asked.status_code == 303
    reply = f"/questions/promise/{ref}/reply/{recorded()[0].id}"
    assert error_at(lena.post(reply, data={"words": ""}), "words")
    assert lena.post(reply, data={"words": "All day."}).status_code == 303
    assert "All day." in text_of(emil.get(f"/questions/promise/{ref}"))
    assert error_at(emil.post(f"/questions/promise/{ref}", data={"revision": 0, "answer": "correct"}), "reason")

    said = {"revision": 0, "answer": "keep", "words": "A third window."}
    assert emil.post(f"/questions/promise/{ref}", data=said).status_code == 303

    late = emil.post(f"/questions/promise/{ref}", data={**said, "words": "No, none."})
    assert late.status_code == 409 and "No, none." in text_of(late)
    page = text_of(emil.get("/decisions"))
    assert "A third window." in page and "kept 0, broken 12 times" in page and "All day." not in page
    assert "A third window." in text_of(emil.get("/summary")), "answered, it stays until the week ends"


def test_observers_neither_read_nor_answer(failing, olga):  # noqa: F811
    assert olga.get(f"/questions/improvement/{failing.id}").status_code == 403
    assert answer(olga, failing, "no", reason="No.").status_code == 403


@pytest.mark.parametrize("address", ["improvement/999", "improvement/x", "promise/1:nothing", "visit/1"])
def test_a_question_that_is_not_there(emil, address):
    assert emil.get(f"/questions/{address}").status_code == 404
    assert emil.post(f"/questions/{address}", data={"answer": "yes"}).status_code == 404


def test_the_week_asks_the_same_until_it_ends(failing, emil, lena, app):  # noqa: F811
    now, journey = clock.now(), db.session.get(Journey, failing.area.touchpoint.journey_id)
    with writing():
        keep_everywhere(now)
        keep_everywhere(now)
    assert db.session.query(WeekQuestion).count() == 1
    answer(emil, failing, "yes", owner_id=me("otto"))
    journey = db.session.get(Journey, journey.id)
    assert asked_this_week(journey, now) == (("improvement", str(failing.id)),), "with its answer"
    assert asked_this_week(journey, now + timedelta(days=7)) == ()


def test_what_was_settled_elsewhere_leaves_its_place(failing, lena):  # noqa: F811
    now = clock.now()
    with writing():
        keep_this_week(db.session.get(Journey, failing.area.touchpoint.journey_id), now)
        db.session.commit()
    patch(lena, failing, state="accepted", owner=me("otto"))
    assert asked_this_week(db.session.get(Journey, fresh(failing).area.touchpoint.journey_id), now) == ()


def test_how_many_own_nothing_is_the_number_of_the_list(failing):  # noqa: F811
    page = backlog_page({}, Reader(None, "lead", None, "en"))
    assert open_without_owner(failing.area.touchpoint.journey_id) == page.unowned == 1


def test_a_wait_counts_those_who_come(olga, otto, emil, journey, app):
    for client in (olga, otto):
        for number in range(8):
            visit = a_visit(journey)
            wait = {"timings": {"wait": 3600 if number < 6 else 60}}
            observation = an_observation(journey, visit, "payment", utility=1, **wait)
            client.post("/api/v1/sync", json={"visits": [visit], "observations": [observation]})
    work(app)
    payment = db.session.query(Touchpoint).filter_by(key="payment").one()
    with writing():
        payment = db.session.query(Touchpoint).filter_by(key="payment").one()
        payment.volume, payment.longest_wait_seconds = 520 * len(payment.channels), 600
        db.session.commit()

    page = text_of(emil.get("/summary"))

    assert "about 90 patients a week wait over 10 min" in page and "(how many come is assumed)" in page
