"""One filter: applied in place by keyboard without losing the focus, kept by links, brought back by Back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.chromium import axe, context, sign_in, watch


@pytest.fixture
def lead(browser, demo):
    person = context(browser, phone=False)
    page = person.new_page()
    page.complaints = watch(page)
    sign_in(page, demo.address, demo.sign_ins()["lead"])
    yield page
    assert page.complaints == []
    person.close()


def control(page, name: str):
    return page.locator(f".filters [name={name}]")


def test_arrow_keys_choose_without_losing_the_focus_and_back_restores(lead, demo):
    lead.goto(f"{demo.address}/areas")
    before = lead.locator(".area").count()
    control(lead, "stage").focus()
    lead.keyboard.press("ArrowDown")
    lead.keyboard.press("ArrowDown")
    expect(lead).to_have_url(f"{demo.address}/areas?stage=first")

    expect(control(lead, "stage")).to_be_focused()
    expect(lead.locator(".filter-chips")).to_contain_text("Stage: ")
    assert 0 < lead.locator(".area").count() < before
    assert axe(lead) == []

    control(lead, "stage").select_option("core")
    expect(lead).to_have_url(f"{demo.address}/areas?stage=core")
    lead.go_back()
    expect(lead).to_have_url(f"{demo.address}/areas?stage=first")
    expect(control(lead, "stage")).to_have_value("first")
    lead.go_back()
    expect(lead.locator(".area")).to_have_count(before)
    expect(control(lead, "stage")).to_have_value("")


def test_what_is_chosen_holds_from_the_list_to_an_observation_and_back(lead, demo):
    lead.goto(f"{demo.address}/areas")
    control(lead, "site").select_option(index=1)
    expect(lead.locator(".filter-chips li")).to_have_count(1)
    site = control(lead, "site").input_value()
    listed = lead.locator(".area").first
    score = listed.locator(".area-score").inner_text().split()[0]
    listed.click()

    assert f"site={site}" in lead.url
    expect(control(lead, "site")).to_have_value(site)
    expect(lead.locator(".level-row b", has_text=score).first).to_be_visible()
    lead.locator("a", has_text="observations").last.click()
    expect(control(lead, "site")).to_have_value(site)
    lead.locator(".crumb").click()
    lead.locator(".crumb").click()
    expect(control(lead, "site")).to_have_value(site)

    lead.locator(".filter-chips a").click()
    expect(lead.locator(".filter-chips")).to_have_count(0)
    expect(control(lead, "site")).to_have_value("")


def test_a_photo_opens_large_and_gives_the_focus_back(lead, demo):
    lead.goto(f"{demo.address}/areas")
    page = next(
        url
        for url in lead.locator("a.area").evaluate_all("links => links.map((link) => link.href)")
        if lead.goto(url) and lead.locator("a[data-view]").count() > 1
    )
    assert page
    lead.locator("a[data-view]").first.click()
    viewer = lead.locator("dialog.viewer")
    picture = viewer.locator("img")
    expect(picture).to_be_visible()
    first = picture.get_attribute("src")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("it => it.naturalWidth") > 400, "the large one, not the thumbnail"
    assert axe(lead) == []

    lead.keyboard.press("ArrowRight")
    expect(picture).not_to_have_attribute("src", first)
    lead.keyboard.press("Escape")
    expect(viewer).to_have_count(0)
    expect(lead.locator("a[data-view]").first).to_be_focused()


def test_a_period_outside_the_window_is_worked_out_and_comes_back_by_itself(lead, demo):
    lead.goto(f"{demo.address}/areas")
    control(lead, "since").select_option(label="Last 365 days")
    ask = lead.get_by_role("button", name="Work it out")
    expect(ask).to_be_visible()
    expect(lead.locator(".area")).to_have_count(0)
    assert axe(lead) == []
    ask.click()
    expect(lead.locator(".area").first).to_be_visible()
    assert "since=" in lead.url
    assert lead.locator("meta[http-equiv=refresh]").count() == 0

    lead.locator(".area").first.click()
    expect(lead.locator(".say")).to_be_visible()
    expect(control(lead, "since").locator("option:checked")).to_have_text("Last 365 days")
    control(lead, "since").select_option("")
    expect(lead.locator(".filter-chips")).to_have_count(0)
