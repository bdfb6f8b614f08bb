"""Pictures of the field app's screens, walked as an observer walks them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page

from tests.support.chromium import context, hand_back, sign_in, to_the_map
from tests.support.server import Server


def shoot_phone(browser: Browser, server: Server, dark: bool, zh: bool, out: Path) -> None:
    """Pictures of every screen, light or dark, English or Chinese."""
    person = context(browser, phone=True, dark=dark, zh=zh, scale=2)
    page = person.new_page()
    name = f"390-{'dark' if dark else 'light'}-{'zh' if zh else 'en'}"

    def keep(screen: str, whole: bool = False) -> None:
        page.wait_for_timeout(250)
        page.screenshot(path=out / f"app-{screen}-{name}.png", full_page=whole)

    visit_every_screen(page, server, keep)
    person.close()


def visit_every_screen(page: Page, server: Server, keep: Callable[..., None]) -> None:
    """Walk one visit and stop at every screen: keep(name, whole=False)."""
    sign_in(page, server.address, server.sign_ins()["observer"])
    page.locator("section.next a.btn").wait_for()
    keep("01-today")
    page.locator("section.next a.btn").click()
    keep("02-start")
    page.locator("footer button.btn-p").click()
    page.locator(".con input[name=photos]").check()
    keep("03-consent")
    page.get_by_test_id("con-yes").click()
    keep("03-consent-code")
    hand_back(page)
    to_the_map(page)
    walk(page)
    keep("04-map")
    page.locator(".phone-foot .btn-p").last.click()
    page.locator("form.cap").wait_for()
    capture(page, keep)
    page.locator(".dock .dock-map").click()
    page.wait_for_url("**#/visit/**")
    page.locator("footer a.btn, footer button.btn").last.click()
    page.wait_for_url("**#/review/**")
    keep("11-review", whole=True)
    page.goto(f"{server.address}/app#/outbox")
    keep("12-outbox")
    page.goto(f"{server.address}/app#/me")
    keep("13-me", whole=True)
    page.goto(f"{server.address}/app#/visit")
    page.locator("footer a.btn, footer button.btn").last.click()
    page.wait_for_url("**#/review/**")
    page.locator("input[name=outcome][value=yes]").check()
    page.locator("footer button.btn-p").click()
    page.wait_for_url("**#/receipt/**")
    page.wait_for_timeout(3000)
    keep("14-receipt", whole=True)


def walk(page: Page) -> None:
    """Six touchpoints with moods, so that the line on the map moves."""
    page.locator(".phone-foot .btn-p").last.click()
    for utility, emotion in ((4, 1), (2, -1), (5, 2), (3, 0), (2, -2), (4, 1)):
        page.locator("form.cap").wait_for()
        here = page.url
        rate(page, utility, utility, max(1, utility - 1), emotion)
        page.locator(".dock .btn-p").click()
        page.wait_for_url(lambda url, here=here: url != here)
    page.locator(".dock .dock-map").click()
    page.wait_for_url("**#/visit/**")


def rate(page: Page, utility: int, usability: int, delight: int, emotion: int) -> None:
    values = {"delight": delight, "usability": usability, "utility": utility, "emotion": emotion}
    for name, value in values.items():
        page.locator(f"input[name={name}][value='{value}']").check()


def capture(page: Page, keep: Callable[..., None]) -> None:
    keep("05-capture-empty")
    page.locator("input[name=utility][value='2']").check()
    keep("06-capture-reasons")
    page.locator(".rz input").first.check()
    page.locator("input[name=usability][value='4']").check()
    page.locator("input[name=emotion][value='-1']").check()
    page.locator("input[name=expectation][value='-1']").check()
    page.locator(".dock .stop").click()
    keep("07-capture-rated")
    for number, tab in ((1, "08-capture-standards"), (2, "09-capture-why"), (3, "10-capture-words")):
        page.locator("input[name=tab]").nth(number).check()
        if number == 1:
            page.locator(".p-std .btn").first.click()
        keep(tab)
    page.locator("input[name=tab]").nth(0).check()
    page.locator(".dock-cam input[type=file]").set_input_files(
        {"name": "queue.jpg", "mimeType": "image/jpeg", "buffer": a_picture()}
    )
    page.locator("main.shot canvas").wait_for()
    hide_a_face(page)
    keep("10b-photo")
    page.locator("footer.tools button.btn-p").click()
    page.locator("form.cap").wait_for()


def hide_a_face(page: Page, x: float = 0.13, y: float = 0.35) -> None:
    """A finger taps the picture where a face is."""
    page.touchscreen.tap(*on_the_screen(page, x, y))


def on_the_screen(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where on the screen a share of the picture's width and height is; it is fitted whole."""
    canvas = page.locator("main.shot canvas")
    box = canvas.bounding_box()
    assert box is not None
    width, height = canvas.evaluate("canvas => [canvas.width, canvas.height]")
    scale = min(box["width"] / width, box["height"] / height)
    left, top = box["x"] + (box["width"] - width * scale) / 2, box["y"] + (box["height"] - height * scale) / 2
    return left + x * width * scale, top + y * height * scale


def a_picture() -> bytes:
    out = io.BytesIO()
    picture = Image.new("RGB", (1200, 900), "#c9d3d8")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 600, 1200, 900), fill="#9b8f7c")
    for x in range(100, 1200, 260):
        pen.ellipse((x, 260, x + 110, 370), fill="#d8a984")
        pen.rectangle((x - 20, 370, x + 130, 640), fill="#3f5f7f")
    picture.save(out, "JPEG")
    return out.getvalue()
