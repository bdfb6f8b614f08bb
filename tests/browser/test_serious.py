"""Serious things, from the same corner of capture and map: held by a finger, or pressed by a key and confirmed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.chromium import TAGS, axe, finger_on, small_targets
from tests.support.receipts import receipt

CORNER = "button.corner"
SHEET = "dialog.sheet"
#: The body of the record on the screen, as the phone's database has it.
SERIOUS = """() => new Promise((done) => { indexedDB.open('shadowing').onsuccess = ({ target: { result: db } }) => {
  db.transaction('observations').objectStore('observations').getAll().onsuccess = ({ target }) => {
    done(target.result.map((one) => one.body.serious).filter(Boolean)); db.close() } } })"""


def held(page, server, visit):
    answer = page.request.get(f"{server.address}/api/v1/visits/{visit}/receipt")
    return len(answer.json()["observations"]) if answer.ok else 0


def hold(page):
    with finger_on(page, CORNER):
        page.locator(SHEET).wait_for()


def test_held_on_the_capture_it_is_about_what_one_is_in(capturing, server):
    page = capturing
    name = page.locator("form.cap h1").inner_text()
    hold(page)
    assert name in page.locator(f"{SHEET} h2").inner_text()
    assert axe(page, [*TAGS, "wcag2aaa"]) == [] and small_targets(page) == []
    page.locator(f"{SHEET} label", has_text="safety").tap()

    page.get_by_test_id("toast").get_by_text("Serious: safety").wait_for()
    assert page.evaluate(SERIOUS) == ["safety"]
    page.locator(".dock .dock-map").tap()
    page.locator(".tp .serious", has_text="The lead has it").first.wait_for(timeout=60_000)
    assert receipt(page, server, page.url.rpartition("/")[2], lambda it: len(it["observations"]) == 1)


def test_nothing_under_the_finger_takes_its_lift(capturing):
    """The sheet comes up beneath the finger that still lies in the corner."""
    page = capturing
    with finger_on(page, CORNER):
        page.locator(SHEET).wait_for()
        below = page.evaluate(
            "() => { const { left, top } = document.querySelector('.sheet').getBoundingClientRect();"
            " const corner = document.querySelector('.corner').getBoundingClientRect();"
            " return corner.top > top && corner.left >= left }"
        )
        assert below, "the sheet must lie under the finger, or this shows nothing"
    page.wait_for_timeout(300)

    expect(page.locator(SHEET)).to_be_visible()
    assert page.evaluate(SERIOUS) == []
    page.locator(SHEET).get_by_role("button", name="Cancel").tap()
    expect(page.locator(SHEET)).to_have_count(0)


def test_the_corner_is_the_same_place_on_capture_and_map(capturing):
    page = capturing
    on_capture = page.locator(CORNER).bounding_box()
    page.locator(".dock .dock-map").tap()
    page.locator("main.map").wait_for()
    on_map = page.locator(CORNER).bounding_box()

    assert abs(on_capture["x"] - on_map["x"]) < 12 and abs(on_capture["y"] - on_map["y"]) < 24
    assert page.get_by_role("button", name="Finish visit").inner_html() != page.locator(CORNER).inner_html()


@pytest.mark.parametrize("where", ["capture", "map"])
def test_a_short_touch_only_says_how(capturing, where):
    page = capturing
    if where == "map":
        page.locator(".dock .dock-map").tap()
        page.locator("main.map").wait_for()
    page.locator(CORNER).tap()

    page.get_by_test_id("toast").get_by_text("Hold the triangle").wait_for()
    expect(page.locator(SHEET)).to_have_count(0)


def test_a_finger_lifted_too_soon_opens_nothing(capturing):
    page = capturing
    with finger_on(page, CORNER):
        page.locator(f"{CORNER}.closing").wait_for()
    page.wait_for_timeout(1200)

    expect(page.locator(SHEET)).to_have_count(0)


def test_by_key_it_opens_at_once_and_is_confirmed(capturing):
    page = capturing
    page.locator(CORNER).press("Enter")
    page.locator(f"{SHEET}:focus, {SHEET} :focus").wait_for(state="attached")  # the sheet takes the focus as it opens
    page.locator(f"{SHEET} input[value=dignity]").press("Space")
    assert page.evaluate(SERIOUS) == []
    page.locator(SHEET).get_by_role("button", name="Tell the lead: dignity").press("Enter")

    page.get_by_test_id("toast").get_by_text("Serious: dignity").wait_for()
    assert page.evaluate(SERIOUS) == ["dignity"]


@pytest.mark.parametrize("by_key", [False, True])
def test_a_slip_is_undone_before_anybody_hears(walking, server, by_key):
    page, visit = walking, walking.url.rpartition("/")[2]
    if by_key:
        page.locator(CORNER).press("Enter")
        page.locator(f"{SHEET} input[value=money]").check()
        page.locator(f"{SHEET} .btn-p").press("Enter")
    else:
        hold(page)
        page.locator(f"{SHEET} label", has_text="money").tap()
    page.get_by_test_id("toast").get_by_role("button", name="Undo").tap()

    page.locator(".tp", has_text="Moment,").wait_for(state="detached")
    assert page.evaluate(SERIOUS) == []
    assert held(page, server, visit) == 0


def test_without_any_place_it_becomes_a_moment(walking):
    page = walking
    page.locator(".phone-foot .btn-p").last.click()
    page.locator("input[name=utility][value='2']").check()
    page.locator(".dock .dock-map").click()
    page.get_by_role("button", name="Finish visit").click()
    page.locator("details.noted summary").click()
    page.locator("details.noted").get_by_role("button", name="Throw").first.click()
    page.locator(".head-back").click()
    page.locator("main.map").wait_for()
    hold(page)
    page.locator(f"{SHEET} label", has_text="dignity").tap()

    page.locator(".tp", has_text="Moment,").wait_for()


def test_while_the_visit_rests_the_corner_is_there(capturing):
    page = capturing
    page.locator("input[name=utility][value='2']").check()
    page.locator(".dock .dock-map").tap()
    page.locator("main.map").wait_for()
    visit = page.url.rpartition("/")[2]
    page.get_by_role("button", name="Pause").first.tap()
    page.wait_for_url("**#/today")
    page.evaluate("id => { location.hash = `#/visit/${id}` }", visit)
    page.locator("main.map").wait_for()

    hold(page)
