"""A journey of 500 touchpoints: brought in while phones send, then seen on the pages that draw all of it."""

from __future__ import annotations

import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from statistics import median

from tests.bench.editor import large_journey
from tests.bench.load import Call, Client
from tests.bench.rounds import Table
from tests.bench.servers import Ours
from tests.bench.sheets import form_with_file, signed_in
from tests.bench.writes import Phone, put_observation

TOUCHPOINTS, CALLS = 500, 5
PAGES = {
    "GET /plan": "/plan",
    "GET /coverage": "/api/v1/coverage",
    "GET /areas": "/areas",
    "GET /carry": "/api/v1/carry",
}


def measure(table: Table, folder: Path, rounds: int) -> None:
    ours = Ours(folder / "large-journey")
    ours.command("demo")
    token = ours.token("observer")
    body, kind = form_with_file("journey.json", large_journey(TOUCHPOINTS))
    request = urllib.request.Request(f"{ours.address}/journeys", body, kind)
    with ours.start():
        browser, sender = signed_in(ours), Phone(ours, token)
        client = Client(ours, ours.token("lead"))
        for _ in range(rounds):
            alone = _sent_beside(sender, lambda: time.sleep(1))
            started = time.perf_counter()
            beside = _sent_beside(sender, lambda: _read(browser, request))
            name = f"journey of {TOUCHPOINTS} touchpoints"
            table.add(f"{name}: brought in, published and shown", "s", time.perf_counter() - started)
            table.add(f"{name}: longest PUT observation meanwhile (floor: alone)", "ms", max(beside), max(alone))
            for page, address in PAGES.items():
                said = [client.call(Call("GET", address)).said for _ in range(CALLS)]
                table.add(f"{page} of journeys of {TOUCHPOINTS} touchpoints, server time", "ms", median(said))


def _read(browser: urllib.request.OpenerDirector, request: urllib.request.Request) -> None:
    browser.open(request).read()


def _sent_beside(sender: Phone, work: Callable[[], object]) -> list[float]:
    """How long each observation took that was sent while the work was done, in ms."""
    over = threading.Event()
    took: list[float] = []

    def send() -> None:
        number = 0
        while not over.is_set():
            number += 1
            took.append(sender.client.call(put_observation(sender.observation(number), "/api/v1")).seen)

    thread = threading.Thread(target=send)
    thread.start()
    work()
    over.set()
    thread.join()
    return took
