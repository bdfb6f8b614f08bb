"""The line of the index in a real browser: reached by keyboard, and without barriers in every width and light."""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import expect

from tests.support.chromium import axe, context, sign_in, watch


@pytest.mark.parametrize(("phone", "dark"), list(product((True, False), (False, True))))
def test_the_line_of_the_index_is_read_point_by_point(browser, demo, phone, dark):
    person = context(browser, phone=phone, dark=dark)
    page = person.new_page()
    complaints = watch(page)
    sign_in(page, demo.address, demo.sign_ins()["executive"])
    page.goto(f"{demo.address}/summary")
    card = page.locator(".card", has=page.get_by_role("heading", name="CX index"))
    expect(card.get_by_text("windows of 90 days").first).to_be_visible()

    points = card.locator("svg:visible .c-point")
    points.first.focus()
    expect(points.first).to_be_focused()
    page.keyboard.press("Tab")

    expect(points.nth(1)).to_be_focused()
    assert "most likely" in (points.nth(1).get_attribute("aria-label") or "")
    assert axe(page) == [] and complaints == []
    person.close()
