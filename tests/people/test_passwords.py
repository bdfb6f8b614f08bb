"""Changing a password, and getting a new one by mail."""

import re
from datetime import timedelta

import pytest

from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.people import links
from shadowing.people.links import password_token
from shadowing.people.passwords import hash_password
from tests.conftest import person, work

OLD, NEW = "correct horse battery", "blue ladder soup"
HASH = hash_password(OLD)


@pytest.fixture
def olga(as_):
    with writing():
        db.session.rollback()
        person("olga").password_hash = HASH
        db.session.commit()
    return as_("olga")


def page(answer):
    return answer.get_data(as_text=True)


def may_sign_in(as_, password):
    return as_(None).post("/sign-in", data={"email": "olga@test.example", "password": password}).status_code == 302


def test_a_changed_password_ends_every_other_session(olga, as_):
    elsewhere = as_("olga")

    answer = olga.post("/account/password", data={"current": OLD, "password": NEW})

    assert "is changed" in page(answer)
    assert olga.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302
    assert may_sign_in(as_, NEW) and not may_sign_in(as_, OLD)


@pytest.mark.parametrize(
    ("current", "password", "sentence"),
    [("wrong horse battery", NEW, "not your present"), (OLD, "short", "10 to 256"), ("", NEW, "Fill in your present")],
)
def test_a_password_is_not_changed_by_just_anybody(olga, as_, current, password, sentence):
    answer = olga.post("/account/password", data={"current": current, "password": password})

    assert answer.status_code == 422
    assert sentence in page(answer)
    assert may_sign_in(as_, OLD)


@pytest.mark.parametrize(
    "exact",
    [
        "  two blanks before it",
        "ＦＵＬＬ ＷＩＤＴＨ ＳＩＧＮＳ",
        "密码一二三四五六七八九",
        "e\u0301 and not é",
        "so long way" * 23,
    ],
)
def test_a_password_is_taken_as_it_was_typed(olga, as_, exact):
    """Nothing but its length and how easily it is guessed counts, and no sign of it is changed or cut."""
    assert olga.post("/account/password", data={"current": OLD, "password": exact}).status_code == 200

    assert may_sign_in(as_, exact)
    for other in (exact[:-1], exact.strip() + " ", exact.swapcase() if exact.swapcase() != exact else exact + "x"):
        assert not may_sign_in(as_, other)


def test_password_fields_hide_what_is_typed_and_let_managers_fill_it(olga, as_, app):
    with app.test_request_context():
        link = links.password_token(person("otto"), "hand")
    shown = [page(as_(None).get(address)) for address in ("/sign-in", f"/password/{link}")] + [
        page(olga.get("/account"))
    ]

    fields = [field for text in shown for field in re.findall(r"<input[^>]*password[^>]*>", text) if "name=" in field]
    fields = [field for field in fields if re.search(r" name=\"(current|password)\"", field)]
    assert len(fields) >= 4
    for field in fields:
        assert 'type="password"' in field
        assert re.search(r'autocomplete="(current|new)-password"', field)
        assert "maxlength" not in field and "onpaste" not in field


def test_the_present_password_cannot_be_tried_for_ever(olga):
    for _ in range(10):
        olga.post("/account/password", data={"current": "wrong horse battery", "password": NEW})

    assert olga.post("/account/password", data={"current": OLD, "password": NEW}).status_code == 429


def test_one_may_change_ones_own_name(olga):
    olga.post("/account", data={"name": "Olga <i>K.</i> 😀"})

    assert olga.get("/api/v1/session").get_json()["user"]["name"] == "Olga <i>K.</i> 😀"
    assert "Olga &lt;i&gt;K." in page(olga.get("/account"))


def with_mail(app, postbox, base="https://s.test.example"):
    app.config.update(SHADOWING_MAIL_URL=f"smtp://{postbox.address}?from=s@test.example", SHADOWING_BASE_URL=base)


def test_a_forgotten_password_comes_by_mail(olga, as_, app, postbox):
    with_mail(app, postbox)
    visitor = as_(None)

    assert "on its way" in page(visitor.post("/forgotten", data={"email": "Olga@test.example "}))
    work(app)

    assert postbox.mails[-1]["To"] == "olga@test.example"
    address = re.search(r"https://s\.test\.example(/password/\S+)", postbox.text())[1]
    assert visitor.post(address, data={"password": NEW}).location == "/"
    assert may_sign_in(as_, NEW)
    assert visitor.post(address, data={"password": OLD}).status_code == 410


def test_the_mail_is_in_the_readers_language(olga, as_, app, postbox):
    with_mail(app, postbox)
    with writing():
        db.session.rollback()
        person("olga").locale = "zh"
        db.session.commit()

    as_(None).post("/forgotten", data={"email": "olga@test.example"})
    work(app)

    assert "您好" in postbox.text() and "测试医院" in postbox.text()


def test_nobody_learns_who_has_an_account(olga, as_, app, postbox):
    with_mail(app, postbox)
    known = page(as_(None).post("/forgotten", data={"email": "olga@test.example"}))

    assert page(as_(None).post("/forgotten", data={"email": "nobody@test.example"})) == known
    work(app)
    assert len(postbox.mails) == 1


def test_ten_wishes_are_one_mail(olga, as_, app, postbox, monkeypatch):
    moment = clock.now().replace(minute=1, second=0)
    monkeypatch.setattr(clock, "now", lambda: moment)
    with_mail(app, postbox)
    for _ in range(10):
        as_(None).post("/forgotten", data={"email": "olga@test.example"})
    work(app)

    assert len(postbox.mails) == 1


def test_without_an_address_of_our_own_no_link_is_mailed(olga, as_, app, postbox):
    """A request's host is whatever its sender says; a mail must not lead there."""
    with_mail(app, postbox, base="")
    answer = as_(None).post("/forgotten", data={"email": "olga@test.example"}, headers={"Host": "evil.example"})

    assert answer.status_code == 422
    assert "Ask an administrator" in page(answer)
    work(app)
    assert not postbox.mails


def test_a_mail_server_that_is_away_is_tried_again(olga, as_, app, postbox):
    with_mail(app, postbox)
    postbox.refuse = "451 later"
    as_(None).post("/forgotten", data={"email": "olga@test.example"})
    work(app)
    assert not postbox.mails

    postbox.refuse = ""
    later = clock.now() + timedelta(minutes=10)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(clock, "now", lambda: later)
        work(app)

    assert len(postbox.mails) == 1


@pytest.mark.parametrize("way", ["mail", "hand"])
def test_a_link_gets_old(olga, as_, way, monkeypatch):
    monkeypatch.setitem(links.LENGTHS, way, timedelta(seconds=-1))
    with as_(None).application.test_request_context():
        token = password_token(person("olga"), way)

    assert as_(None).get(f"/password/{token}").status_code == 410


@pytest.mark.parametrize("token", ["x", "mail.x", "hand.W10.x.y", "mail.%00", "x" * 5000])
def test_made_up_links_let_nobody_in(as_, token):
    assert as_(None).get(f"/password/{token}").status_code in (404, 410)
    assert as_(None).post(f"/password/{token}", data={"password": NEW}).status_code in (404, 410)


def test_a_link_by_mail_is_not_one_by_hand(olga, as_):
    with as_(None).application.test_request_context():
        token = password_token(person("olga"), "mail")

    assert as_(None).get(f"/password/hand.{token.partition('.')[2]}").status_code == 410
