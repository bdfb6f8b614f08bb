"""Pictures that are not as a camera makes them: transparent, long as a page, cut off, looked at and hidden by touch."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests.browser.phone_shots import on_the_screen
from tests.browser.test_photos_on_the_phone import as_picture, likeness, stored, take, use
from tests.conftest import real_data
from tests.support.chromium import axe

LINE = (400, 4400)  # of the kept picture: a line of the long screenshot, far below the first screen
STANDS = """() => new Promise(done => {
  const stage = document.querySelector('.stage'), at = stage.scrollTop
  setTimeout(() => done(at > 200 && stage.scrollTop === at), 200)
})"""
PIXEL = """([x, y]) => {
  const canvas = document.querySelector('main.shot canvas')
  return [...canvas.getContext('2d').getImageData(canvas.width * x, canvas.height * y, 1, 1).data]
}"""


def written(picture, kind="PNG"):
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def long_screenshot():
    picture = Image.new("RGB", (1080, 9000), "white")
    pen = ImageDraw.Draw(picture)
    for top in range(0, 9000, 60):
        pen.text((40, top), f"Line {top}: Ms Example has paid 40.00", fill="black", font_size=44)
    return written(picture)


def swipe_up(page, by):
    """A finger pushes the picture up."""
    session = page.context.new_cdp_session(page)
    for y in range(450, 450 - by, -15):
        kind = "touchStart" if y == 450 else "touchMove"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": 195, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()


def scrolled(page):
    return page.locator(".stage").evaluate("stage => stage.scrollTop")


def test_a_transparent_picture_stands_on_white_in_preview_and_store(capturing):
    page = capturing
    picture = Image.new("RGBA", (900, 600), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((0, 0, 300, 600), fill=(200, 30, 30, 128))
    take(page, written(picture))
    assert page.evaluate(PIXEL, [0.8, 0.5]) == [255, 255, 255, 255]
    assert page.evaluate(PIXEL, [0.1, 0.5])[1] == pytest.approx(142, abs=4)
    use(page)

    (kept,) = stored(page)
    assert min(kept.getpixel((700, 300))) > 250
    assert kept.getpixel((100, 300)) == pytest.approx((227, 142, 142), abs=8)


def test_a_long_screenshot_is_legible_moved_by_the_finger_and_hidden_where_it_is_tapped(capturing):
    page = capturing
    take(page, long_screenshot())
    box = page.locator(".stage").bounding_box()
    assert page.locator("main.shot canvas").bounding_box()["width"] == pytest.approx(box["width"], abs=1)

    swipe_up(page, 300)
    page.wait_for_function(STANDS)
    expect(page.get_by_role("button", name="Undo")).to_have_attribute("aria-disabled", "true")
    page.locator(".stage").evaluate("(stage, share) => { stage.scrollTop = stage.scrollHeight * share }", 4000 / 6667)
    before = scrolled(page)
    page.touchscreen.tap(*on_the_screen(page, LINE[0] / 800, LINE[1] / 6667))
    expect(page.get_by_role("button", name="Undo")).to_have_attribute("aria-disabled", "false")
    assert abs(scrolled(page) - before) <= 1, "the picture stands still when something is hidden on it"
    use(page)

    (kept,) = stored(page)
    whole = as_picture(long_screenshot()).resize((800, 6667), Image.Resampling.LANCZOS)
    assert kept.size == (800, 6667)
    assert likeness(kept, whole, LINE, reach=100) > 20
    assert likeness(kept, whole, (400, 1000), reach=100) < 6
    assert likeness(kept, whole, (400, 6000), reach=100) < 6


MARK_IN_VIEW = """() => {
  const [mark, stage] = ['.mark-here path', '.stage'].map((one) => document.querySelector(one)?.getBoundingClientRect())
  return mark && stage.top - 1 <= mark.top && mark.bottom <= stage.bottom + 1
}"""


def test_the_keyboard_sees_where_it_hides_on_a_long_screenshot(capturing):
    page = capturing
    take(page, long_screenshot())
    page.locator("main.shot canvas").focus()
    for _ in range(8):
        page.keyboard.press("ArrowDown")

    page.wait_for_function(MARK_IN_VIEW)  # drawn, then scrolled to: on a busy machine not at once
    assert axe(page) == []


def test_everything_hidden_on_a_long_screenshot_leaves_no_line_to_read(capturing):
    page = capturing
    take(page, long_screenshot())
    page.get_by_test_id("hide-all").tap()
    use(page)

    whole = as_picture(long_screenshot()).resize((800, 6667), Image.Resampling.LANCZOS)
    assert all(likeness(stored(page)[0], whole, (400, at), reach=100) > 20 for at in (1000, 3300, 6000))


def noise():
    return Image.effect_noise((1200, 900), 90).convert("RGB")


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_cut_off_picture_shows_what_can_be_read_and_says_so(capturing, kind):
    page, whole = capturing, noise()
    raw = written(whole, kind)
    take(page, raw[: len(raw) * 6 // 10])
    page.get_by_text("This picture is cut off. You see all").wait_for()
    assert page.evaluate(PIXEL, [0.5, 0.99]) == [255, 255, 255, 255]
    assert axe(page) == []
    use(page)

    (kept,) = stored(page)
    assert kept.size == (1200, 900)
    assert likeness(kept, whole, (600, 200)) < 25


@pytest.mark.parametrize(("kind", "begins"), [("JPEG", b"\xff\xda"), ("PNG", b"IDAT")])
def test_where_nothing_can_be_read_it_says_cut_off(capturing, kind, begins):
    page, raw = capturing, written(noise(), kind)
    page.locator(".dock-cam input").set_input_files(
        {"name": "cut.jpg", "mimeType": "image/jpeg", "buffer": raw[: raw.index(begins) + 14]}
    )

    expect(page.get_by_test_id("toast")).to_contain_text("cut off: nothing of it can be read")
    expect(page.locator("main.shot")).to_have_count(0)


@pytest.mark.real_data
def test_odd_pictures_as_people_have_them(capturing):
    page = capturing
    take(page, real_data("odd/transparent.png").read_bytes())
    use(page)
    take(page, real_data("odd/truncated.jpg").read_bytes())
    page.get_by_text("This picture is cut off. You see all").wait_for()
    use(page)

    assert sorted(kept.size for kept in stored(page)) == [(900, 600), (1200, 900)]
