"""The end of a visit: what is empty, what comes later, a page for the team; and practice before it all."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.support.chromium import TAGS, agree, axe, small_targets

STRICT = [*TAGS, "wcag2aaa"]
ALL = "(store) => new Promise((done) => { indexedDB.open('shadowing').onsuccess = ({ target: { result: db } }) => { \
  db.transaction(store).objectStore(store).getAll().onsuccess = ({ target }) => { done(target.result); db.close() }}})"
#: A day later, as far as Today looks.
TOMORROW = "() => { const now = Date.now.bind(Date); Date.now = () => now() + 25 * 3600 * 1000 }"


@pytest.fixture
def reviewing(walking):
    """Two touchpoints seen, others passed by, others still to come."""
    for number in (6, 8):
        walking.locator(".tp button").nth(number).tap()
        walking.locator("form.cap").wait_for()
        walking.locator("input[name=utility][value='2']").check()
        walking.locator(f"input[name=emotion][value='{number - 8}']").check()
        walking.locator(".dock .dock-map").tap()
        walking.locator("main.map").wait_for()
    walking.get_by_role("button", name="Finish visit").tap()
    walking.wait_for_url("**#/review/**")
    return walking


def skipped(page):
    return [one["reason"] for one in page.evaluate(ALL, "visits")[-1]["body"]["skipped"]]


def test_one_tap_answers_for_all_that_was_passed_by(reviewing):
    heading = reviewing.locator(".gaps h2", has_text="empty")
    empty, later, passed = map(int, re.findall(r"\d+", heading.inner_text()))
    assert empty == later + passed and later > 0 and passed > 0
    assert axe(reviewing, STRICT) == [] and small_targets(reviewing) == []

    reviewing.locator("label:has(input[name=skip-all])", has_text="Not offered").tap()

    expect(reviewing.locator(".gaps h2", has_text="still to come")).to_have_count(1)
    assert skipped(reviewing) == ["not_offered"] * passed


def test_what_was_said_of_it_before_stands_first(reviewing, server):
    reviewing.locator("label:has(input[name=skip-all])", has_text="No time").tap()
    reviewing.get_by_role("button", name="Finish visit").tap()
    reviewing.wait_for_url("**#/receipt/**")
    reviewing.goto(f"{server.address}/app#/start")
    reviewing.reload()
    agree(reviewing)
    reviewing.locator(".dock .dock-map").tap()
    reviewing.locator("main.map").wait_for()
    reviewing.locator(".tp button").nth(8).tap()
    reviewing.locator("input[name=utility][value='2']").check()
    reviewing.locator(".dock .dock-map").tap()
    reviewing.get_by_role("button", name="Finish visit").tap()

    expect(reviewing.locator("label:has(input[name=skip-all])").first).to_have_text("No time")


def test_what_is_still_to_come_is_asked_tomorrow(reviewing, server):
    reviewing.get_by_role("button", name="Remind me tomorrow").tap()
    expect(reviewing.get_by_role("button", name="Reminder set")).to_have_attribute("aria-pressed", "true")
    reviewing.get_by_role("button", name="Finish visit").tap()
    reviewing.wait_for_url("**#/receipt/**")
    reviewing.goto(f"{server.address}/app#/today")
    expect(reviewing.get_by_text("Has this come by now?")).to_have_count(0)

    reviewing.add_init_script(f"({TOMORROW})()")
    reviewing.reload()
    reviewing.get_by_text("Has this come by now?").tap()
    reviewing.wait_for_url("**#/review/**")
    reviewing.get_by_role("button", name="Reminder set").tap()
    reviewing.goto(f"{server.address}/app#/today")
    expect(reviewing.get_by_text("Has this come by now?")).to_have_count(0)


def test_the_page_for_the_team_names_nobody_and_closes_by_itself(reviewing):
    label = reviewing.evaluate(ALL, "visits")[-1]["body"]["customer_label"]
    reviewing.go_back()
    for number, quote in ((6, "Mr Brown sent me away."), (8, "Nobody told me where to go.")):
        reviewing.locator(".tp button").nth(number).tap()
        reviewing.locator("input[name=tab]").nth(3).check()
        reviewing.locator(".p-words textarea").first.fill(quote)
        reviewing.locator(".dock .dock-map").tap()
    reviewing.get_by_role("button", name="Finish visit").tap()
    reviewing.get_by_role("button", name="Finish visit").tap()
    reviewing.wait_for_url("**#/receipt/**")
    reviewing.clock.install()
    reviewing.get_by_role("link", name="Show it to the team").tap()
    reviewing.locator(".show svg.curve").wait_for()

    words = reviewing.locator(".show").inner_text()
    assert label and label not in words and "Brown" not in words
    assert "Nobody told me where to go." in words
    assert axe(reviewing, STRICT) == [] and small_targets(reviewing) == []
    reviewing.clock.fast_forward(10_500)
    reviewing.wait_for_url("**#/receipt/**")


def test_practice_begins_at_once_with_somebody_made_up(phone, server):
    phone.get_by_role("link", name="Practise with somebody made up").tap()
    phone.wait_for_url("**#/capture/**")

    expect(phone.locator("fieldset.emo legend")).to_have_text("Mr Li (made up) feels")
    (visit,) = phone.evaluate(ALL, "visits")
    assert visit["body"]["practice"] and phone.evaluate(ALL, "outbox") == []


def test_the_second_of_the_first_screens_is_the_pad(phone, server):
    phone.goto(f"{server.address}/app#/welcome")
    phone.locator("footer .btn-p").tap()
    phone.get_by_role("heading", name="Mr Li has waited seven minutes").wait_for()
    phone.locator("label:has(input[name=utility][value='2'])").tap()

    said = phone.locator(".try-said")
    expect(said).to_contain_text("Clearly below what is needed")
    expect(said).to_contain_text("Utility: three colleagues")
    assert axe(phone, STRICT) == [] and small_targets(phone) == []
    assert phone.evaluate(ALL, "visits") == [], "what is played is nobody's record"


def test_next_says_quietly_what_is_enough(capturing):
    enough = capturing.locator(".dock .btn-p", has_text="That is an observation already")
    for name in ("utility", "usability", "delight"):
        capturing.locator(f"input[name={name}][value='4']").check()
    expect(enough).to_have_count(0)
    capturing.locator("input[name=emotion][value='1']").check()
    expect(enough).to_have_count(1)
    assert "/" not in capturing.locator(".tabs").inner_text()
