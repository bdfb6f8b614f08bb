"""A lead's half hour with a sceptical colleague, by keyboard alone: worst area, why, its observations, who looked."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.support.chromium import axe, context, sign_in, watch

FARTHEST = 200


def tab_to(page: Page, selector: str) -> None:
    """Go on with Tab until the focus is on what matches; nothing between may hold it."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"Tab never came to {selector}")


def test_from_the_worst_area_to_who_looked_with_the_filter_held_all_the_way(browser, demo):
    person = context(browser, phone=False)
    page = person.new_page()
    complaints = watch(page)
    sign_in(page, demo.address, demo.sign_ins()["lead"])
    page.goto(f"{demo.address}/areas")

    tab_to(page, ".filters select[name=site]")
    page.keyboard.press("ArrowDown")
    page.wait_for_url("**site=1*")
    expect(page.locator(".filters select[name=site]")).to_be_focused()
    expect(page.locator(".filter-chips li").first).to_be_visible()

    tab_to(page, "a.area")
    worst = page.locator("a.area").first
    name, score = worst.locator(".area-name b").inner_text(), worst.locator(".area-score").inner_text().split()[0]
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/areas/\d+\?.*site=1"))
    expect(page.locator("h1")).to_contain_text(name)
    expect(page.locator(".say")).to_contain_text(score)

    tab_to(page, ".explained > summary")
    page.keyboard.press("Enter")
    explained = page.locator(".explained p").first
    expect(explained).to_contain_text(f"that makes {score}")

    tab_to(page, "a[href*='rating=']")
    counted = page.evaluate(
        "() => document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"
    )
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/observations\?.*site=1"))
    assert "rating=" in page.url
    shown = page.locator("article.seen").count()
    assert str(shown) in re.findall(r"\d+", counted), (shown, counted)
    for each in page.locator("article.seen").all():
        expect(each).to_contain_text("Main building")
    assert axe(page) == []

    tab_to(page, "a.crumb")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/areas/\d+\?.*site=1"))
    tab_to(page, "a.btn[href*='/observations']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/observations\?.*site=1"))
    tab_to(page, "input[name=find]")
    page.keyboard.type("window")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"find=window"))
    assert "site=1" in page.url
    assert page.locator("article.seen").count() >= 1
    assert all("window" in text.lower() for text in page.locator("article.seen").all_inner_texts())

    tab_to(page, "a.crumb")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/areas/\d+\?.*site=1"))
    tab_to(page, "a.crumb")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/areas\?.*site=1"))
    expect(page.locator(".filters select[name=site]")).to_have_value("1")
    assert complaints == []
    person.close()
