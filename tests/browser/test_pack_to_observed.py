"""From a ready journey to what was observed along it, in Chinese, on a desk and on a phone's width."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from shadowing.operations.demo.cast import MEMBERS
from tests.support.chromium import agree, axe, context, sign_in, to_the_map, watch
from tests.support.waiting import wait_until

#: Where the demonstration is, and the browser.
LONDON = ZoneInfo("Europe/London")
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def fine(page: Page, what: str) -> None:
    """Accessible at both widths, and nothing runs out at the side."""
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert axe(page) == [], f"{what} at {size['width']}"
        over = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{what} at {size['width']}"


def saved(page: Page) -> None:
    expect(page.locator("form[data-save]")).to_have_attribute("data-state", "saved")


def test_the_hospital_from_pack_to_published_planned_and_observed_in_chinese(browser, server):
    server.start()
    person = context(browser, phone=False, zh=True)
    page = person.new_page()
    complaints = watch(page)
    sign_in(page, server.address, server.sign_ins()["lead"])

    page.goto(f"{server.address}/journeys")
    fine(page, "the list")
    page.select_option("select[name=source]", "hospital_outpatient")
    page.click("text=以此开始")
    expect(page.locator("h1")).to_have_text("门诊就诊")
    journey = re.search(r"/journeys/(\d+)", page.url)[1]
    fine(page, "the journey")

    page.click("text=客户画像与场景")
    expect(page.locator("h1")).to_have_text("客户画像与场景")
    page.click("text=添加客户画像")
    expect(page.locator("details.std[open]")).to_have_count(1)
    page.locator("details.std[open] [name$=name_zh]").fill("住得远的老人")
    page.locator("details.std[open] [name$=needs]").fill("有人指路")
    saved(page)
    fine(page, "personas")
    page.click("a.crumb")

    page.click(".tp-name:has-text('缴费')")
    page.fill("[name=name_zh]", "缴费与结算")
    page.fill("[name=longest_wait]", "一会儿")
    expect(page.locator("[data-error=longest_wait]")).to_have_text("请填写数字。")
    page.fill("[name=longest_wait]", "8")
    saved(page)
    fine(page, "a touchpoint in hand")

    page.click("[data-publish]")
    expect(page.locator("main")).to_contain_text("缴费与结算")
    fine(page, "before publishing")
    page.click("form.first-acts button")
    expect(page.locator("h1 + p")).to_contain_text("第 2 版")

    for address in ("/promises", "/promises/new", "/goals", "/strategy", "/journeys/library"):
        page.goto(f"{server.address}{address}")
        fine(page, address)
    page.goto(f"{server.address}/promises")
    expect(page.locator(".pr-list")).to_contain_text("排队不超过三人")
    page.goto(f"{server.address}/journeys")
    row = page.locator("li", has_text=re.compile("第 2 版"))
    expect(row.first).to_contain_text("门诊就诊")

    observer = plan(page, server, journey)
    assert complaints == []
    observe(browser, server, observer)
    page.goto(f"{server.address}/plan?journey={journey}")
    done = page.locator(".plan-row", has_text="住得远的老人来复诊")
    expect(done.locator(".state-done")).to_have_text(re.compile("已完成"))
    work_of_the_worker(page, f"{server.address}/api/v1/areas?journey={journey}")
    person.close()


def plan(page, server, journey):
    """The lead assigns a visit of an hour ago to the demonstration's observer, who therefore has it next.

    Returns that observer's sign-in.
    """
    hour_ago = datetime.now(LONDON) - timedelta(hours=1)
    observer = server.sign_ins()["observer"]
    page.goto(f"{server.address}/plan?journey={journey}")
    fine(page, "the plan")
    name = next(member.name for member in MEMBERS if member.email == observer["email"])
    page.locator("label.who", has_text=name).click()
    page.select_option("#site_id", index=1)
    page.fill("#day", hour_ago.date().isoformat())
    page.fill("#time", hour_ago.strftime("%H:%M"))
    page.locator("#assign summary").click()
    page.fill("#scenario", "住得远的老人来复诊")
    page.click("#assign button.btn-lg")
    expect(page.locator(".plan-row", has_text="住得远的老人来复诊")).to_contain_text(name)
    return observer


def observe(browser, server, observer):
    """The visit of the plan, walked on a phone and finished; everything is sent."""
    person = context(browser, phone=True, zh=True)
    page = person.new_page()
    complaints = watch(page)
    sign_in(page, server.address, observer)
    expect(page.locator("section.next")).to_contain_text("住得远的老人来复诊")
    page.locator("section.next a.btn").click()
    agree(page)
    to_the_map(page)
    page.locator(".tp", has_text="缴费与结算").locator("a, button").first.click()
    page.locator("form.cap").wait_for()
    for level, value in (("utility", 2), ("usability", 3), ("delight", 3)):
        page.locator(f"input[name={level}][value='{value}']").check()
    page.locator(".dock .dock-map").click()
    page.wait_for_url("**#/visit/**")
    page.locator("footer a.btn, footer button.btn").last.click()
    page.wait_for_url("**#/review/**")
    page.locator("input[name=outcome][value=yes]").check()
    page.locator("footer button.btn-p").click()
    page.wait_for_url("**#/receipt/**")
    expect(page.get_by_text("全部送达")).to_be_visible(timeout=60_000)
    assert complaints == []
    person.close()


def work_of_the_worker(page, address):
    """The observation has reached the scores of the new journey."""

    def is_scored() -> bool:
        areas = page.request.get(address).json()["areas"]
        return any(level["n"] for area in areas for level in area["levels"].values())

    wait_until(is_scored, seconds=60)


def test_the_way_out_is_said_when_nothing_can_be_saved(browser, server):
    server.start()
    person = context(browser, phone=False, zh=True)
    page = person.new_page()
    sign_in(page, server.address, server.sign_ins()["lead"])
    page.goto(f"{server.address}/journeys/1?t=payment")

    person.set_offline(True)
    page.fill("[name=name_zh]", "缴费与结算")
    expect(page.locator("[data-told]")).to_contain_text("没有网络")
    expect(page.locator("[data-save-button]")).to_be_visible()
    person.set_offline(False)
    person.clear_cookies()
    page.fill("[name=volume]", "12")
    expect(page.locator("[data-told]")).to_contain_text("您已退出登录")
    assert page.input_value("[name=name_zh]") == "缴费与结算"

    tab = person.new_page()
    sign_in(tab, server.address, server.sign_ins()["lead"])
    page.click("[data-save-button] button")
    expect(page.locator("h2#in-hand")).to_contain_text("缴费与结算")
    person.close()
