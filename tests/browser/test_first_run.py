"""From an empty installation to the first colleague on a phone, as people do it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.support.chromium import axe, context, small_targets, watch
from tests.support.forked import ForkedServer


@pytest.fixture
def empty(tmp_path):
    server = ForkedServer(tmp_path / "instance")
    said = server.command("init")
    server.start()
    yield server, re.search(r"/setup\?code=\S+", said)[0]
    server.stop()


def looked_at(page, phone):
    assert axe(page) == [], page.url
    assert not phone or small_targets(page) == [], page.url
    over = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, page.url


@pytest.mark.parametrize(("phone", "dark", "zh"), [(False, False, False), (True, True, True)])
def test_from_an_empty_server_to_a_colleague_who_walks(browser, empty, postbox, phone, dark, zh):
    server, link = empty
    first = context(browser, phone=phone, dark=dark, zh=zh)
    page = first.new_page()
    complaints = watch(page)
    page.goto(server.address + link)
    looked_at(page, phone)
    page.fill("[name=name]", "Rui Alves")
    page.fill("[name=email]", "rui@riverside.example")
    page.fill("[name=password]", "kettle orbit mango")
    page.click("form button.btn-p")
    assert page.locator("[name=time_zone]").input_value() == "Europe/London", "as this browser's clock"
    page.fill("[name=name_en]", "Riverside General")
    assert page.locator(".preview [data-name]").inner_text() == "Riverside General"
    assert page.locator(".preview [data-letter]").text_content() == "R"
    page.fill("[name=server]", postbox.address)
    page.fill("[name=sender]", "shadowing@riverside.example")
    looked_at(page, phone)
    page.click("button[value=mail]")
    page.click("button[value=came]")
    assert postbox.mails
    page.click(".first-acts button")
    page.wait_for_url("**/people")
    looked_at(page, phone)
    page.fill("aside [name=name]", "Nursing")
    page.click("aside form button")
    looked_at(page, phone)
    invitation = page.locator("#address").input_value()

    second = context(browser, phone=True, dark=dark, zh=zh)
    visitor = second.new_page()
    theirs = watch(visitor)
    visitor.goto(invitation)
    looked_at(visitor, True)
    visitor.fill("[name=name]", "Mara Teixeira")
    visitor.fill("[name=email]", "mara@riverside.example")
    visitor.fill("[name=password]", "blue ladder soup")
    visitor.click("form button.btn-p")
    visitor.wait_for_url("**/app**")
    visitor.locator("h1").first.wait_for()
    visitor.goto(f"{server.address}/account")
    looked_at(visitor, True)

    page.goto(f"{server.address}/people?find=Mara")
    expect(page.locator("tbody tr")).to_have_count(1)
    assert complaints == theirs == []
    first.close()
    second.close()
