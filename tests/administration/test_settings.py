"""/settings: the organisation later on; its password for mail is never shown; its languages are everybody's."""

import re

from sqlalchemy import select

from shadowing.core import mail
from shadowing.core.database import db
from shadowing.people.models import Organisation
from tests.administration.test_first_run import HOME, home, page


def server():
    kept = home().mail
    return mail.parse(kept["address"], kept["sender"])


def test_an_empty_password_keeps_the_one_that_is_kept(anna):
    named = {"server": "mail.test.example:587", "sender": "a@test.example", "user": "robot", "password": "p@ss: word"}
    anna.post("/settings", data={**HOME, **named, "step": "save"})
    assert server().password == "p@ss: word"

    shown = page(anna.get("/settings"))
    anna.post("/settings", data={**HOME, **named, "password": "", "step": "save"})

    assert "p@ss" not in shown and "robot" in shown
    assert server().password == "p@ss: word"


def test_a_password_does_not_go_to_another_server(anna):
    named = {"server": "mail.test.example:587", "sender": "a@test.example", "user": "robot", "password": "secret"}
    anna.post("/settings", data={**HOME, **named, "step": "save"})

    anna.post("/settings", data={**HOME, **named, "server": "elsewhere.example:587", "password": "", "step": "save"})

    assert server().password == ""


def test_what_is_wrong_in_either_half_is_said_at_once(anna):
    answer = anna.post(
        "/settings", data={**HOME, "colour": "green", "server": "m.test.example", "sender": "nobody", "step": "save"}
    )

    assert answer.status_code == 422
    assert {"colour-error", "sender-error"} <= set(re.findall(r'id="(\w+-error)"', page(answer)))


def test_no_server_is_no_mail(anna):
    anna.post("/settings", data={**HOME, "server": "m.test.example", "sender": "a@test.example", "step": "save"})
    anna.post("/settings", data={**HOME, "server": "", "sender": "", "step": "save"})

    assert home().mail is None


def test_one_language_is_all_that_is_spoken(anna, as_):
    anna.post("/settings", data={**HOME, "languages": ["en"], "first_language": "en", "step": "save"})

    shown = page(as_(None).get("/sign-in", headers={"Accept-Language": "zh-CN"}))

    assert 'lang="en"' in shown and "中文" not in shown


def test_the_first_language_is_for_whoever_asks_for_neither(anna, as_):
    anna.post("/settings", data={**HOME, "step": "save"})

    assert '<html lang="zh' in page(as_(None).get("/sign-in", headers={"Accept-Language": "pt-BR"}))
    assert '<html lang="en' in page(as_(None).get("/sign-in", headers={"Accept-Language": "en-GB"}))


def test_changing_the_name_makes_no_second_organisation(anna):
    anna.post("/settings", data={**HOME, "step": "save"})

    db.session.rollback()
    assert [each.name["en"] for each in db.session.scalars(select(Organisation))] == ["Riverside General"]
