"""Me: what became of what I noted, and how my eye compares; kept for when there is no network."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.chromium import TAGS, axe, context, sign_in, small_targets, watch

EYE = {"value": 0.16, "low": 0.05, "high": 0.28}


@pytest.mark.parametrize("zh", [False, True], ids=["en", "zh"])
def test_the_echo_is_there_without_a_network_too(browser, server, zh):
    server.start()
    person = context(browser, phone=True, zh=zh, dark=zh)
    page = person.new_page()
    complaints = watch(page)
    sign_in(page, server.address, server.sign_ins()["observer"])
    page.goto(f"{server.address}/app#/me")
    page.locator(".echo .track").first.wait_for()
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    noted = page.locator(".echo").count()
    assert axe(page, [*TAGS, "wcag2aaa"]) == [] and small_targets(page) == []

    person.set_offline(True)
    page.reload()

    page.locator(".echo .track").first.wait_for()
    assert page.locator(".echo").count() == noted > 0
    assert complaints == []
    person.close()


def test_my_eye_is_said_kindly_and_only_when_known(browser, server):
    server.start()
    person = context(browser, phone=True)
    page = person.new_page()
    sign_in(page, server.address, server.sign_ins()["observer"])
    known = {"items": [], "total": 0, "eye": None}
    page.route("**/api/v1/echo", lambda route: route.fulfill(json=known))
    page.goto(f"{server.address}/app#/me")
    page.get_by_role("heading", name="Ready to leave?").wait_for()
    expect(page.get_by_role("heading", name="My eye")).to_have_count(0)

    known["eye"] = EYE
    page.reload()

    page.get_by_text("a little milder than others at the same touchpoints, by about 4 points").wait_for()
    expect(page.get_by_role("img", name="between 1 and 7 points")).to_have_count(1)
    assert axe(page, [*TAGS, "wcag2aaa"]) == []
    person.close()


@pytest.mark.parametrize(
    ("free", "sentence"),
    [(4_000_000_000, "Room for about 10000 photos"), (5_300_000, "Room for about 13 photos")],
    ids=["plenty", "little"],
)
def test_the_room_that_is_left_is_said_in_photos(phone, server, free, sentence):
    phone.add_init_script(f"navigator.storage.estimate = async () => ({{ quota: {free} + 7, usage: 7 }})")
    phone.goto(f"{server.address}/app#/me")
    phone.reload()
    room = phone.locator(".check", has_text=sentence)
    room.wait_for()

    assert ("well-done" in room.get_attribute("class")) is (free > 20_000_000)
