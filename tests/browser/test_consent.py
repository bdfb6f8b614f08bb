"""Consent is the customer's own screen: whole in their language, left only by a hold, with a code either way."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.support.chromium import TAGS, agree, axe, finger_on, hand_back, small_targets
from tests.support.receipts import receipt

STRICT = [*TAGS, "wcag2aaa"]
#: The visit on this phone, as its database has it.
VISIT = """() => new Promise((done) => { indexedDB.open('shadowing').onsuccess = ({ target: { result: db } }) => {
  db.transaction('visits').objectStore('visits').getAll().onsuccess = ({ target }) => {
    done(target.result.map(({ body }) => body).find(({ status }) => status === 'in_progress')); db.close() } } })"""


@pytest.fixture
def asked(phone):
    """The customer looks at their screen."""
    phone.locator("section.next a.btn").click()
    phone.locator("footer button.btn-p").click()
    phone.locator("dialog.con").wait_for()
    return phone


def begun(page):
    page.wait_for_url("**#/capture/**")
    page.locator("form.cap").wait_for()
    return page.evaluate(VISIT)


def test_it_is_whole_in_either_language(asked):
    for words, other, answer in ((r"[一-鿿]", "中文", "No, thank you"), (r"[A-Za-z]{3}", "English", "不用了，谢谢")):
        page = asked.locator(".con-page, .con-foot")
        assert not re.search(words, " ".join(page.all_inner_texts()))
        asked.get_by_test_id("con-no").tap()
        assert not re.search(
            words, " ".join(page.all_inner_texts()).replace(asked.get_by_test_id("code").inner_text(), "")
        )
        asked.locator(".con-page .con-no").tap()
        expect(asked.get_by_test_id("con-no")).to_have_text(answer)
        asked.locator(".con-lang", has_text=other).tap()


def test_only_a_hold_leads_back(asked):
    asked.get_by_test_id("con-yes").tap()
    asked.locator(".con-back").tap()
    asked.keyboard.press("Escape")
    asked.wait_for_timeout(300)
    expect(asked.locator("dialog.con")).to_be_visible()

    with finger_on(asked, ".con-back"):
        asked.wait_for_url("**#/capture/**")


def test_the_lift_of_the_hold_touches_nothing_beneath(asked):
    """Beneath lie the buttons of the form, and of the capture."""
    with finger_on(asked, ".con-back"):
        asked.locator("dialog.con").wait_for(state="detached")
    asked.wait_for_timeout(300)

    expect(asked.locator("main.start")).to_be_visible()
    expect(asked.locator("dialog.con")).to_have_count(0)


@pytest.mark.parametrize(("photos", "voice"), [(True, True), (True, False), (False, True), (False, False)])
def test_photos_and_voice_are_ticks_of_their_own(asked, photos, voice, server):
    for name, wanted in (("photos", photos), ("voice", voice)):
        expect(asked.locator(f".con input[name={name}]")).not_to_be_checked()  # nobody agrees by being shown a tick
        if wanted:
            asked.locator(f".con label:has(input[name={name}])").tap()
    asked.get_by_test_id("con-yes").tap()
    hand_back(asked)
    consent = begun(asked)["consent"]

    assert (consent["answer"], consent["photos"], consent["voice"]) == ("yes", photos, voice)
    expect(asked.locator(".dock input[type=file]")).to_have_count(1 if photos else 0)
    expect(asked.locator(".top input[type=file]")).to_have_count(1 if photos else 0)
    asked.locator("input[name=tab]").nth(3).check()
    expect(asked.locator(".p-words .voice-b")).to_have_count(1 if voice else 0)
    expect(asked.locator(".p-words textarea")).to_have_count(2)
    expect(asked.locator("fieldset.emo")).to_have_count(0)  # another tab
    asked.locator("input[name=tab]").nth(0).check()
    expect(asked.locator("fieldset.emo")).to_have_count(1)


def test_declined_means_numbers_only_and_a_code_all_the_same(asked, server):
    asked.get_by_test_id("con-no").tap()
    asked.locator("svg.qr path").wait_for()
    code = asked.get_by_test_id("code").inner_text().replace(" ", "")
    assert axe(asked, STRICT) == [] and small_targets(asked) == []
    hand_back(asked)
    asked.get_by_text("Declined. Numbers only").wait_for()
    asked.locator("footer button.btn-p").tap()
    visit = begun(asked)

    assert visit["consent"]["answer"] == "no" and not visit["customer_label"]
    expect(asked.locator("fieldset.emo, .dock input[type=file], .top input[type=file]")).to_have_count(0)
    expect(asked.locator("input[name=utility]").first).to_be_attached()
    asked.locator("input[name=tab]").nth(3).check()
    expect(asked.locator(".voice-b")).to_have_count(0)
    expect(asked.locator(".p-words textarea")).to_have_count(1)  # what the observer saw

    asked.locator("input[name=tab]").nth(0).check()
    asked.locator("input[name=utility][value='2']").check()
    asked.locator(".dock .dock-map").tap()
    receipt(asked, server, visit["id"], lambda it: it["visit"] and it["observations"])
    asked.goto(f"{server.address}/w/{code}")
    asked.locator("form .btn-p, form button").first.wait_for()
    assert "1" in asked.locator("main").inner_text()


def test_declined_one_may_walk_it_oneself(asked):
    asked.get_by_test_id("con-no").tap()
    hand_back(asked)
    asked.get_by_role("button", name="Walk it myself instead").tap()
    asked.locator("footer button.btn-p").tap()
    visit = begun(asked)

    assert (visit["mode"], visit["consent"]["answer"], visit.get("withdrawal_hash")) == ("walked", "not_asked", None)
    assert not visit["customer_label"]


def test_nobody_is_asked_only_by_a_choice(phone):
    phone.locator("section.next a.btn").click()
    phone.get_by_role("button", name="Not asked").tap()
    phone.locator("footer button.btn-p").tap()
    visit = begun(phone)

    assert visit["consent"]["answer"] == "not_asked" and not visit.get("withdrawal_hash")


def test_a_customer_may_change_their_mind_on_the_way(phone):
    phone.locator("section.next a.btn").click()
    agree(phone)
    before = begun(phone)
    assert before["customer_label"]
    with finger_on(phone, ".dock .dock-map"):
        phone.locator("dialog.ways").wait_for()
    phone.locator("dialog.ways").get_by_role("button", name="Consent").tap()
    phone.locator(".con .con-no").tap()
    phone.get_by_test_id("con-no").tap()
    hand_back(phone)

    expect(phone.locator("fieldset.emo, .dock input[type=file]")).to_have_count(0)
    after = phone.evaluate(VISIT)
    assert after["consent"]["answer"] == "no" and not after["customer_label"]
    assert after["withdrawal_hash"] == before["withdrawal_hash"], "the picture they took must stay good"
