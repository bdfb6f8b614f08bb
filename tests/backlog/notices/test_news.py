"""Who owns something, or proposed it, learns what others did with it: on their page, at the door, and by mail."""

from datetime import timedelta

import pytest

from shadowing.backlog.models import Improvement
from shadowing.backlog.notices.letters import remind_owners
from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.jobs.models import Job
from shadowing.people.zones import home_zone
from tests.backlog.test_backlog import failing, fresh, patch  # noqa: F401
from tests.conftest import person, work
from tests.planning.plans.test_plan_pages import mail_is_set_up, subject_of
from tests.support.fields import typed_in


def text_of(answer):
    return answer.get_data(as_text=True)


def me(name):
    db.session.rollback()
    return str(person(name).id)


@pytest.fixture
def given(failing, lena):  # noqa: F811
    """Otto, who only observes, is to put it right."""
    answer = patch(lena, failing, state="accepted", owner=me("otto"))
    assert answer.status_code == 200
    return fresh(failing)


def test_the_new_owner_learns_it_and_has_seen_it_when_they_say_so(given, otto, lena):
    page = otto.get("/improvements/mine")
    assert "New for you" in text_of(page) and "Lena gave it to Otto." in text_of(page)
    until = typed_in(page, "until")
    lena.post(f"/improvements/{given.id}/comments", data={"words": "Ask the pharmacy first."})

    assert otto.post("/improvements/mine/seen", data={"until": until}).status_code == 303

    page = text_of(otto.get("/improvements/mine"))
    assert "Ask the pharmacy first." in page, "what came since is still new"
    assert "Lena gave it to Otto." not in page
    otto.post("/improvements/mine/seen", data={"until": 2**31 - 1})
    assert "New for you" not in text_of(otto.get("/improvements/mine"))
    lena.post(f"/improvements/{given.id}/comments", data={"words": "And the desk."})
    assert "And the desk." in text_of(otto.get("/improvements/mine")), "nobody can have seen what is to come"


def test_what_one_does_oneself_is_no_news_and_others_see_none_of_it(failing, lena, olga):  # noqa: F811
    patch(lena, failing, state="accepted", owner=me("lena"))

    for client in (lena, olga):
        assert "New for you" not in text_of(client.get("/improvements/mine"))
    assert ">New</span>" not in text_of(lena.get("/areas"))


def test_a_lead_sees_the_count_on_every_page(failing, lena, anna):  # noqa: F811
    patch(anna, failing, state="accepted", owner=me("lena"), due="2027-01-31")

    assert ">New</span>" in text_of(lena.get("/areas"))
    page = text_of(lena.get("/improvements"))
    assert "one new" in page, "one improvement, however much happened to it"


def test_an_observer_finds_the_count_on_their_account(given, otto):
    assert "one new" in text_of(otto.get("/account"))


def test_who_proposed_it_hears_what_became_of_it(failing, lena, anna):  # noqa: F811
    said = {"area_id": failing.area_id, "level": "utility", "title": "A bench", "why": "People stand."}
    lena.post("/improvements/new", data=said)
    db.session.rollback()
    bench = db.session.query(Improvement).filter_by(title="A bench").one()

    patch(anna, bench, state="declined", reason="There are chairs around the corner.")

    page = text_of(lena.get("/improvements/mine"))
    assert "A bench" in page and "There are chairs around the corner." in page


def test_who_lost_it_learns_that_too_but_may_no_longer_open_it(given, otto, lena):
    patch(lena, given, owner=me("lena"))

    page = text_of(otto.get("/improvements/mine"))
    assert "Lena passed it on from Otto to Lena." in page
    assert f"/improvements/mine/{given.id}" not in page


def test_the_new_owner_gets_one_mail_in_their_language_without_a_score(app, failing, lena, postbox):  # noqa: F811
    mail_is_set_up(app, postbox)
    with writing():
        db.session.rollback()
        person("otto").locale = "zh"
        db.session.commit()
    patch(lena, failing, state="accepted", owner=me("otto"), due="2027-01-31")
    patch(lena, fresh(failing), effort="S")
    work(app)

    (mail,) = postbox.mails
    assert mail["To"] == "otto@test.example"
    assert "现在由您负责" in subject_of(mail)
    body = mail.get_payload(decode=True).decode()
    assert "https://shadowing.test/improvements/mine" in body and "Lena" in body and "1月31日" in body


def test_due_tomorrow_and_overdue_are_told_once_each(app, given, lena, postbox):
    mail_is_set_up(app, postbox)
    today, now = clock.today(home_zone()), clock.now()
    for day in (today + timedelta(days=1), today - timedelta(days=1), today + timedelta(days=5)):
        patch(lena, fresh(given), due=day.isoformat())
        for _night in range(2):
            with writing():
                db.session.rollback()
                remind_owners(today, now)
                db.session.commit()
        work(app)

    assert [subject_of(mail).partition(":")[0] for mail in postbox.mails] == ["Due tomorrow", "Overdue"]


def test_who_wants_no_mail_gets_none(app, failing, lena, otto, postbox):  # noqa: F811
    mail_is_set_up(app, postbox)
    assert otto.post("/improvements/mine/mail", data={}).status_code == 303
    patch(lena, failing, state="accepted", owner=me("otto"))
    work(app)
    assert postbox.mails == []
    assert "You get no mail" in text_of(otto.get("/improvements/mine"))
    otto.post("/improvements/mine/mail", data={"mails": "y"})
    assert "No mail, please" in text_of(otto.get("/improvements/mine"))


def test_a_mail_that_came_too_late_or_to_the_wrong_one_is_not_sent(app, given, lena, postbox):
    mail_is_set_up(app, postbox)
    patch(lena, given, owner=me("olga"))
    patch(lena, fresh(given), owner=me("lena"))  # taken back before the worker came
    work(app)

    assert postbox.mails == []
    db.session.rollback()
    assert db.session.query(Job).filter_by(kind="owner_mail").count() == 1
