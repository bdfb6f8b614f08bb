"""Serious things from the visit map: hold the flag, choose, and the lead has it; a slip can be undone."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.chromium import TAGS, axe, small_targets


def hold_the_flag(page):
    flag = page.get_by_role("button", name="Finish visit").bounding_box()
    page.mouse.move(flag["x"] + 20, flag["y"] + 20)
    page.mouse.down()
    page.locator("dialog.sheet").wait_for()
    page.mouse.up()


def held_by_the_server(page, server, visit):
    answer = page.request.get(f"{server.address}/api/v1/visits/{visit}/receipt")
    return len(answer.json()["observations"]) if answer.ok else 0


def test_holding_the_flag_tells_the_lead_about_the_place_one_is_at(walking, server):
    page, visit = walking, walking.url.rpartition("/")[2]
    page.locator(".phone-foot .btn-p").last.click()
    name = page.locator("form.cap h1").inner_text()
    page.locator("input[name=utility][value='2']").check(force=True)
    page.locator(".dock .dock-map").click()

    hold_the_flag(page)
    assert name in page.locator("dialog.sheet h2").inner_text()
    assert axe(page, [*TAGS, "wcag2aaa"]) == [] and small_targets(page) == []
    page.locator("dialog input[value=safety]").click(force=True)

    assert page.url.endswith(f"#/visit/{visit}"), "the hold must not also finish the visit"
    page.get_by_test_id("toast").get_by_text("Serious: safety").wait_for()
    page.locator(".tp .serious", has_text="The lead has it").first.wait_for(timeout=60_000)
    assert held_by_the_server(page, server, visit) == 1
    expect(page.locator(".tp .serious", has_text="The lead has it")).to_have_count(1)


def test_without_any_place_it_becomes_a_moment(walking):
    page = walking
    page.locator(".phone-foot .btn-p").last.click()
    page.locator("input[name=utility][value='2']").check(force=True)
    page.locator(".dock .dock-map").click()
    page.get_by_role("button", name="Finish visit").click()
    page.locator("details.noted summary").click()
    page.locator("details.noted").get_by_role("button", name="Throw").first.click()
    page.locator(".head-back").click()
    page.locator("main.map").wait_for()
    hold_the_flag(page)
    page.locator("dialog input[value=dignity]").click(force=True)

    page.locator(".tp", has_text="Moment,").wait_for()


def test_a_slip_is_undone_before_anybody_hears(walking, server):
    page, visit = walking, walking.url.rpartition("/")[2]
    hold_the_flag(page)
    page.locator("dialog input[value=money]").click(force=True)
    page.get_by_test_id("toast").get_by_role("button", name="Undo").click()

    page.locator(".tp", has_text="Moment,").wait_for(state="detached")
    assert held_by_the_server(page, server, visit) == 0


def test_a_short_tap_on_the_flag_still_leads_to_the_review(walking):
    walking.get_by_role("button", name="Finish visit").click()

    walking.wait_for_url("**#/review/**")
