"""Signing in: who comes in, how often one may try, where one lands."""

import base64
import re
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from shadowing.app import create_app
from shadowing.core import clock
from shadowing.core.database import db, writing
from shadowing.people import sessions, throttle
from shadowing.people.accounts import add_token
from shadowing.people.links import password_token
from shadowing.people.models import AuditEntry, EndedSession, SignInTry
from shadowing.people.passwords import hash_password, matches, needs_rehash
from tests.conftest import CAST, person

PASSWORD = "correct horse battery"


@pytest.fixture
def password():
    with writing():
        db.session.rollback()
        for name in CAST:
            person(name).password_hash = HASH
        db.session.commit()
    return PASSWORD


HASH = hash_password(PASSWORD)


def sign_in(client, email="olga@test.example", password=PASSWORD, **more):
    return client.post("/sign-in", data={"email": email, "password": password, **more})


@pytest.mark.parametrize(
    ("name", "page"), [("olga", "/app"), ("lena", "/areas"), ("anna", "/areas"), ("emil", "/summary")]
)
def test_each_role_lands_on_its_own_first_page(as_, password, name, page):
    client = as_(None)

    answer = sign_in(client, f"{name}@test.example")

    assert answer.status_code == 302
    assert client.get(answer.location).location == page


def test_a_wrong_password_gets_a_sentence_and_not_in(as_, password):
    client = as_(None)

    answer = sign_in(client, password="wrong horse battery")

    assert answer.status_code == 422
    assert "do not match" in answer.get_data(as_text=True)
    assert client.get("/api/v1/session").get_json()["user"] is None


def test_a_hash_of_weaker_settings_is_made_anew_by_a_sign_in(as_, password):
    with writing():
        person("olga").password_hash = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(password)
        db.session.commit()

    sign_in(as_(None), password=password)

    assert matches(password, person("olga").password_hash) and not needs_rehash(person("olga").password_hash)


def test_an_unknown_address_gets_the_same_answer(as_, password):
    known = sign_in(as_(None), password="wrong horse battery").get_data(as_text=True)
    unknown = sign_in(as_(None), "nobody@test.example").get_data(as_text=True)

    assert known.replace("olga@", "nobody@") == unknown


def test_ten_failures_close_the_account_for_a_while(as_, password):
    client = as_(None)
    for _ in range(10):
        assert sign_in(client, password="wrong horse battery").status_code == 422

    closed = sign_in(client)

    assert closed.status_code == 429
    assert closed.headers["Retry-After"]
    assert sign_in(client, "otto@test.example").status_code == 302
    with writing():
        db.session.rollback()
        db.session.query(SignInTry).update({"at": clock.now() - timedelta(minutes=16)})
        db.session.commit()
    assert sign_in(as_(None)).status_code == 302


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site(as_, password, target):
    assert sign_in(as_(None), next=target).location == "/"


def test_one_comes_back_to_where_one_wanted_to_go(as_, password):
    assert sign_in(as_(None), next="/app").location == "/app"


def test_sign_out_is_a_post_and_ends_the_session(olga):
    assert olga.get("/sign-out").status_code == 405
    olga.post("/sign-out")
    assert olga.get("/api/v1/session").get_json()["user"] is None


def test_a_cookie_of_before_signing_out_lets_nobody_in(as_, password):
    client = as_(None)
    sign_in(client)
    before = client.get_cookie("shadowing").value

    client.post("/sign-out")
    client.set_cookie("shadowing", before)  # as an answer brings it that was under way meanwhile

    assert client.get("/api/v1/session").get_json()["user"] is None
    assert sign_in(client).status_code == 302


def test_a_session_that_ended_is_not_prolonged(as_, password, monkeypatch):
    client = as_(None)
    sign_in(client)
    before = client.get_cookie("shadowing").value
    client.post("/sign-out")
    client.set_cookie("shadowing", before)
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)

    assert "Set-Cookie" not in client.get("/api/v1/session").headers


def test_whoever_comes_next_ends_the_session_before(as_, password):
    client = as_(None)
    sign_in(client)
    olga = client.get_cookie("shadowing").value
    sign_in(client, "otto@test.example")
    assert client.get("/api/v1/session").get_json()["user"]["name"] == "Otto"

    client.set_cookie("shadowing", olga)

    assert client.get("/api/v1/session").get_json()["user"] is None


def test_another_device_stays_signed_in(as_, password):
    here, there = as_(None), as_(None)
    sign_in(here)
    sign_in(there)

    here.post("/sign-out")

    assert there.get("/api/v1/session").get_json()["user"]["name"] == "Olga"


