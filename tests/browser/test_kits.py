"""What differs by channel: a call has other clocks, a screen is captured from screenshots, a desk has keys."""

from __future__ import annotations

import base64

import pytest
from playwright.sync_api import expect

from tests.browser.phone_shots import a_picture
from tests.browser.test_photos_on_the_phone import places
from tests.support.chromium import TAGS, agree, axe, context, sign_in, small_targets, to_the_map, watch
from tests.support.waiting import wait_until

STRICT = [*TAGS, "wcag2aaa"]
BODIES = """kind => new Promise((done, failed) => {
  const opening = indexedDB.open('shadowing')
  opening.onerror = failed
  opening.onsuccess = () => {
    const all = opening.result.transaction(kind).objectStore(kind).getAll()
    all.onsuccess = () => { opening.result.close(); done(all.result.map(one => one.body)) }
  }
})"""
PASTE = """raw => {
  const bytes = Uint8Array.from(atob(raw), sign => sign.charCodeAt(0))
  const data = new DataTransfer()
  data.items.add(new File([bytes], 'screen.jpg', { type: 'image/jpeg' }))
  dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, cancelable: true }))
}"""


@pytest.fixture(params=["phone"])
def moment(request, browser, server):
    """A moment off the map, whose channel is still to be said."""
    server.start()
    person = context(browser, phone=request.param == "phone")
    page = person.new_page()
    complaints = watch(page)
    sign_in(page, server.address, server.sign_ins()["observer"])
    page.goto(f"{server.address}/app")
    page.locator("section.next a.btn").click()
    agree(page)
    to_the_map(page)
    page.get_by_role("button", name="Something else").click()
    page.locator("form.cap").wait_for()
    yield page
    assert complaints == []
    person.close()


def channel(page, slug):
    page.get_by_label("Channel", exact=True).select_option(slug)


def bodies(page, kind="observations"):
    return page.evaluate(BODIES, kind)


def body_with(page, question):
    """The one observation, as soon as it answers the question."""
    wait_until(lambda: any(question(body) for body in bodies(page)), seconds=30)
    return next(body for body in bodies(page) if question(body))


def test_a_call_has_menu_hold_talk_and_transfers(moment):
    page = moment
    channel(page, "phone")
    page.get_by_role("heading", name="May you listen in?").wait_for()
    assert axe(page, STRICT) == [] and small_targets(page) == []
    page.get_by_role("button", name="Both agree").click()

    for step in ("Through", "Answered", "Hung up"):
        page.get_by_role("button", name=step).click()
    page.get_by_role("button", name="Transferred 0 times").click()
    page.get_by_role("button", name="Transferred 1 time").click()
    assert axe(page, STRICT) == [] and small_targets(page) == []

    timings = body_with(page, lambda body: body["timings"].get("transfers") == 2)["timings"]
    assert set(timings) == {"menu", "hold", "wait", "talk", "transfers"}
    assert timings["wait"] >= timings["menu"]
    assert bodies(page, "visits")[0]["consent"]["listening"] == "yes"


def test_times_of_a_call_are_put_right_by_hand(moment):
    page = moment
    channel(page, "phone")
    page.get_by_role("button", name="Not listening").click()
    page.locator(".watch").click()
    fields = page.locator("dialog .times input")
    fields.nth(1).fill("2:30")
    page.get_by_role("button", name="One transfer more").click()
    assert axe(page, STRICT) == [] and small_targets(page) == []
    page.get_by_role("button", name="Keep these times").click()

    timings = body_with(page, lambda body: body["timings"].get("hold"))["timings"]
    assert (timings["hold"], timings["transfers"]) == (150, 1)


def test_listening_in_is_asked_once_a_visit(moment):
    page = moment
    channel(page, "phone")
    page.get_by_role("button", name="Not listening").click()
    channel(page, "counter")
    channel(page, "phone")

    page.wait_for_timeout(300)
    expect(page.locator("dialog")).to_have_count(0)


def test_on_a_screen_camera_and_gallery_keep_their_places(moment):
    page = moment
    before = places(page)
    assert [said[1:] for said in before.values()] == [("environment", False), (None, True)]

    channel(page, "app")

    assert places(page) == before


@pytest.mark.parametrize("moment", ["desk"], indirect=True)
def test_at_a_desk_keys_rate_and_screenshots_stand_beside(moment):
    page = moment
    channel(page, "web")
    page.locator("h1").focus()
    for key in "42315":
        page.keyboard.press(key)
    page.keyboard.press(" ")
    rated = body_with(page, lambda body: body["expectation"] is not None and "wait" in body["timings"])
    order = ("utility", "usability", "delight", "emotion", "expectation")
    assert [rated[name] for name in order] == [4, 2, 3, -2, 2]

    page.evaluate(PASTE, base64.b64encode(a_picture()).decode())
    page.locator("main.shot canvas").wait_for()
    assert axe(page, STRICT) == []
    page.locator("footer.tools button.btn-p").click()
    page.locator(".large textarea").fill("Spins for a minute")
    assert axe(page, STRICT) == []
    assert page.evaluate("() => document.documentElement.scrollHeight <= innerHeight && scrollX === 0")
    body_with(page, lambda body: body["photos"] and body["photos"][0]["caption"] == "Spins for a minute")
    page.locator("svg.pins").click(position={"x": 30, "y": 20})
    page.get_by_label("Note 1", exact=True).fill("No word on how long")
    page.get_by_role("button", name="Pin a note").click()
    page.get_by_role("button", name="Remove note 2").click()
    assert axe(page, STRICT) == [] and small_targets(page) == []
    pinned = body_with(page, lambda body: body["photos"] and body["photos"][0].get("pins", [{}])[0].get("note"))
    (pin,) = pinned["photos"][0]["pins"]
    assert pin["note"] == "No word on how long" and 0 < pin["x"] < 0.5 and 0 < pin["y"] < 0.5

    page.locator("input[name=tab]").nth(3).check()
    note = page.locator(".p-words textarea").last
    note.fill("")
    note.press_sequentially("1 of 5 steps")
    assert body_with(page, lambda body: body["note"])["utility"] == 4, "whoever types is left alone"
    page.locator("h1").focus()
    page.keyboard.press("Enter")
    page.locator("h1", has_text="Not on the map").wait_for(state="detached")
