"""The language chosen in the app holds everywhere its person goes: sign-in, open hours, what is read aloud."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.support.chromium import context, sign_in
from tests.support.waiting import wait_until

CHINESE = re.compile("[一-鿿]")


@pytest.fixture
def chosen(phone, server):
    """Chinese chosen in Me, on a browser that speaks English."""
    phone.goto(f"{server.address}/app#/me")
    phone.locator("input[name=set-language]").first.wait_for(state="attached")
    with phone.expect_response("**/language"):
        phone.locator("label:has(input[name=set-language])", has_text="中文").tap()
    phone.locator("html[lang=zh-Hans]").wait_for()
    return phone


def test_open_hours_and_sign_in_speak_it(chosen, server):
    chosen.goto(f"{server.address}/slots")
    expect(chosen.locator("html")).to_have_attribute("lang", "zh-Hans")
    assert CHINESE.search(chosen.locator("h1").inner_text())
    leave(chosen, server)
    chosen.goto(f"{server.address}/sign-in")
    assert CHINESE.search(chosen.locator("form:has(input[name=email])").inner_text())


def leave(page, server):
    """Signed out by choice, and the server has heard of it."""
    page.goto(f"{server.address}/app#/me")
    with page.expect_response("**/sign-out"):
        page.locator("form[action='/sign-out'] button").tap()
    page.get_by_text("我是另一位同事").wait_for()


def test_what_is_read_aloud_speaks_it(chosen, server):
    assert not re.search("[A-Za-z]{3}", chosen.get_by_test_id("spoken").inner_text())
    chosen.goto(f"{server.address}/app#/practise")
    chosen.wait_for_url("**#/capture/**")
    wait_until(lambda: bool(CHINESE.search(chosen.get_by_test_id("spoken").inner_text())), seconds=30)


def test_without_a_network_it_is_told_later(phone, server):
    in_english(phone, server)
    phone.goto(f"{server.address}/app#/me")
    phone.locator("input[name=set-language]").first.wait_for(state="attached")
    phone.context.set_offline(True)
    phone.locator("label:has(input[name=set-language])", has_text="中文").tap()
    phone.locator("html[lang=zh-Hans]").wait_for()
    with phone.expect_response("**/language"):
        phone.context.set_offline(False)
    phone.goto(f"{server.address}/slots")
    expect(phone.locator("html")).to_have_attribute("lang", "zh-Hans")


def in_english(page, server):
    """As one of the desk's pages would keep it for whoever is signed in."""
    form = {"language": "en"}
    page.request.post(f"{server.address}/language", form=form, headers={"Sec-Fetch-Site": "same-origin"})


def test_it_is_not_the_next_persons(browser, chosen, server):
    """On a shared phone whoever has chosen a language reads the app in their own."""
    elsewhere = context(browser, phone=False)
    desk = elsewhere.new_page()
    sign_in(desk, server.address, server.sign_ins()["lead"])
    in_english(desk, server)
    elsewhere.close()
    leave(chosen, server)
    sign_in(chosen, server.address, server.sign_ins()["lead"])
    chosen.goto(f"{server.address}/app")
    chosen.locator("h1").first.wait_for()

    expect(chosen.locator("html")).to_have_attribute("lang", "en")