def test_answers_bring_a_cookie_once_a_day(as_, password, monkeypatch):
    client = as_(None)
    sign_in(client)
    assert "Set-Cookie" not in client.get("/api/v1/session").headers

    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)

    assert "Set-Cookie" in client.get("/api/v1/session").headers
    assert "Set-Cookie" not in client.get("/api/v1/session").headers


def test_marks_of_ended_sessions_go_when_their_cookies_are_worth_nothing(as_, password):
    client = as_(None)
    sign_in(client)
    client.post("/sign-out")

    for days, left in ((29, 1), (31, 0)):
        with writing():
            db.session.rollback()
            sessions.forget_ended(clock.now() + timedelta(days=days))
            db.session.commit()
        assert db.session.query(EndedSession).count() == left


def test_session_tells_who_and_never_refuses(olga, as_):
    user = olga.get("/api/v1/session").get_json()["user"]

    assert (user["name"], user["role"]) == ("Olga", "observer")
    assert as_(None).get("/api/v1/session").status_code == 200


def test_a_bearer_token_stands_for_its_person(as_):
    with writing():
        db.session.rollback()
        token = add_token(person("lena"), "robot")
        db.session.commit()
    client = as_(None)

    assert client.get("/api/v1/areas", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    assert client.get("/api/v1/areas", headers={"Authorization": "Bearer sh_wrong"}).status_code == 401


def test_a_person_who_left_is_out_at_once(olga):
    with writing():
        db.session.rollback()
        person("olga").left_at = clock.now()
        db.session.commit()

    assert olga.get("/api/v1/carry").status_code == 401


def test_the_language_goes_with_the_person(olga):
    olga.post("/language", data={"language": "zh", "next": "/sign-in"})

    assert olga.get("/api/v1/session").get_json()["user"]["locale"] == "zh"
    assert olga.post("/language", data={"language": "tlh"}).status_code == 422


@pytest.mark.parametrize("header", ["zh-CN,zh;q=0.9", "zh-Hans-CN", "zh-TW", "zh"])
def test_browsers_that_speak_chinese_get_chinese(as_, header):
    page = as_(None).get("/sign-in", headers={"Accept-Language": header}).get_data(as_text=True)

    assert '<html lang="zh' in page


# --- nobody shuts somebody else out -----------------------------------------------------------------


def from_address(as_, address):
    client = as_(None)
    client.environ_base["REMOTE_ADDR"] = address
    return client


def fail(client, times, email="olga@test.example"):
    return [sign_in(client, email, password="wrong horse battery").status_code for _ in range(times)]


def test_failures_of_others_leave_a_browser_that_is_known_alone(as_, password):
    own = from_address(as_, "203.0.113.7")
    assert sign_in(own).status_code == 302
    own.post("/sign-out")
    assert set(fail(from_address(as_, "203.0.113.7"), 12)) == {422, 429}, "the same network, another browser"

    assert sign_in(own).status_code == 302


def test_failures_elsewhere_slow_strangers_down_and_shut_nobody_out(as_, password, monkeypatch):
    for number in range(10):
        assert fail(from_address(as_, f"198.51.100.{number}"), 1) == [422]

    here = from_address(as_, "192.0.2.1")
    waiting = sign_in(here)
    assert (waiting.status_code, waiting.headers["Retry-After"]) == (429, "1")
    later = clock.now() + timedelta(seconds=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert sign_in(here).status_code == 302


def test_a_known_browser_may_not_guess_without_end_either(as_, password):
    own = as_(None)
    sign_in(own)
    own.post("/sign-out")

    assert fail(own, 11) == [422] * 10 + [429]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2:bbbb::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2", True),
    ],
)
def test_of_ipv6_one_connection_counts(one, other, same):
    assert (throttle.network(one) == throttle.network(other)) is same


def test_a_forged_mark_of_a_known_browser_is_none(as_, password):
    client = from_address(as_, "203.0.113.7")
    client.set_cookie("shadowing_known", '["x",[1,2,3]].forged')

    assert fail(client, 11) == [422] * 10 + [429]
    assert sign_in(client).status_code == 429


def test_failed_sign_ins_are_in_the_trail(as_, password):
    fail(as_(None), 1)
    fail(as_(None), 1, "nobody@test.example")

    found = db.session.query(AuditEntry).filter_by(action="sign_in_failed").order_by(AuditEntry.id).all()
    assert [entry.subject_id for entry in found] == [str(person("olga").id), ""]


def test_signing_out_empties_the_cache_and_nothing_else(olga):
    assert olga.post("/sign-out").headers["Clear-Site-Data"] == '"cache"'


