"""Assigning from the list of what to shadow next: the form opens where the thumb is, filled in, and nothing is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.chromium import axe, context, sign_in, small_targets, watch


@pytest.mark.parametrize("phone", [True, False])
def test_the_form_opens_filled_in_without_leaving_the_page(browser, demo, phone):
    person = context(browser, phone=phone)
    page = person.new_page()
    complaints = watch(page)
    sign_in(page, demo.address, demo.sign_ins()["lead"])
    page.goto(f"{demo.address}/plan")
    page.evaluate("() => { window.still_here = true }")
    row = page.locator(".sgs > li").nth(1)
    link = row.locator("a[data-open-here]")
    name = link.get_attribute("aria-label").removeprefix("Assign: ")
    link.click()

    form = page.locator("#assign")
    expect(form.locator("h2")).to_contain_text(name)
    expect(form.locator("h2")).to_be_focused()
    assert page.evaluate("() => window.still_here") is True
    assert form.evaluate("(form) => form.closest('.opened-here') !== null") is phone
    assert page.locator("#assign").count() == 1
    assert axe(page) == []
    assert not phone or small_targets(page) == []
    if phone:
        link.click()
        expect(link).to_be_focused()
        assert page.locator(".sgs #assign").count() == 0
        link.click()
        expect(page.locator(".opened-here #assign")).to_have_count(1)
    form.locator("[name*=observer]").first.check()
    form.locator("select[name*=site]").select_option(index=1)
    form.locator("button.btn-p").click()
    page.wait_for_function("() => !window.still_here")
    expect(page.locator("[role=status], .flash, .note").first).to_be_visible()
    assert complaints == []
    person.close()


def test_without_a_network_the_link_stays_a_link(browser, demo):
    person = context(browser, phone=True)
    page = person.new_page()
    sign_in(page, demo.address, demo.sign_ins()["lead"])
    page.goto(f"{demo.address}/plan")
    page.route("**/plan?*", lambda route: route.abort() if route.request.resource_type == "xhr" else route.continue_())

    page.locator("a[data-open-here]").first.click()

    page.wait_for_url("**touchpoint_id=*")
    expect(page.locator("#assign")).to_be_visible()
    person.close()
