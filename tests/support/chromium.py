"""Chromium as the tests use it, and what every page must hold."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

#: Playwright's own list: of several such flags the last one counts, so ours has to hold it too.
_PLAYWRIGHT_WITHOUT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,"
    "LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,"
    "TcpPortRandomizationWin,OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch"
)
#: Suggestions of an address bar that nobody sees were a fifth of what the browsers of the tests did.
_ADDRESS_BAR = "WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,PreloadTopChromeWebUI"
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    f"--disable-features={_PLAYWRIGHT_WITHOUT},{_ADDRESS_BAR}",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # A microphone that beeps, and nobody is asked.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]
#: Milliseconds. A busy machine is slow and not wrong.
PATIENCE = 30_000
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def chromium_path() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


@contextmanager
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as running:
        yield running


def launch(running: Playwright) -> Browser:
    return running.chromium.launch(executable_path=chromium_path(), headless=True, args=FLAGS)


def context(
    browser: Browser,
    *,
    phone: bool,
    dark: bool = False,
    zh: bool = False,
    scale: int = 1,
    zone: str = "Europe/London",
) -> BrowserContext:
    made = browser.new_context(
        viewport=PHONE if phone else DESK,
        device_scale_factor=scale,
        is_mobile=phone,
        has_touch=phone,
        color_scheme="dark" if dark else "light",
        locale="zh-CN" if zh else "en-GB",
        timezone_id=zone,
    )
    made.set_default_timeout(PATIENCE)
    return made


def watch(page: Page) -> list[str]:
    """Collects script errors and refusals of the content policy; a test ends with an empty list."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(f"error: {error}"))
    page.on("console", lambda said: found.append(said.text) if _is_complaint(said.text, said.type) else None)
    return found


def sign_in(page: Page, address: str, who: dict[str, str]) -> None:
    page.goto(f"{address}/sign-in")
    page.fill("input[name=email]", who["email"])
    page.fill("input[name=password]", who["password"])
    page.click("form button.btn-p")
    page.wait_for_url(lambda url: "/sign-in" not in url)


@contextmanager
def finger_on(page: Page, selector: str) -> Iterator[None]:
    """A finger that lies on something, by touch; at the end it is lifted where it lies."""
    target = page.locator(selector)
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)
    point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    try:
        yield
    finally:
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        session.detach()


def hand_back(page: Page) -> None:
    """The customer's screen ends by a hold of a second; a key does it at once, as this does."""
    page.locator(".con-back").press("Enter")


def agree(page: Page, photos: bool = True, voice: bool = True) -> None:
    """From the form of a new visit: the customer is asked, agrees and hands the phone back; the visit begins."""
    page.locator("footer button.btn-p").click()
    for name, wanted in (("photos", photos), ("voice", voice)):
        if wanted:
            page.locator(f".con input[name={name}]").check()
    page.get_by_test_id("con-yes").click()
    hand_back(page)


def to_the_map(page: Page) -> None:
    """A visit begins where the customer probably is; this goes from there to its map."""
    page.wait_for_url("**#/capture/**")
    page.locator(".dock .dock-map").click()
    page.locator("main.map").wait_for()


RUN_AXE = """tags => axe.run({runOnly: {type: 'tag', values: tags}}).then(r => r.violations.map(v =>
  v.id + ': ' + v.nodes.slice(0, 3).map(n =>
    n.target.join(' ') + ' ' + (n.any[0] || n.all[0] || n.none[0] || {}).message).join(' | ')))"""


def axe(page: Page, tags: list[str] | None = None) -> list[str]:
    """Findings of axe as sentences; empty is good. Runs under the page's own content policy."""
    page.evaluate("() => { " + AXE.read_text("utf-8") + "\n; window.axe = axe; }")
    found = page.evaluate(RUN_AXE, tags or TAGS)
    return list(found)


SMALL_TARGETS = """least => [...document.querySelectorAll(
    'a, button, input:not([type=hidden]), select, textarea, summary, label')]
  .filter(e => { const s = getComputedStyle(e); const r = e.getBoundingClientRect();
    return s.visibility !== 'hidden' && s.display !== 'none' && r.width > 1 && r.height > 1
      && !(e.tagName === 'A' && s.display === 'inline')
      && !e.classList.contains('lab-name')  // holding a number does the same: WCAG 2.5.8, equivalent
      && (r.width < least - .5 || r.height < least - .5)
      && !(e.matches('input') && e.closest('label') && e.closest('label').getBoundingClientRect().height >= least - .5)
      && !(e.matches('label') && e.querySelector('input, select, textarea') === null
        && (!e.htmlFor || e.control?.getBoundingClientRect().height >= least - .5)) })  // its control is the target
  .map(e => e.outerHTML.slice(0, 120) + ' ' + JSON.stringify(e.getBoundingClientRect()))"""


def small_targets(page: Page, least: int = 44) -> list[str]:
    """Controls under `least` pixels on a side (links inside a sentence excepted)."""
    return list(page.evaluate(SMALL_TARGETS, least))


def _is_complaint(text: str, kind: str) -> bool:
    policy = "Content Security Policy" in text or "TrustedHTML" in text or "TrustedScript" in text
    return policy or (kind == "error" and "Failed to load resource" not in text and "ERR_" not in text)
