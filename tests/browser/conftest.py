"""A demonstration server for looking, and Chromium to look with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Playwright

from shadowing.operations.demo.cast import ZONE
from tests.support.chromium import agree, chromium_path, context, launch, playwright, sign_in, to_the_map, watch
from tests.support.forked import ForkedServer
from tests.support.server import Server


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def running() -> Iterator[Playwright]:
    if not chromium_path():
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing; CI needs it")
        pytest.skip("Chromium is missing (apt install chromium)")
    with playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(running: Playwright) -> Iterator[Browser]:
    started = launch(running)
    yield started
    started.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demonstration, only to be read."""
    server = ForkedServer(tmp_path_factory.mktemp("demo") / "instance", demo=True).start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """The demonstration's instance folder, made once a day: its plans are of the day it is made on."""

    @cache
    def load(day: date) -> Path:
        folder = tmp_path_factory.mktemp(f"loaded-{day}") / "instance"
        Server(folder).command("demo")
        return folder

    return lambda: load(datetime.now(ZoneInfo(ZONE)).date())


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A picture as from a phone's camera."""
    path = tmp_path / "photo.jpg"
    Image.linear_gradient("L").resize((1200, 900)).save(path, "JPEG")
    return path


@pytest.fixture
def server(loaded: Callable[[], Path], tmp_path: Path) -> Iterator[Server]:
    """A server of one's own on a copy of the demonstration, not started yet."""
    shutil.copytree(loaded(), tmp_path / "instance")
    made = ForkedServer(tmp_path / "instance")
    yield made
    made.kill()


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Page]:
    """An observer's phone, on Today. Nothing on it may complain."""
    server.start()
    person = context(browser, phone=True)
    page = person.new_page()
    complaints = watch(page)
    sign_in(page, server.address, server.sign_ins()["observer"])
    yield page
    assert complaints == []
    person.close()


@pytest.fixture
def walking(phone: Page) -> Page:
    """On the map of a planned visit that has just begun."""
    phone.locator("section.next a.btn").click()
    agree(phone)
    to_the_map(phone)
    return phone


@pytest.fixture
def capturing(walking: Page) -> Page:
    """With the first touchpoint of that visit open."""
    walking.locator(".phone-foot .btn-p").last.click()
    walking.locator("form.cap").wait_for()
    return walking
