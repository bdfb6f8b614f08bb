"""A demonstration server for looking, and Chromium to look with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from tests.support.chromium import chromium_path, launch, playwright
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
    server = Server(tmp_path_factory.mktemp("demo") / "instance", demo=True).start()
    yield server
    server.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path
