"""Planning as a lead does it, and an hour taken by an executive: in a real browser, phone and desk, both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.chromium import axe, context, sign_in, small_targets, watch


@pytest.mark.parametrize(("phone", "zh"), [(False, False), (True, True)], ids=["desk", "phone-zh"])
def test_from_a_suggestion_to_the_week(browser, server, phone, zh):
    server.start()
    person = context(browser, phone=phone, zh=zh)
    page = person.new_page()
    complaints = watch(page)
    sign_in(page, server.address, server.sign_ins()["lead"])
    page.goto(f"{server.address}/plan")
    page.locator(".sg a.btn").nth(1).click()
    expect(page.locator("#assign-title")).to_be_focused()
    chosen = page.locator("#assign-title").inner_text()
    page.locator(".who", has_text="Max Kern").click()
    page.select_option("#site_id", index=1)
    page.fill("#note", "Watch the hand-over")
    page.locator("#customer_label").evaluate("field => field.closest('details').open = true")
    page.fill("#customer_label", "Ms Chen")
    page.click("#assign button.btn-p")
    page.wait_for_url("**#week")

    line = page.locator(".plan-row", has_text="Max Kern")
    assert "Ms Chen" in line.inner_text()
    assert line.inner_text().find(chosen.replace("，", ", ").split(", ")[0]) > 0
    assert axe(page) == []
    if phone:
        assert small_targets(page) == []
    line.locator("a").click()
    page.locator("button[name=step][value=cancel]").click()
    page.wait_for_url("**#week")
    expect(page.locator(".plan-row", has_text="Max Kern").locator(".state-cancelled")).to_have_count(1)
    assert complaints == []
    person.close()


def test_an_executive_takes_an_hour_and_gives_it_back(browser, server):
    server.start()
    person = context(browser, phone=True)
    page = person.new_page()
    complaints = watch(page)
    sign_in(page, server.address, server.sign_ins()["executive"])
    page.locator("nav a", has_text="Shadow me in").click()
    expect(page.locator(".slot")).to_have_count(3)
    page.locator(".slot").nth(1).click()
    page.locator("button.btn-lg").click()
    page.wait_for_selector(".mine")

    expect(page.locator(".mine")).to_have_count(1)
    expect(page.locator(".slot")).to_have_count(2)
    assert axe(page) == []
    page.locator("button[value=give_back]").click()
    page.wait_for_selector(".slot >> nth=2")
    expect(page.locator(".mine")).to_have_count(0)
    assert complaints == []
    person.close()


def test_today_offers_where_one_more_visit_helps_and_open_hours(browser, server):
    server.start()
    person = context(browser, phone=True)
    page = person.new_page()
    complaints = watch(page)
    sign_in(page, server.address, server.sign_ins()["observer"])
    page.wait_for_selector(".helps .item")

    expect(page.locator(".helps .item")).to_have_count(3)
    assert "Three visits narrow it" in page.locator(".helps .item").first.inner_text()
    place = page.locator(".helps .item b").nth(1).inner_text().split(", ")[-1]
    page.locator(".helps .item").nth(1).click()
    page.wait_for_selector(".where")
    assert place in page.locator(".where").inner_text()
    page.go_back()
    page.locator("a", has_text="open hours to take").click()
    page.wait_for_selector(".slot")
    assert axe(page) == []
    assert complaints == []
    person.close()
