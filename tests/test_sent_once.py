"""The same form sent twice makes one thing: tapped twice, sent again after going back, two at the same moment."""

import contextvars
import io
import re
import threading

import pytest
from werkzeug.datastructures import FileStorage

from shadowing.app import ROUTES
from shadowing.authoring.library.models import LibraryItem
from shadowing.authoring.strategy.models import Principle
from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.core.sent_once import FIELD, KEPT, SentForm, forget_sent_forms
from shadowing.journeys.models import Journey
from shadowing.people.invitations import Invitation
from shadowing.people.models import Department, Person, Site
from shadowing.planning.plans import views as plans
from shadowing.visits.models.imported import ImportDraft
from shadowing.visits.models.plan import Plan
from tests.planning.plans.test_plan_pages import form, text_of
from tests.planning.plans.test_plans_api import me
from tests.support.server import ROOT

#: Forms that make something: endpoint -> where its form stands.
MAKERS = {endpoint for routes in ROUTES for endpoint in routes.once}
#: Why another one may come twice.
TWICE = {
    "says how a thing is, so that saying it twice changes nothing": {
        "accounts.choose_language",
        "accounts.sign_in_post",
        "accounts.sign_out",
        "comments.back",
        "editor.archive",
        "editor.forget_draft",
        "goals.benchmark",
        "goals.no_benchmark",
        "goals.set_goal",
        "goals.targets",
        "inviting.end_invitation",
        "library.retire",
        "mine.choose_mail",
        "mine.seen",
        "organisation.change",
        "letting_in.change_password",
        "letting_in.end_own_calendar",
        "letting_in.end_own_token",
        "letting_in.rename",
        "people.change",
        "people.come_back",
        "people.end",
        "people.end_calendar_of",
        "people.end_token_of",
        "places.change_department",
        "places.change_site",
        "shared.withdraw",
        "slots.end_address",
        "steps.change_budget",
        "triage.ask",
        "webhooks.end",
        "strategy.change_principle",
        "upkeep.confirm",
        "verifying.plan_several",
        "upkeep.still_the_need",
        "withdrawal.erase",
        "withdrawal.look_up",
    },
    "says which state was looked at, so that the second comes too late": {
        "backlog.change",
        "board.move",
        "board.undo",
        "options.choose",
        "questions.undo",
        "triage.decide",
        "triage.merge",
        "triage.undo",
        "verifying.undo",
        "editor.bring_back",
        "editor.change_journey",
        "editor.change_map",
        "editor.change_touchpoint",
        "editor.publish",
        "imports.match",
        "imports.remove",
        "library.change",
        "organisation.first_person",
        "organisation.set_up",
        "letting_in.choose_password",
        "personas.change",
        "plans.change",
        "letting_in.join_in",
        "slots.change",
        "serious.record",
        "steps.change",
        "training.change",
        "strategy.write",
    },
    "makes a secret of which one is enough": {"people.link", "letting_in.ask_for_link", "slots.make_address"},
}


def test_every_form_makes_once_what_it_makes_or_says_why_it_may_come_twice(app):
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods and not rule.rule.startswith("/api/") and rule.endpoint != "static"
    }
    explained = set().union(*TWICE.values())

    assert pages - explained == MAKERS
    assert explained <= pages and not explained & MAKERS
    assert {"plans.new", "imports.upload", "editor.new"} < MAKERS


def test_every_such_form_carries_its_own_number():
    bare = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for shown in re.findall(r"<form(?:(?!</form>).)*</form>", path.read_text("utf-8"), re.DOTALL):
            makes = {name for name in re.findall(r"action=\"{{ url_for\('([\w.]+)'", shown) if name in MAKERS}
            if makes and "{{ once() }}" not in shown:
                bare.append((path.name, makes))
    assert bare == []


def number(client, page):
    """What the form shown on this page sends as its own."""
    found = re.search(rf'name="{FIELD}" value="([\w-]+)"', text_of(client.get(page)))
    assert found, page
    return found[1]


def made(model):
    db.session.rollback()
    return db.session.query(model).count()


