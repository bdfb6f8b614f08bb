"""The journey's page as a lead uses it: it saves by itself, says what is wrong, and lets touchpoints be dragged."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.support.chromium import axe, context, sign_in, watch
from tests.support.waiting import wait_until


def names(page: Page) -> list[str]:
    return page.locator(".tp-name").all_inner_texts()


def ready(page: Page) -> None:
    """The script is at work: what is written from now on is kept even if one leaves at once."""
    expect(page.locator("[data-save-button]")).to_be_hidden()


def saved(page: Page) -> None:
    expect(page.locator("form[data-save]")).to_have_attribute("data-state", "saved")


def test_a_touchpoint_is_written_dragged_and_published(browser, server):
    server.start()
    person = context(browser, phone=False)
    page = person.new_page()
    complaints = watch(page)
    sign_in(page, server.address, server.sign_ins()["lead"])
    paying = f"{server.address}/journeys/1?t=payment"
    page.goto(paying)
    expect(page.locator("[data-publish]")).to_be_hidden()

    page.fill("[name=longest_wait]", "a while")
    page.keyboard.press("Tab")
    expect(page.locator("[data-error=longest_wait]")).to_have_text("Write a number.")
    expect(page.locator("[name=longest_wait][aria-invalid=true]")).to_have_accessible_description("Write a number.")
    page.fill("[name=longest_wait]", "4")
    page.fill("[name=name_en]", "Paying")
    page.keyboard.press("Tab")
    expect(page.locator("[data-error=longest_wait]")).to_be_hidden()
    expect(page.locator("[name=longest_wait][aria-invalid]")).to_have_count(0)
    saved(page)
    page.reload()
    assert page.input_value("[name=name_en]") == "Paying"
    assert page.input_value("[name=longest_wait]") == "4"

    page.fill("[name=volume]", "4321")
    page.click("a.tp-name >> text=Booking")  # at once, without leaving the field first
    page.click("a.tp-name >> text=Paying")
    assert page.input_value("[name=volume]") == "4321"

    ready(page)
    page.fill("[name=volume]", "4322")
    page.goto(f"{server.address}/journeys")  # the address bar waits for nobody: it arrives beside the next page
    wait_until(lambda: page.goto(paying) and page.input_value("[name=volume]") == "4322", seconds=20)

    page.locator(".std summary").last.click()
    page.locator(".std").last.locator("select[name$=kind]").select_option("promise")
    expect(page.locator(".std").last.locator("[name$=where_en]")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 1700})  # both ends in sight: scrolling would move what is grabbed
    before = names(page)
    page.locator("[data-key=payment]").drag_to(page.locator("[data-key=booking]"))
    expect(page.locator(".tp-name").nth(before.index("Booking"))).to_have_text("Paying")
    assert sorted(names(page)) == sorted(before)

    page.click("[data-publish]")
    assert axe(page) == []
    page.click("form.first-acts button")
    expect(page.locator("h1 + p")).to_contain_text("version 2, published")
    assert complaints == []
    person.close()


def test_what_was_written_before_the_script_had_come_is_saved(browser, server):
    server.start()
    page = context(browser, phone=False).new_page()
    sign_in(page, server.address, server.sign_ins()["lead"])
    late = []
    page.route("**/dist/site-*.js", lambda route: late.append(route))
    page.goto(f"{server.address}/journeys/1?t=payment", wait_until="commit")
    page.fill("[name=volume]", "77")
    wait_until(lambda: page.title() and late, seconds=10)
    late[0].continue_()
    saved(page)
    page.unroute("**/dist/site-*.js")

    page.reload()

    assert page.input_value("[name=volume]") == "77"


def test_two_who_edit_are_told_without_losing_a_word(browser, server):
    server.start()
    pages = []
    for role in ("lead", "admin"):
        page = context(browser, phone=False).new_page()
        sign_in(page, server.address, server.sign_ins()[role])
        page.goto(f"{server.address}/journeys/1?t=payment")
        pages.append(page)
    first, second = pages
    first.fill("[name=volume]", "11")
    first.keyboard.press("Tab")
    saved(first)

    second.fill("[name=name_en]", "Paying")
    second.keyboard.press("Tab")

    expect(second.locator("[data-told]")).to_contain_text("changed this draft too")
    assert second.input_value("[name=name_en]") == "Paying"
    second.locator("[data-save-button] button").click()
    expect(second.locator("[role=alert]:visible")).to_contain_text("changed this draft too")
    second.locator("[name=name_en]").press("End")
    second.keyboard.type("!")
    second.keyboard.press("Tab")
    saved(second)
    second.goto(f"{server.address}/journeys/1?t=payment")
    assert second.input_value("[name=name_en]") == "Paying!"
    for page in pages:
        page.context.close()


def test_what_was_not_kept_is_not_left_without_a_question(browser, server):
    server.start()
    page = context(browser, phone=False).new_page()
    sign_in(page, server.address, server.sign_ins()["lead"])
    page.goto(f"{server.address}/journeys/1?t=payment")
    questions = []
    page.on("dialog", lambda dialog: (questions.append(dialog.type), dialog.accept()))
    server.stop()
    page.fill("[name=volume]", "11")
    page.click("a.tp-name >> text=Booking")
    expect(page.locator("[data-told]")).to_contain_text("leave it open")
    assert page.input_value("[name=volume]") == "11"
    server.start()
    page.click("[data-save-button] button")
    expect(page.locator("[name=volume]")).to_have_value("11")
    assert questions == []

    server.stop()
    page.fill("[name=volume]", "12")
    page.keyboard.press("Tab")
    expect(page.locator("[data-told]")).to_be_visible()
    server.start()
    page.reload()
    assert questions == ["beforeunload"]
    page.context.close()
