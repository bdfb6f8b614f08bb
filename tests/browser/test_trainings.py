"""A training from where people hurt into the plan, in a real browser; its pages in every width and light."""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import expect

from tests.support.chromium import axe, context, sign_in, watch


@pytest.mark.parametrize(("phone", "dark"), list(product((True, False), (False, True))))
def test_a_training_is_planned_from_where_people_hurt(browser, demo, phone, dark):
    person = context(browser, phone=phone, dark=dark)
    page = person.new_page()
    complaints = watch(page)
    sign_in(page, demo.address, demo.sign_ins()["lead"])
    page.goto(f"{demo.address}/improvements/training")
    expect(page.get_by_role("heading", name="What it lifted")).to_be_visible()
    assert axe(page) == []

    page.locator("#hurting a", has_text="Plan a training").first.click()
    page.get_by_label("What is trained").fill(f"Write it down, {phone} {dark}")
    page.get_by_role("button", name="Into the plan").click()
    expect(page.get_by_text("Choose at least one standard that it should lift.")).to_be_visible()
    assert axe(page) == []
    page.locator("label", has=page.locator("[name=standards]")).first.click()
    page.get_by_role("button", name="Into the plan").click()

    expect(page.locator("#training").get_by_text(f"Write it down, {phone} {dark}")).to_be_visible()
    assert axe(page) == []
    page.locator(".plan-step", has_text=f"{phone} {dark}").get_by_role("link").click()
    page.get_by_role("button", name="Take it out").click()
    expect(page.get_by_text("Put it back")).to_be_visible()
    assert [each for each in complaints if "422" not in each] == []
    person.close()
