"""Text at 200 %: nothing widens the page, the dock stays within reach, in both hands."""

from __future__ import annotations

import pytest

from tests.support.chromium import agree, context, sign_in, to_the_map

LARGE = "() => { document.documentElement.style.fontSize = '200%' }"
TOO_WIDE = "() => document.documentElement.scrollWidth - innerWidth"
IN_SIGHT = """() => [...document.querySelectorAll('.dock .btn')].map(e => e.getBoundingClientRect())
  .every(r => r.left >= 0 && r.right <= innerWidth && r.bottom <= innerHeight && r.width >= 44 && r.height >= 44)"""

#: Words of Latin letters that stand on two lines without a hyphen of their own.
BROKEN = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = []
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const holder = node.parentElement
    if (!holder.checkVisibility() || holder.closest('.vh, svg, select, option, textarea')) continue
    for (const { 0: word, index } of node.data.matchAll(/[\\p{Script=Latin}'’]{2,}/gu)) {
      const range = document.createRange()
      range.setStart(node, index)
      range.setEnd(node, index + word.length)
      const lines = new Set([...range.getClientRects()].filter((r) => r.width > 1).map((r) => Math.round(r.top)))
      if (lines.size > 1) found.push(`${word} in ${holder.tagName}.${holder.className}`)
    }
  }
  return found
}"""


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize("zh", [False, True], ids=["en", "zh"])
def test_large_text_fits_every_screen(browser, server, zh, width):
    server.start()
    person = context(browser, phone=True, zh=zh)
    page = person.new_page()
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(page, server.address, server.sign_ins()["observer"])
    page.locator("section.next a.btn").click()
    agree(page)
    to_the_map(page)
    visit = page.url.rpartition("/")[2]
    page.locator(".phone-foot .btn-p").last.click()
    page.locator("form.cap").wait_for()
    capture = page.url.partition("#")[2]
    page.evaluate(LARGE)
    screens = (capture, f"/visit/{visit}", f"/review/{visit}", "/today", "/me", "/outbox", "/start", "/welcome", "/bin")

    for screen in screens:
        page.evaluate("hash => { location.hash = hash }", screen)
        page.locator("h1").first.wait_for()
        page.wait_for_timeout(300)
        assert page.evaluate(TOO_WIDE) <= 0, screen
        assert page.evaluate(IN_SIGHT), screen
        assert page.evaluate(BROKEN) == [], screen
    person.close()


def test_the_left_hand_finds_next_at_the_left(browser, server):
    server.start()
    person = context(browser, phone=True)
    page = person.new_page()
    sign_in(page, server.address, server.sign_ins()["observer"])
    page.goto(f"{server.address}/app#/me")
    page.get_by_label("Left hand").check()
    page.goto(f"{server.address}/app#/today")
    page.locator("section.next a.btn").click()
    agree(page)
    to_the_map(page)
    page.locator(".phone-foot .btn-p").last.click()
    page.locator("form.cap").wait_for()

    places = [page.locator(name).bounding_box()["x"] for name in (".dock .btn-p", ".dock .stop", ".dock-cam")]
    assert places == sorted(places)
    person.close()