def test_what_is_signed_is_signed_with_sha256(app, as_, password):
    """SHA-1 is what Flask and itsdangerous take by themselves."""
    client = as_(None)
    sign_in(client)
    cookies = [client.get_cookie(name).value for name in ("shadowing", "shadowing_known")]
    with app.test_request_context():
        signed = [*cookies, password_token(person("olga"), "mail")]

    assert [len(base64.urlsafe_b64decode(text.rpartition(".")[2] + "=")) for text in signed] == [32, 32, 32]


# --- what lets somebody in without the password -----------------------------------------------------


def bearer(app, token):
    return app.test_client().get("/api/v1/plans", headers={"Authorization": f"Bearer {token}"}).status_code


def with_token(name="olga"):
    with writing():
        db.session.rollback()
        token = add_token(person(name), "cash desk")
        db.session.commit()
    return token


def test_tokens_and_the_calendar_are_listed_and_ended_by_their_owner(app, olga):
    token = with_token()
    olga.post("/slots/calendar")
    shown = olga.get("/account").get_data(as_text=True)
    assert "cash desk" in shown
    assert "Address of the calendar" in shown
    assert bearer(app, token) == 200

    for action in re.findall(r'action="(/account/(?:tokens/\d+|calendar)/end)"', shown):
        assert olga.post(action).status_code == 303

    assert bearer(app, token) == 401
    assert "cash desk" not in olga.get("/account").get_data(as_text=True)
    assert person("olga").calendar_digest is None


def test_administrators_end_them_and_nobody_else_does(app, anna, otto, lena):
    token = with_token()
    action = re.findall(
        r'action="(/people/\d+/tokens/\d+/end)"', anna.get(f"/people/{person('olga').id}").get_data(as_text=True)
    )[0]
    assert lena.post(action).status_code == 403
    assert otto.post(f"/account/tokens/{action.split('/')[4]}/end").status_code == 404
    assert bearer(app, token) == 200

    assert anna.post(action).status_code == 303
    assert bearer(app, token) == 401


def test_a_new_password_ends_them(app, as_, password):
    token, client = with_token(), as_(None)
    sign_in(client)
    client.post("/slots/calendar")

    client.post("/account/password", data={"current": PASSWORD, "password": "four green lamps sing"})

    assert bearer(app, token) == 401
    assert person("olga").calendar_digest is None


@pytest.mark.parametrize("weak", ["qwertyuiop", "Basketball", "1qaz2wsx3edc", "manchester"])
def test_what_everybody_tries_first_is_no_password(as_, password, weak):
    client = as_(None)
    sign_in(client)

    answer = client.post("/account/password", data={"current": PASSWORD, "password": weak})

    assert answer.status_code == 422
    assert "easily guessed" in answer.get_data(as_text=True)


def test_cookies_of_https_are_bound_to_this_host(app, place, password):
    secure = create_app({**place.settings, "SHADOWING_BASE_URL": "https://shadow.example"}, instance=str(place.folder))

    assert secure.config["SESSION_COOKIE_NAME"] == "__Host-shadowing"
    assert secure.config["SESSION_COOKIE_SECURE"]
    client, olga_in = secure.test_client(), {"email": "olga@test.example", "password": PASSWORD}
    answers = [
        client.post("/language", data={"language": "zh"}, base_url="https://shadow.example"),
        client.post("/sign-in", data=olga_in, base_url="https://shadow.example"),
    ]
    cookies = [cookie for answer in answers for cookie in answer.headers.getlist("Set-Cookie")]
    assert sorted(re.match("[^=]*", cookie)[0] for cookie in cookies) == [
        "__Host-shadowing",
        "__Host-shadowing_known",
        "__Host-shadowing_language",
    ]
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; ")), cookie
        assert "Domain" not in cookie
    assert 'lang="zh' in client.get("/sign-in?again=1", base_url="https://shadow.example").get_data(as_text=True)
    with secure.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.engine("sqlite")
def test_a_phone_tells_a_chosen_sign_out_from_a_session_that_ran_out(as_, password):
    client, number = as_(None), str(person("olga").id)
    sign_in(client)
    first = client.get("/api/v1/session").get_json()
    kept = client.get_cookie("shadowing").value

    client.post("/sign-out")
    chosen = client.get("/api/v1/session").get_json()
    client.set_cookie("shadowing", kept)  # brought back by an answer that was under way
    brought_back = client.get("/api/v1/session").get_json()
    client.delete_cookie("shadowing")
    ran_out = client.get("/api/v1/session").get_json()
    sign_in(client)
    again = client.get("/api/v1/session").get_json()

    assert (first["left"], chosen["left"], brought_back["left"], ran_out["left"]) == (None, number, number, None)
    assert (chosen["user"], brought_back["user"], ran_out["session"]) == (None, None, None)
    assert again["left"] is None and again["session"] not in (None, first["session"])
