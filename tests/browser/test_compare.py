"""Two sites or two channels side by side in a real browser: chosen in place, readable on a phone and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.chromium import axe, context, sign_in, small_targets, watch


@pytest.mark.parametrize(("phone", "dark", "zh"), [(False, False, False), (True, True, True)])
def test_two_are_chosen_in_place_and_lead_to_their_observations(browser, demo, phone, dark, zh):
    person = context(browser, phone=phone, dark=dark, zh=zh)
    page = person.new_page()
    complaints = watch(page)
    sign_in(page, demo.address, demo.sign_ins()["lead"])
    page.goto(f"{demo.address}/areas")
    page.locator("a[href*='/areas/compare']").click()
    expect(page.locator(".compare .side").first).to_be_visible()
    assert axe(page) == []
    assert not phone or small_targets(page) == []

    other = page.locator(".filters [name=other]")
    before, third = other.input_value(), other.locator("option").nth(-1).get_attribute("value")
    assert third != before
    other.select_option(third)
    page.wait_for_url(f"**other={third}*")
    expect(other).to_have_value(third)
    expect(page.locator(f".filters [name=one] option[value='{third}']")).to_have_count(0)
    assert "compare=site" in page.url

    line = page.locator(".compare .side").first.locator("dt a").first
    said = int("".join(sign for sign in line.inner_text() if sign.isdigit()) or 1)
    line.click()
    expect(page.locator("article.seen").first).to_be_visible()
    assert page.locator("article.seen").count() >= min(said, 30)
    page.go_back()
    page.locator(".seg a").last.click()
    page.wait_for_url("**compare=channel*")
    expect(page.locator(".compare .side").first).to_be_visible()
    assert axe(page) == []
    assert complaints == []
    person.close()


def test_it_prints_without_controls(browser, demo):
    person = context(browser, phone=False)
    page = person.new_page()
    sign_in(page, demo.address, demo.sign_ins()["lead"])
    page.goto(f"{demo.address}/areas/compare")
    page.emulate_media(media="print")
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator(".seg")).to_be_hidden()
    expect(page.locator(".compare .side").first).to_be_visible()
    over = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0
    person.close()
