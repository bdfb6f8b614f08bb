"""The first minute, and second thoughts: three screens, practice, a bin that gives back what was thrown away."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_kits import body_with
from tests.support.chromium import TAGS, agree, axe, context, sign_in, small_targets, to_the_map, watch

STRICT = [*TAGS, "wcag2aaa"]


@pytest.fixture(params=["en", "zh"])
def today(request, browser, server):
    server.start()
    zh = request.param == "zh"
    person = context(browser, phone=True, zh=zh, dark=zh)
    page = person.new_page()
    complaints = watch(page)
    sign_in(page, server.address, server.sign_ins()["observer"])
    page.locator("section.next").wait_for()
    yield page
    assert complaints == []
    person.close()


def good(page):
    # A row half under the sticky bar or a toast is one scroll away from being whole.
    assert [found for found in axe(page, STRICT) if "partially obscured" not in found] == []
    assert small_targets(page) == []


def start(page, practice=False):
    page.locator("section.next a.btn").click()
    if practice:
        page.locator("footer button.btn:not(.btn-p)").click()
    else:
        agree(page)
    to_the_map(page)
    page.locator(".phone-foot .btn-p").last.click()
    page.locator("input[name=utility][value='2']").check()
    page.locator(".dock .dock-map").click()
    page.locator(".visit .phone-foot .btn").last.click()
    page.wait_for_url("**#/review/**")


def test_three_screens_lead_to_practice_and_are_offered_once(today):
    page = today
    page.locator(".welcome-card").click()
    for _ in range(2):
        good(page)
        page.locator(".welcome .btn-p").click()
    good(page)
    page.locator(".welcome .btn-p").click()
    page.wait_for_url("**#/capture/**")
    page.goto(page.url.partition("#")[0] + "#/today")

    page.locator("section.next").wait_for()
    expect(page.locator(".welcome-card")).to_have_count(0)


def test_an_observation_thrown_away_comes_back_from_the_bin(today):
    page = today
    start(page)
    page.locator(".noted summary").click()
    page.locator(".noted-row button").click()
    body_with(page, lambda body: body.get("deleted_at"))
    good(page)

    page.goto(page.url.partition("#")[0] + "#/me")
    page.locator("a[href='#/bin']").click()
    good(page)
    page.locator(".item button").click()

    body_with(page, lambda body: body["utility"] == 2 and not body.get("deleted_at"))
    expect(page.locator(".item")).to_have_count(0)


def test_a_slip_is_undone_at_once(today):
    page = today
    start(page)
    page.locator(".noted summary").click()
    page.locator(".noted-row button").click()
    page.get_by_test_id("toast").locator("button").click()

    body_with(page, lambda body: not body.get("deleted_at"))
    page.locator(".noted-row").wait_for()


def test_a_practice_visit_is_thrown_away_and_put_back(today):
    page = today
    start(page, practice=True)
    page.locator(".noted summary").click()
    page.locator(".noted > .btn").click()
    page.wait_for_url("**#/me")
    page.locator("a[href='#/bin']").click()
    page.locator(".item button").click()
    page.goto(page.url.partition("#")[0] + "#/me")

    page.locator("a.set[href^='#/visit/']").wait_for()
