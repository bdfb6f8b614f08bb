"""Moments first, form later: noted before anybody knows where, placed afterwards; names pointed out, never blocked."""

from __future__ import annotations

import pytest

from tests.browser.test_kits import bodies, body_with
from tests.support.chromium import TAGS, axe, small_targets

STRICT = [*TAGS, "wcag2aaa"]


@pytest.fixture
def moment(walking):
    """A moment of a visit, just opened."""
    walking.get_by_role("button", name="Note a moment").click()
    walking.locator("form.cap").wait_for()
    return walking


def place(page, name):
    page.get_by_label("Place it").select_option(label=name)


def test_a_moment_keeps_everything_when_it_finds_its_place(moment):
    page = moment
    page.locator("input.label-in").fill("The lift is broken")
    page.locator("input[name=emotion][value='-2']").check()
    assert axe(page, STRICT) == [] and small_targets(page) == []
    assert page.evaluate("() => document.documentElement.scrollHeight <= innerHeight")

    place(page, "Finding the way")

    page.locator("h1", has_text="Finding the way").wait_for()
    placed = body_with(page, lambda body: body["touchpoint_id"] and body["emotion"])
    assert (placed["emotion"], placed["note"], placed["label"]) == (-2, "The lift is broken", None)
    page.get_by_test_id("toast").get_by_role("button", name="Undo").click()
    again = body_with(page, lambda body: body["touchpoint_id"] is None)
    assert len(bodies(page)) == 1, "what it interrupted was the same place, still empty, and is one with it"
    assert (again["label"], again["note"]) == ("The lift is broken", None)


def test_the_review_asks_for_moments_without_a_place(moment):
    page = moment
    page.locator("input[name=utility][value='2']").check()
    page.locator(".dock .dock-map").click()
    page.locator(".tp", has_text="Moment,").wait_for()
    page.get_by_role("button", name="Finish visit").click()
    page.get_by_role("heading", name="1 moment not yet placed").wait_for()
    assert axe(page, STRICT) == []

    place(page, "Payment")

    page.get_by_role("heading", name="not yet placed").wait_for(state="detached")
    placed = body_with(page, lambda body: body["touchpoint_id"] and body["utility"])
    assert (placed["utility"], placed["note"]) == (2, None), "a name the phone gave is no note"


def test_a_place_that_is_noted_already_is_not_offered(moment):
    page = moment
    place(page, "Payment")
    page.locator("h1", has_text="Payment").wait_for()
    page.locator("input[name=utility][value='4']").check()
    page.locator(".dock .dock-map").click()
    page.get_by_role("button", name="Note a moment").click()

    page.locator(".way-place").wait_for()
    offered = page.get_by_label("Place it").locator("option").all_inner_texts()
    assert "Payment" not in offered and "Booking" in offered


def test_what_looks_like_a_name_is_pointed_out_and_kept(moment):
    page = moment
    page.locator("input[name=tab]").nth(3).check()
    page.locator(".p-words textarea").last.fill("Dr. Miller explained it twice")
    page.get_by_text("looks like a name").wait_for()
    assert axe(page, STRICT) == []

    assert body_with(page, lambda body: body["note"])["note"] == "Dr. Miller explained it twice"
    assert len([body for body in bodies(page) if body["note"]]) == 1