CASES = {
    "plan": ("lena", "/plan", "/plan", Plan, lambda journey: form(journey)),
    "series": ("lena", "/plan", "/plan", Plan, lambda journey: form(journey, every="week", times="3")),
    "site": ("anna", "/sites", "/sites", Site, lambda _: {"name_en": "West", "kind": "own", "time_zone": ""}),
    "department": ("anna", "/sites", "/departments", Department, lambda _: {"name_en": "Kitchen"}),
    "person": (
        "anna",
        "/people/new",
        "/people/new",
        Person,
        lambda _: {"name": "Nina", "email": "nina@test.example", "role": "observer", "all_sites": "y"},
    ),
    "invitation": (
        "anna",
        "/people",
        "/people/invitations",
        Invitation,
        lambda _: {"name": "Autumn", "role": "observer", "uses": "5", "days": "14", "all_sites": "y"},
    ),
    "journey": ("lena", "/journeys", "/journeys", Journey, lambda _: {"name": "Ward round"}),
    "copy": ("lena", "/journeys/1", "/journeys/1/copy", Journey, lambda _: {}),
    "phrase": (
        "lena",
        "/journeys/library",
        "/journeys/library",
        LibraryItem,
        lambda _: {"kind": "phrase", "item-text_en": "Nobody at the desk"},
    ),
    "principle": (
        "lena",
        "/strategy",
        "/strategy/principles",
        Principle,
        lambda _: {"name_en": "Never twice", "meaning_en": "Nobody is asked the same again."},
    ),
    "file": (
        "lena",
        "/data",
        "/data",
        ImportDraft,
        lambda _: {"file": FileStorage(io.BytesIO(b"day,rating\n2026-01-02,4\n"), "answers.csv")},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_sent_twice_it_is_made_once_and_both_are_led_to_it(as_, journey, case):
    name, page, address, model, fields = CASES[case]
    client = as_(name)
    mine, before = number(client, page), made(model)

    first = client.post(address, data={**fields(journey), FIELD: mine})
    after = made(model)
    second = client.post(address, data={**fields(journey), FIELD: mine})

    assert (first.status_code, second.status_code) == (303, 303), text_of(first)[:2000]
    assert second.location == first.location
    assert after > before
    assert made(model) == after
    assert "This had arrived already; it was made once." in text_of(client.get(second.location))


def test_the_same_again_from_a_page_shown_anew_is_another_one(lena, journey):
    for _ in range(2):
        assert lena.post("/plan", data={**form(journey), FIELD: number(lena, "/plan")}).status_code == 303
    assert made(Plan) == 2


def test_another_content_from_a_page_gone_back_to_is_another_one(lena, journey):
    mine = number(lena, "/plan")
    for time in ("10:30", "11:30", "10:30"):
        assert lena.post("/plan", data={**form(journey, time=time), FIELD: mine}).status_code == 303
    assert made(Plan) == 2


def test_two_people_may_send_the_same(lena, anna, journey):
    for client in (lena, anna):
        assert client.post("/plan", data={**form(journey), FIELD: "one-and-the-same"}).status_code == 303
    assert made(Plan) == 2


def test_what_was_refused_may_be_sent_again(lena, journey):
    mine = number(lena, "/plan")
    far = {**form(journey, day="1999-01-01"), FIELD: mine}

    assert [lena.post("/plan", data=far).status_code for _ in range(2)] == [422, 422]
    assert made(SentForm) == 0
    assert lena.post("/plan", data={**form(journey), FIELD: mine}).status_code == 303
    assert made(Plan) == 1


def test_without_a_number_every_one_counts(lena, journey):
    for _ in range(2):
        assert lena.post("/plan", data=form(journey)).status_code == 303
    assert made(Plan) == 2


def test_two_at_the_same_moment_make_one(app, as_, journey):
    """Held between what each looks up and what it writes, so that neither can have seen the other."""
    data = {**form(journey, observer_id=me("olga")), FIELD: "pressed-twice"}
    clients, answers, gate = [as_("lena"), as_("lena")], [], threading.Barrier(2)

    def send(client):
        with app.app_context():
            gate.wait(10)
            answers.append(client.post("/plan", data=data))

    senders = [threading.Thread(target=contextvars.Context().run, args=(send, each)) for each in clients]
    db.session.rollback()
    for each in senders:
        each.start()
    for each in senders:
        each.join(30)

    assert [answer.status_code for answer in answers] == [303, 303]
    assert made(Plan) == 1
    assert made(SentForm) == 1


@pytest.mark.engine("postgresql")
def test_who_is_too_late_by_a_moment_keeps_nothing(app, lena, journey, monkeypatch):
    """The other one commits after this one has looked and before it writes."""
    data = {**form(journey), FIELD: "pressed-twice"}
    make, at_once = plans.make_plans, []

    def slow(*args):
        if not at_once:
            at_once.append(True)
            sender = threading.Thread(target=contextvars.Context().run, args=(other,))
            sender.start()
            sender.join(30)
        return make(*args)

    def other():
        with app.app_context():
            at_once.append(app.test_client())
            with at_once[-1].session_transaction() as session, lena.session_transaction() as known:
                session.update(known)
            at_once.append(at_once[1].post("/plan", data=data).location)

    monkeypatch.setattr(plans, "make_plans", slow)
    answer = lena.post("/plan", data=data)

    assert (answer.status_code, answer.location) == (303, at_once[2])
    assert made(Plan) == 1


def test_where_the_first_answer_led_is_not_known_yet_the_page_of_the_form_is_shown(lena, journey):
    mine = {**form(journey), FIELD: "under-way"}
    lena.post("/plan", data=mine)
    with writing():
        db.session.query(SentForm).update({"answer": None})
        db.session.commit()

    for referrer, led in (
        ("http://localhost/plan?week=2026-11-23", "/plan"),
        ("http://localhost//evil.test/x", "/evil.test/x"),
    ):
        assert lena.post("/plan", data=mine, headers={"Referer": referrer}).location == led
    assert lena.post("/plan", data=mine).location == "/"


def test_what_was_sent_is_forgotten_after_a_month(lena, journey):
    lena.post("/plan", data={**form(journey), FIELD: "long-ago"})
    with writing():
        forget_sent_forms(clock.now())
        assert db.session.query(SentForm).count() == 1
        forget_sent_forms(clock.now() + KEPT)
        db.session.commit()
    assert made(SentForm) == 0
