"""A customer photographs the code, opens the page, takes the visit back; the phone forgets it too."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.chromium import TAGS, axe, context, hand_back, sign_in, small_targets, to_the_map, watch
from tests.support.receipts import receipt

STRICT = [*TAGS, "wcag2aaa"]
KEPT = """() => new Promise((done, failed) => {
  const opening = indexedDB.open('shadowing')
  opening.onerror = failed
  opening.onsuccess = () => {
    const names = ['visits', 'observations', 'photos', 'bytes', 'outbox']
    const tx = opening.result.transaction(names)
    Promise.all(names.map(name => new Promise(got => {
      tx.objectStore(name).count().onsuccess = event => got(event.target.result)
    }))).then(counts => { opening.result.close(); done(counts) })
  }
})"""


@pytest.mark.parametrize("zh", [False, True], ids=["en", "zh"])
def test_from_the_code_on_the_phone_to_nothing_left_anywhere(browser, server, zh):
    server.start()
    observer, customer = context(browser, phone=True, zh=zh), context(browser, phone=True, zh=zh, dark=zh)
    page, theirs = observer.new_page(), customer.new_page()
    complaints = watch(page) + watch(theirs)
    sign_in(page, server.address, server.sign_ins()["observer"])
    code, visit = walk(page)
    arrived(page, server, visit)

    theirs.goto(f"{server.address}/w/{code}")
    assert axe(theirs, STRICT) == [] and small_targets(theirs) == []
    expect(theirs.locator(".gone li")).to_have_count(3)
    theirs.locator(".back-foot button").click()
    theirs.locator(".ok").wait_for()
    assert axe(theirs, STRICT) == [] and small_targets(theirs) == []

    page.goto(f"{server.address}/app#/me")
    page.reload()
    page.get_by_test_id("toast").wait_for()
    assert page.evaluate(KEPT) == [0, 0, 0, 0, 0]
    assert page.request.get(f"{server.address}/api/v1/visits/{visit}/receipt").json()["photos"] == []
    assert complaints == []
    observer.close()
    customer.close()


def walk(page):
    """Start a visit, note one touchpoint; the code and the visit's id."""
    page.locator("section.next a.btn").click()
    page.locator("footer button.btn-p").click()
    page.locator(".con input[name=photos]").check()
    page.get_by_test_id("con-yes").click()
    page.locator("svg.qr path").wait_for()
    code = page.get_by_test_id("code").inner_text()
    assert axe(page, STRICT) == []
    hand_back(page)
    to_the_map(page)
    visit = page.url.rpartition("/")[2]
    page.locator(".phone-foot .btn-p").last.click()
    page.locator("input[name=utility][value='2']").check()
    page.locator(".dock .dock-map").click()
    return code, visit


def arrived(page, server, visit):
    receipt(page, server, visit, lambda it: it["visit"] and it["observations"])


def test_a_code_can_be_typed_and_a_slip_is_named(browser, server):
    server.start()
    customer = context(browser, phone=True)
    page = customer.new_page()
    page.goto(f"{server.address}/w")
    page.fill("#code", "K7M")
    page.locator("form .btn-p").click()
    page.get_by_text("seven letters and digits").wait_for()
    assert axe(page, STRICT) == [] and small_targets(page) == []

    page.fill("#code", "k7m-p4r")
    page.locator("form .btn-p").click()
    page.wait_for_url("**/w/K7MP4R")
    assert axe(page, STRICT) == [] and small_targets(page) == []
    customer.close()
