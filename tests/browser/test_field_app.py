"""The field app's screens: readable in the sun, reachable by a thumb, within the content policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.phone_shots import visit_every_screen
from tests.support.chromium import TAGS, agree, axe, context, sign_in, small_targets, to_the_map, watch
from tests.support.receipts import receipt

STRICT = [*TAGS, "wcag2aaa"]


@pytest.mark.parametrize(("dark", "zh"), [(False, False), (True, True)], ids=["light-en", "dark-zh"])
def test_every_screen_is_accessible_to_the_strictest_level(browser, server, dark, zh):
    server.start()
    person = context(browser, phone=True, dark=dark, zh=zh)
    page = person.new_page()
    complaints, seen = watch(page), []

    def check(screen, whole=False):
        page.wait_for_timeout(300)
        # A row half under the sticky bar is one scroll away from being whole.
        assert [found for found in axe(page, STRICT) if "partially obscured" not in found] == [], screen
        assert small_targets(page) == [], screen
        if "capture" in screen:
            assert page.evaluate("() => document.documentElement.scrollHeight <= innerHeight"), f"{screen} scrolls"
        expect(page.locator("h1")).to_have_count(1)
        seen.append(screen)

    visit_every_screen(page, server, check)

    assert len(seen) == 16
    assert complaints == []
    person.close()


def test_a_phone_nobody_signed_in_on_asks_for_it_once(browser, server):
    server.start()
    person = context(browser, phone=True)
    page = person.new_page()

    page.goto(f"{server.address}/app")
    page.locator("a[href*='/sign-in']").first.click()
    page.wait_for_url(lambda url: "/sign-in" in url)
    sign_in(page, server.address, server.sign_ins()["observer"])
    page.goto(f"{server.address}/app")

    page.locator("section.next").wait_for()
    person.close()


def test_the_app_can_be_installed(browser, server):
    server.start()
    person = context(browser, phone=True)
    page = person.new_page()
    sign_in(page, server.address, server.sign_ins()["observer"])
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    devtools = person.new_cdp_session(page)

    manifest = devtools.send("Page.getAppManifest")
    errors = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]

    assert manifest["errors"] == []
    assert [e["errorId"] for e in errors if e["errorId"] != "in-incognito"] == []
    person.close()


def test_practice_never_leaves_the_phone(browser, server):
    server.start()
    person = context(browser, phone=True)
    page = person.new_page()
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method in ("POST", "PUT") else None)
    sign_in(page, server.address, server.sign_ins()["observer"])
    sent.clear()
    page.locator("section.next a.btn").click()
    page.locator("footer button.btn:not(.btn-p)").click()
    to_the_map(page)
    page.locator(".phone-foot .btn-p").last.click()
    page.locator("input[name=utility][value='2']").check()
    page.locator(".dock .btn-p").click()
    page.wait_for_timeout(4000)

    assert [url for url in sent if "/sync" in url or "/photos" in url] == []
    person.close()


def test_two_phones_of_one_person_keep_both_versions(browser, server):
    """Changed on the phone and, meanwhile, elsewhere: shown side by side, one chosen, both kept."""
    server.start()
    person = context(browser, phone=True)
    page = person.new_page()
    sign_in(page, server.address, server.sign_ins()["observer"])
    page.locator("section.next a.btn").click()
    agree(page)
    to_the_map(page)
    visit = page.url.rpartition("/")[2]
    page.locator(".phone-foot .btn-p").last.click()
    page.locator("input[name=utility][value='2']").check()
    page.locator(".dock .dock-map").click()
    held = observation_of(page, server, visit)
    body = {"id": held["id"], "revision": 2, "base_revision": 1, "visit_id": visit, "utility": 5}
    known = {"label": "Elsewhere", "observed_at": "2026-11-20T10:00:00+00:00"}
    answer = page.request.put(f"{server.address}/api/v1/observations/{held['id']}", data={**body, **known})
    assert answer.status == 200

    page.locator(".map .now button").click()
    page.locator("input[name=usability][value='4']").check()
    page.locator(".dock .dock-map").click()
    page.goto(f"{server.address}/app#/outbox")
    keep_mine = page.get_by_role("button", name="Keep mine")
    keep_mine.wait_for()
    keep_mine.click()

    receipt(page, server, visit, lambda it: it["observations"][0]["revision"] == 3)
    person.close()


def observation_of(page, server, visit):
    return receipt(page, server, visit, lambda it: it["observations"])["observations"][0]
