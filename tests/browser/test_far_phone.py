"""A phone set to New York’s clock at sites of London’s: Today, the visit and the lists tell the site’s hours."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.test_where_was_i import begin
from tests.support.chromium import context, sign_in, watch

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
ALL_VISITS = """new Promise((found) => { indexedDB.open('shadowing').onsuccess = ({ target }) => {
  const visits = target.result.transaction('visits').objectStore('visits')
  visits.getAll().onsuccess = (all) => found(all.target.result) } })"""
CLOCKS = {"GMT": "Greenwich Mean Time", "BST": "British Summer Time"}


@pytest.fixture
def far(browser, server):
    server.start()
    person = context(browser, phone=True, zone="America/New_York")
    page = person.new_page()
    complaints = watch(page)
    sign_in(page, server.address, server.sign_ins()["observer"])
    page.goto(f"{server.address}/app#/today")
    page.locator("section.next").wait_for()
    yield page
    assert complaints == []
    person.close()


def the_plan(page):
    """The next one as it was carried."""
    carried = page.evaluate("fetch('/api/v1/carry').then((answer) => answer.json())")
    mine = [plan for plan in carried["plans"] if plan["state"] == "planned" and plan["observer_id"]]
    now = datetime.now(UTC).isoformat()
    return min(datetime.fromisoformat(plan["starts_at"]) for plan in mine if plan["starts_at"] > now[:16])


def test_today_tells_the_hours_of_the_site_and_whose_clock_it_is(far):
    starts, now = the_plan(far), datetime.now(LONDON)

    card = far.locator("section.next")
    expect(card.locator(".when.num")).to_have_text(f"{starts.astimezone(LONDON):%H:%M}")
    expect(card).to_contain_text(CLOCKS[f"{starts.astimezone(LONDON):%Z}"])
    expect(far.locator("header")).to_contain_text(f"{now:%A} {now.day} {now:%B}")
    expect(far.locator("svg.day")).to_contain_text(f"{starts.astimezone(LONDON):%H:%M}")


def test_what_was_noted_is_told_by_the_same_clock(far):
    begin(far, "Ms Chen")
    started = datetime.fromisoformat(far.evaluate(ALL_VISITS)[0]["body"]["started_at"])
    assert started.utcoffset() == started.astimezone(NEW_YORK).utcoffset(), "what is noted keeps the phone's own offset"

    far.goto(far.url.partition("#")[0] + "#/today")
    expect(far.locator("section.next .when").first).to_contain_text(f"{started.astimezone(LONDON):%H:%M}")
