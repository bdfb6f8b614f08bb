"""The camera of a place that is looked at again: the old picture over the new one, once the place is rated."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.support.chromium import TAGS, axe, small_targets

BEFORE = "**/api/v1/observations/*/before-photo"


def picture():
    out = io.BytesIO()
    Image.linear_gradient("L").resize((400, 300)).save(out, "WEBP")
    return out.getvalue()


@pytest.fixture
def asked(capturing):
    """What the phone asked for; the server answers it with a picture (its own answer: tests/backlog/proof)."""
    found = []

    def answer(route):
        found.append(route.request.url)
        route.fulfill(status=200, content_type="image/webp", body=picture())

    capturing.context.route(BEFORE, answer)
    return found


def rated(page):
    page.locator("input[name=utility][value='4']").check()
    page.locator("button.dock-cam").wait_for()


def open_camera(page):
    page.locator("button.dock-cam").click()
    page.locator("dialog.again img").wait_for()


def test_before_the_rating_nothing_is_asked_and_the_camera_is_the_phones_own(capturing, asked):
    capturing.wait_for_timeout(500)

    assert asked == []
    expect(capturing.locator(".dock-cam input[type=file]")).to_have_count(1)


def test_after_it_the_old_picture_lies_over_what_the_camera_sees(capturing, asked):
    page = capturing
    rated(page)
    open_camera(page)
    page.wait_for_function("() => document.querySelector('.finder video').videoWidth > 0")
    expect(page.locator(".finder img.over")).to_be_visible()
    assert axe(page, [*TAGS, "wcag2aaa"]) == [] and small_targets(page) == []

    page.locator("dialog.again .btn-p").click()
    page.locator("main.shot canvas").wait_for()
    page.locator("footer.tools button.btn-p").click()
    page.locator(".thumb").wait_for()
    assert len(set(asked)) == 1


def test_without_a_camera_for_pages_the_old_picture_is_shown_and_the_phones_own_opens(capturing, asked):
    page = capturing
    page.evaluate("() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('no')) }")
    rated(page)
    open_camera(page)

    expect(page.locator("dialog.again input[type=file]")).to_have_count(1)
    expect(page.locator(".finder img")).to_be_visible()
    expect(page.locator(".finder video")).to_have_count(0)
    assert axe(page) == [] and small_targets(page) == []
    page.locator("dialog.again input[type=file]").set_input_files(
        {"name": "now.png", "mimeType": "image/webp", "buffer": picture()}
    )
    page.locator("main.shot canvas").wait_for()
