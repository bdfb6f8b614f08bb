"""A visit that is paused goes on after a reload; one broken off keeps its notes; a finished one takes more."""

from __future__ import annotations

import pytest

from tests.support.chromium import to_the_map
from tests.support.receipts import receipt


@pytest.fixture
def reviewing(phone, server):
    """The review of a walked visit with one touchpoint noted."""
    phone.goto(f"{server.address}/app#/start")
    phone.locator("input[name=mode][value=walked]").check()
    phone.locator("footer button.btn-p").click()
    to_the_map(phone)
    note(phone, 4)
    phone.locator(".visit .phone-foot .btn").last.click()
    phone.wait_for_url("**#/review/**")
    return phone


def note(page, rating):
    """From the map to the next touchpoint and back."""
    page.locator(".phone-foot .btn-p").last.click()
    page.locator("form.cap").wait_for()
    page.locator(f"input[name=utility][value='{rating}']").check()
    page.locator(".dock .dock-map").click()
    page.wait_for_url("**#/visit/**")


def held(page, server, visit, observations):
    """Wait until the server holds so many observations of the visit."""
    receipt(page, server, visit, lambda it: len(it["observations"]) == observations)


def test_a_paused_visit_goes_on_days_later(reviewing, server):
    page, visit = reviewing, reviewing.url.rpartition("/")[2]
    page.get_by_role("button", name="Pause").click()
    page.wait_for_url("**#/today")
    page.goto(f"{server.address}/app#/visit")
    page.reload()
    page.locator(".unfinished a").click()
    page.wait_for_url(f"**#/visit/{visit}")
    page.get_by_role("button", name="Go on with this visit").click()
    to_the_map(page)

    note(page, 3)

    held(page, server, visit, 2)


def test_a_visit_broken_off_keeps_its_notes_and_a_finished_one_takes_more(reviewing, server):
    page, visit = reviewing, reviewing.url.rpartition("/")[2]
    page.get_by_role("button", name="Stop here").click()
    page.wait_for_url("**#/receipt/**")
    held(page, server, visit, 1)

    page.goto(f"{server.address}/app#/review/{visit}")
    page.get_by_role("button", name="Go on with this visit").click()
    to_the_map(page)
    note(page, 5)

    held(page, server, visit, 2)
