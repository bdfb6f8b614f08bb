"""A phone in an observer's hand: the field app, driven by what stands on the screen."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from tests.support.chromium import FLAGS, PATIENCE, PHONE, agree, chromium_path, sign_in, to_the_map, watch
from tests.support.server import Server


class Phone:
    """One profile on disk, so that everything but the battery survives a kill."""

    def __init__(self, running: Playwright, folder: Path, server: Server, zh: bool = False) -> None:
        self.running, self.folder, self.server, self.zh = running, folder, server, zh
        self.context: BrowserContext | None = None
        self.page: Page = None  # type: ignore[assignment]
        self.complaints: list[str] = []

    def switch_on(self, offline: bool = False) -> Phone:
        self.context = self.running.chromium.launch_persistent_context(
            str(self.folder),
            executable_path=chromium_path(),
            headless=True,
            args=FLAGS,
            viewport=PHONE,
            is_mobile=True,
            has_touch=True,
            locale="zh-CN" if self.zh else "en-GB",
            timezone_id="Europe/London",
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.set_offline(offline)
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self.complaints += watch(self.page)
        return self

    def sign_in(self, role: str = "observer") -> Phone:
        sign_in(self.page, self.server.address, self.server.sign_ins()[role])
        return self.open()

    def open(self) -> Phone:
        self.page.goto(f"{self.server.address}/app")
        self.page.wait_for_function("() => true")
        self.page.locator("h1").first.wait_for()
        return self

    def ready_for_the_walk(self) -> Phone:
        """The worker controls the page and the journeys are on the phone."""
        self.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        self.page.get_by_role("link", name=self.say("Start shadowing", "开始随行")).first.wait_for()
        self.page.reload()
        self.page.get_by_role("link", name=self.say("Start shadowing", "开始随行")).first.wait_for()
        return self

    def network(self, there: bool) -> None:
        assert self.context is not None
        self.context.set_offline(not there)

    def kill(self) -> None:
        """kill -9 of the whole browser, as an empty battery would."""
        mark = str(self.folder).encode()
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and mark in read(entry / "cmdline"):
                kill(int(entry.name))
        with contextlib.suppress(Error):  # the other end is gone, as wanted
            self.close()

    def close(self) -> None:
        if self.context is not None:
            self.context.close()

    def say(self, en: str, zh: str) -> str:
        return zh if self.zh else en

    # --- what an observer does -------------------------------------------------------------------

    def start_planned_visit(self) -> None:
        page = self.page
        page.get_by_role("link", name=self.say("Start shadowing", "开始随行")).first.click()
        agree(page)
        to_the_map(page)

    def capture_next(self) -> None:
        """From the map to the next touchpoint."""
        self.page.locator(".phone-foot .btn-p, footer .btn-p").last.click()
        self.page.locator("form.cap").wait_for()

    def rate(self, utility: int, usability: int, delight: int, emotion: int | None = None) -> None:
        for name, value in (("utility", utility), ("usability", usability), ("delight", delight)):
            self.tap(f"input[name={name}][value='{value}']")
        if emotion is not None:
            self.tap(f"input[name=emotion][value='{emotion}']")

    def tap(self, selector: str) -> None:
        self.page.locator(selector).first.check()

    def words(self, note: str | None = None, quote: str | None = None, serious: str | None = None) -> None:
        self.tab(3)
        boxes = self.page.locator(".p-words textarea")
        if quote is not None:
            boxes.nth(0).fill(quote)
        if note is not None:
            boxes.nth(1).fill(note)
        if serious is not None:
            self.tap(f"input[name=serious][value={serious}]")
        self.tab(0)

    def tab(self, number: int) -> None:
        self.page.locator("input[name=tab]").nth(number).check()

    def photo(self, file: Path, hide: bool = False) -> None:
        self.page.locator("input[type=file]").first.set_input_files(str(file))
        self.page.locator("main.shot canvas").wait_for()
        if hide:
            self.page.get_by_test_id("hide-all").click()
        self.page.locator("footer.tools button.btn-p").click()
        self.page.locator("form.cap").wait_for()

    def next(self) -> None:
        """On to what comes next, and there: a busy phone writes down first, and taps meanwhile would miss it."""
        here = self.page.url
        self.page.locator(".dock .btn-p").click()
        self.page.wait_for_url(lambda url: url != here)

    def title(self) -> str:
        return self.page.locator("h1").first.inner_text()

    def finish(self, outcome: str = "yes", satisfaction: int = 4) -> None:
        self.tap(f"input[name=outcome][value={outcome}]")
        self.tap(f"input[name=satisfaction][value='{satisfaction}']")
        self.page.locator("footer button.btn-p").click()
        self.page.wait_for_url("**#/receipt/**")

    def sync_words(self) -> str:
        return self.page.locator(".sync").first.inner_text().replace("\n", " ")

    def visit_id(self) -> str:
        return self.page.url.rpartition("/")[2]

    def wait_until(self, question: str, argument: Any = None, seconds: float = 30) -> None:
        """Ask the page until it says yes; a plain loop, since strict policy forbids evaluated strings."""
        for _ in range(int(seconds * 10)):
            if self.page.evaluate(question, argument):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"never: {question}")


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
