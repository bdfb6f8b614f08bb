"""The board in a real browser: a card is dragged, which does what its menu does, and the step is taken back."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.chromium import axe, context, sign_in, watch


def column(page, state):
    return page.locator(f"section[aria-labelledby=column-{state}]")


def test_a_card_is_dragged_and_the_step_taken_back(browser, demo):
    person = context(browser, phone=False)
    page = person.new_page()
    complaints = watch(page)
    sign_in(page, demo.address, demo.sign_ins()["lead"])
    page.goto(f"{demo.address}/improvements?view=board")
    card = column(page, "in_progress").locator("[data-card]").first
    name = card.locator("h3").inner_text()

    card.drag_to(column(page, "verified"))
    expect(page.get_by_role("alert")).to_be_visible()
    card.drag_to(column(page, "accepted"))

    moved = column(page, "accepted").locator("[data-card]", has_text=name)
    expect(moved).to_be_visible()
    assert axe(page) == []
    page.locator(".toast button").click()
    expect(column(page, "in_progress").locator("[data-card]", has_text=name)).to_be_visible()
    assert complaints == []
    person.close()


def test_what_a_step_needs_is_asked_where_it_can_be_said(browser, demo):
    person = context(browser, phone=True)
    page = person.new_page()
    sign_in(page, demo.address, demo.sign_ins()["lead"])
    page.goto(f"{demo.address}/improvements?view=board")
    card = column(page, "proposed").locator("[data-card]").first
    card.locator("summary").click()
    card.locator("[data-move=declined]").click()

    expect(page.get_by_text("To decline it, say why.")).to_be_visible()
    person.close()


def test_keys_walk_the_list_and_tick_while_no_field_has_the_focus(browser, demo):
    person = context(browser, phone=False)
    page = person.new_page()
    sign_in(page, demo.address, demo.sign_ins()["lead"])
    page.goto(f"{demo.address}/improvements")
    links = page.locator(".backlog .item-title")

    for key in ("j", "j", "k", "x"):
        page.keyboard.press(key)
    expect(links.first).to_be_focused()
    expect(page.locator("[name=items]").first).to_be_checked()
    page.keyboard.press("?")
    expect(page.get_by_text("tick it, or not")).to_be_visible()
    page.locator("#because").focus()
    page.keyboard.type("jx?")
    expect(page.locator("#because")).to_have_value("jx?")
    links.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/improvements/*")
    person.close()
