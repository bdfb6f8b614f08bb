"""Numbers that reassure come from one count: the corner, the outbox, the receipt and Me never contradict each other."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.support.chromium import agree, to_the_map


def numbers(page, server, visit):
    """How many wait, as four places tell it; None where a place says that nothing does."""

    def look(address, selector, pattern):
        page.goto(f"{server.address}/app#/{address}")
        found = re.search(pattern, page.locator(selector).first.inner_text().replace("\n", " "))
        return int(found[1]) if found else None

    return (
        look("today", "[data-testid=sync]", r"(\d+) waiting"),
        look("outbox", "main.outbox", r"(\d+) records? (?:is|are) stored"),
        look(f"receipt/{visit}", ".sum h2", r"(\d+) records?"),
        look("me", "main.me .set .sub:last-child", r"(\d+) still here"),
    )


def test_the_same_waits_everywhere_and_nothing_has_arrived_before_its_receipt(phone, server, tmp_path):
    phone.locator("section.next a.btn").click()
    agree(phone)
    to_the_map(phone)
    visit = phone.url.rpartition("/")[2]
    phone.context.set_offline(True)
    for number in (6, 8):
        phone.locator(".tp button").nth(number).tap()
        phone.locator("form.cap").wait_for()
        phone.locator("input[name=utility][value='2']").check()
        phone.locator(".dock .dock-map").tap()
        phone.locator("main.map").wait_for()
    phone.get_by_role("button", name="Finish visit").tap()
    phone.get_by_role("button", name="Finish visit").tap()
    phone.wait_for_url("**#/receipt/**")

    waiting = numbers(phone, server, visit)
    assert waiting[0] and set(waiting) == {waiting[0]}, waiting
    phone.goto(f"{server.address}/app#/receipt/{visit}")
    assert not re.search("arrived|on (its|their) way", phone.locator("main.receipt").inner_text())

    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", name="Everything has arrived")).to_be_visible(timeout=60_000)
    assert numbers(phone, server, visit)[1:] == (None, None, None)
    expect(phone.locator("main.me .set .sub", has_text="2 observations arrived")).to_have_count(1)
    phone.goto(f"{server.address}/app#/outbox")
    expect(phone.get_by_text("Held by the server since")).not_to_have_count(0)
