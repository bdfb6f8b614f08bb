"""On the smallest phones and on their side: what opens is seen, fields are not zoomed into, anchors can be tapped."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.chromium import TAGS, axe, small_targets

STRICT = [*TAGS, "wcag2aaa"]
SIZES = [(320, 568), (844, 390), (390, 844)]
#: Whether the middle of an element is what a finger there would meet.
SEEN = """(selector) => [...document.querySelectorAll(selector)].every((one) => {
  const { left, top, width, height } = one.getBoundingClientRect()
  return one.contains(document.elementFromPoint(left + width / 2, top + height / 2)) })"""
SMALL_PRINT = """() => [...document.querySelectorAll(
    'input:not([type=radio], [type=checkbox], [type=file]), textarea, select')]
  .filter((one) => one.getClientRects().length && parseFloat(getComputedStyle(one).fontSize) < 16)
  .map((one) => one.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("size", SIZES)
def test_reasons_that_open_are_seen_whole(capturing, size):
    page = capturing
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for level in ("delight", "usability", "utility"):
        page.locator(f"input[name={level}][value='1']").check()
        page.wait_for_timeout(300)
        assert page.evaluate(SEEN, ".rz label"), level


@pytest.mark.parametrize("size", SIZES)
def test_what_a_number_means_is_found_by_its_sign_and_tapped(capturing, size):
    page = capturing
    page.set_viewport_size({"width": size[0], "height": size[1]})
    expect(page.locator(".lab-what").first).to_be_visible()
    page.locator(".lab-name").nth(2).tap()
    page.locator(".guide").wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate(SEEN, ".guide li button, .guide-close")
    assert axe(page, STRICT) == [] and small_targets(page) == []
    page.locator(".guide li button").nth(3).tap()

    expect(page.locator(".guide")).to_have_count(0)
    expect(page.locator("input[name=utility][value='4']")).to_be_checked()


def test_nothing_that_is_typed_or_chosen_is_small_enough_to_be_zoomed(phone, server):
    phone.locator("section.next a.btn").click()
    phone.locator("footer button.btn-p").wait_for()
    assert phone.evaluate(SMALL_PRINT) == []
    phone.goto(f"{server.address}/app#/practise")
    phone.wait_for_url("**#/capture/**")
    for number in range(4):
        phone.locator("input[name=tab]").nth(number).check()
        assert phone.evaluate(SMALL_PRINT) == []
    phone.locator(".watch").tap()
    phone.locator("dialog").wait_for()
    assert phone.evaluate(SMALL_PRINT) == []
