"""The executive's two minutes on a phone: opened, read, one decision taken, recorded, told to its owner."""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import expect

from tests.support.chromium import axe, context, sign_in, watch


@pytest.mark.parametrize(("phone", "dark"), list(product((True, False), (True, False))))
def test_a_decision_is_taken_recorded_and_told(browser, demo, phone, dark):
    person = context(browser, phone=phone, dark=dark)
    page = person.new_page()
    complaints = watch(page)
    sign_in(page, demo.address, demo.sign_ins()["executive"])
    page.goto(f"{demo.address}/summary")
    expect(page.locator("#decisions h2")).to_contain_text("this week")
    if phone:
        number, question = page.locator(".got .big").bounding_box(), page.locator(".question").first.bounding_box()
        assert number["y"] < question["y"] < 844, "the first question begins on the first screen"
    assert axe(page) == []

    card = page.locator(".question", has=page.get_by_role("link", name="Yes", exact=True)).first
    title = card.locator("h3").inner_text()
    card.get_by_role("link", name="Yes", exact=True).click()
    assert axe(page) == []
    page.get_by_role("button", name="Answer, with my name").click()
    expect(page.get_by_text("Say who owns it.")).to_be_visible()
    page.get_by_label("Owner").select_option(label="Wei Lin")
    page.get_by_label("What you want to say with it").fill("Then show me that it worked.")
    page.get_by_role("button", name="Answer, with my name").click()

    expect(page.locator(".question", has_text=title).get_by_text("Then show me that it worked.")).to_be_visible()
    register = person.new_page()
    register.goto(f"{demo.address}/decisions")
    expect(register.locator("tbody tr").first).to_contain_text("Then show me that it worked.")
    assert axe(register) == []
    owner = context(browser, phone=phone, dark=dark)
    theirs = owner.new_page()
    sign_in(theirs, demo.address, demo.sign_ins()["lead"])
    theirs.goto(f"{demo.address}/improvements/mine")
    expect(theirs.get_by_text("Then show me that it worked.").first).to_be_visible()
    owner.close()

    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".question", has_text=title).get_by_role("link", name="Yes", exact=True)).to_be_visible()
    assert [each for each in complaints if "422" not in each] == []
    person.close()
