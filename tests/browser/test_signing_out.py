"""A chosen sign-out locks the app, offline too, and seals what was noted; a session that ran out does not (DECISIONS 44)."""

from __future__ import annotations

import sqlite3

import pytest
from playwright.sync_api import expect

from tests.support.chromium import TAGS, axe, small_targets
from tests.support.phone import Phone

NOTE, QUOTE = "eine Stunde gewartet", "“Nobody said anything.”"
#: Everything that lies in the phone's database, bytes as letters.
DUMP = """() => new Promise((done) => { indexedDB.open('shadowing').onsuccess = async ({ target: { result: db } }) => {
  const all = {}
  for (const name of db.objectStoreNames) {
    const ask = db.transaction(name).objectStore(name).getAll()
    all[name] = await new Promise((got) => { ask.onsuccess = () => got(ask.result) })
  }
  db.close()
  const latin = (bytes) => new TextDecoder('latin1').decode(bytes)
  done(JSON.stringify(all, (_, value) => value instanceof ArrayBuffer && value.byteLength < 1e6 ? latin(value) : value))
} })"""


@pytest.fixture
def phone(running, server, tmp_path):
    server.start()
    made = Phone(running, tmp_path / "profile", server).switch_on().sign_in().ready_for_the_walk()
    yield made
    assert made.complaints == []
    made.close()


def walk(phone) -> None:
    """Without a network: a visit with the customer's name, and two observations. Three records wait."""
    phone.network(False)
    phone.page.get_by_role("link", name="Start shadowing").first.click()
    phone.page.locator("input[name=consent][value=yes]").check(force=True)
    phone.page.locator("footer button.btn-p").click()
    phone.page.wait_for_url("**#/visit/**")
    phone.capture_next()
    note(phone)
    title = phone.title()
    phone.next()
    expect(phone.page.locator("h1").first).not_to_have_text(title)
    note(phone)
    phone.page.locator(".dock .dock-map").click()
    phone.page.wait_for_url("**#/visit/**")


def note(phone) -> None:
    phone.rate(2, 3, 4, emotion=-1)
    phone.words(note=NOTE, quote=QUOTE)


def sign_out(phone) -> None:
    phone.page.goto(f"{phone.server.address}/app#/me")
    phone.page.get_by_role("button", name="Sign out").click()
    phone.page.get_by_role("heading", name="has signed out").wait_for()


def sealed(phone) -> None:
    """Until nothing is left to seal."""
    phone.page.get_by_text("before").first.wait_for()
    for _ in range(300):
        text = phone.page.evaluate(DUMP)
        if '"leaving":[]' in text:
            return
        phone.page.wait_for_timeout(100)
    raise AssertionError("never sealed")


def come_back(phone, role="observer") -> None:
    phone.page.get_by_role("link", name="Sign in", exact=True).click()
    who = phone.server.sign_ins()[role]
    phone.page.fill("input[name=email]", who["email"])
    phone.page.fill("input[name=password]", who["password"])
    phone.page.click("form button.btn-p")
    phone.page.wait_for_url("**/app**")


def counts(server):
    with sqlite3.connect(f"file:{server.instance}/shadowing.sqlite?mode=ro", uri=True) as database:
        return [database.execute(f"select count(*) from {t}").fetchone()[0] for t in ("visit", "observation")]


def grown(server, before):
    return [now - then for now, then in zip(counts(server), before, strict=True)]


@pytest.mark.parametrize("online", [False, True], ids=["offline", "online"])
def test_it_locks_at_once_seals_everything_and_sends_it_once_at_the_next_sign_in(phone, server, online):
    before = counts(server)
    walk(phone)
    if online:
        phone.page.route("**/api/v1/sync", lambda route: route.abort())
        phone.network(True)

    sign_out(phone)
    phone.page.get_by_text("3 records wait safely here").wait_for()
    phone.page.get_by_text("3 records wait safely here").wait_for()
    sealed(phone)

    lying = phone.page.evaluate(DUMP)
    for words in (NOTE, QUOTE, "utility", "touchpoint_id", "customer_label", '"keys":{"'):
        assert words not in lying, words
    assert axe(phone.page, [*TAGS, "wcag2aaa"]) == [] and small_targets(phone.page) == []
    phone.page.goto(f"{server.address}/app#/outbox")
    phone.page.reload()
    expect(phone.page.get_by_role("heading", name="has signed out")).to_be_visible()
    expect(phone.page.locator(".tabbar, .next, form.cap")).to_have_count(0)
    assert grown(server, before) == [0, 0]

    phone.page.unroute_all()
    phone.network(True)
    come_back(phone)
    phone.page.goto(f"{server.address}/app#/outbox")
    phone.page.get_by_text("Everything has been sent").wait_for(timeout=60_000)
    assert grown(server, before) == [1, 2]
