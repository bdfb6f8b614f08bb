"""The phone, in Chromium slowed four times, without network or on slow 4G (PERFORMANCE G16-G21)."""

from __future__ import annotations

import base64
import gzip
import json
import time
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, Playwright, Request

from tests.bench.photograph import photograph
from tests.bench.rounds import Table, percentile
from tests.support.chromium import chromium_path, playwright
from tests.support.phone import Phone
from tests.support.server import Server

SLOWER = 4
#: How a gzipped body begins.
GZIPPED = b"\x1f\x8b"
#: Slow 4G: 150 ms more, 1.6 Mbit/s down, 0.75 up.
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
SCRIPT = Path(__file__).with_name("phones.js").read_text("utf-8")
TAPS = [f"input[name={level}][value='{n}']" for n in (1, 2, 3, 4, 5) for level in ("utility", "usability", "delight")]


def measure(table: Table, folder: Path, rounds: int) -> None:
    if not chromium_path():
        table.skip("the phone: Chromium is missing")
        return
    server = Server(folder / "phone")
    server.command("demo")
    server.start()
    try:
        with playwright() as running:
            for turn in range(rounds):
                cold(table, running, server, folder / f"cold-{turn}")
                offline(table, running, server, folder / f"offline-{turn}")
                full(table, running, server, folder / f"full-{turn}")
                slow_line(table, running, server, folder / f"slow-{turn}")
    finally:
        server.kill()


def cold(table: Table, running: Playwright, server: Server, folder: Path) -> None:
    """First screen on a new phone: sign in, forget every file, open over slow 4G."""
    phone = switched_on(running, server, folder)
    page = phone.page
    devtools = phone.context.new_cdp_session(page)
    page.evaluate(
        """() => navigator.serviceWorker.getRegistrations()
          .then((all) => Promise.all(all.map((one) => one.unregister())))"""
    )
    devtools.send("Network.enable")
    devtools.send("Network.clearBrowserCache")
    devtools.send("Network.emulateNetworkConditions", SLOW_4G)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    seen: list[tuple[float, float, str]] = []
    addresses: dict[str, str] = {}
    devtools.on("Network.responseReceived", lambda e: addresses.update({e["requestId"]: e["response"]["url"]}))
    devtools.on(
        "Network.loadingFinished",
        lambda e: seen.append((e["timestamp"], e["encodedDataLength"], addresses.get(e["requestId"], ""))),
    )
    page.goto(f"{server.address}/app", wait_until="commit")
    usable = until_usable(page)
    whole = sum(size for _, size, address in seen if "/api/" not in address)
    table.add("G17 cold, slow 4G, 4x CPU: usable Today (aim 1000, gate 1500)", "ms", usable)
    table.add("G16 cold: bytes of page, script, style, icons until then (aim 50, gate 80)", "kB", whole / 1000)
    phone.close()


def offline(table: Table, running: Playwright, server: Server, folder: Path) -> None:
    phone = switched_on(running, server, folder)
    page, devtools = phone.page, phone.context.new_cdp_session(phone.page)
    phone.network(False)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.reload(wait_until="commit")
    table.add("G18 warm start, no network, 4x CPU: usable Today (aim 500, issue 1000)", "ms", until_usable(page))
    phone.start_planned_visit()
    phone.capture_next()
    page.wait_for_timeout(1500)
    taps, floors = [], []
    for selector in TAPS * 4:
        taps.append(page.evaluate("(selector) => bench.tap(selector)", selector))
        floors.append(page.evaluate("() => bench.floor()"))
    for name, share in (("median", 0.5), ("p95", 0.95)):
        durable, floor = (percentile(values, share) for values in ([tap["durable"] for tap in taps], floors))
        table.add(f"tap to durable, 4x CPU, beside a bare strict write: {name} (aim p95 50)", "ms", durable, floor)
        table.add(f"tap to shown, 4x CPU: {name}", "ms", percentile([tap["shown"] for tap in taps], share))
    turns(table, page)
    twelve_megapixels(table, phone, folder)
    phone.close()


def turns(table: Table, page: Page) -> None:
    """From one screen to the next: tabs of the capture, and the way from the map into it."""
    tabs = [
        page.evaluate("([tab, panel]) => bench.turn(tab, panel)", [f".tabs label:nth-child({n}) input", panel])
        for n, panel in ((4, ".p-words"), (1, ".p-rate")) * 5
    ]
    table.add("change of tab to shown, 4x CPU: p95 (aim 200)", "ms", percentile(tabs, 0.95))
    opened = []
    for _ in range(5):
        page.evaluate("() => bench.turn('.dock .dock-map', 'main.map')")
        page.wait_for_timeout(300)
        opened.append(page.evaluate("() => bench.turn('.tp.now button, .phone-foot .btn-p', 'form.cap')"))
        page.wait_for_timeout(300)
    table.add("capture opens from the map, 4x CPU: p95 (aim 400)", "ms", percentile(opened, 0.95))


def twelve_megapixels(table: Table, phone: Phone, folder: Path) -> None:
    path = folder / "photo.jpg"
    noise = Image.effect_noise((1008, 756), 60).resize((4032, 3024)).convert("RGB")
    noise.save(path, "JPEG", quality=88)
    page = phone.page
    begun = time.monotonic()
    page.locator("input[type=file]").first.set_input_files(str(path))
    page.locator("main.shot canvas").wait_for()
    opened = (time.monotonic() - begun) * 1000
    stored = page.evaluate(
        """() => new Promise((done) => {
          const before = bench.writes.length
          const start = performance.now()
          document.querySelector('footer.tools button.btn-p').click()
          const wait = () => (bench.writes.slice(before).some((one) => one.photo) && document.querySelector('form.cap')
            ? done(performance.now() - start) : setTimeout(wait, 1))
          wait()
        })"""
    )
    table.add("12-megapixel photo picked to stored, 4x CPU, the person's time apart (aim 2500)", "ms", opened + stored)
    table.add("G19 tap 'use' to stored and the form back, 4x CPU (aim 150, gate 400)", "ms", stored)


def full(table: Table, running: Playwright, server: Server, folder: Path) -> None:
    """Two hundred visits with a thousand photos wait."""
    phone = switched_on(running, server, folder)
    page, devtools = phone.page, phone.context.new_cdp_session(phone.page)
    phone.network(False)
    phone.start_planned_visit()
    phone.capture_next()
    phone.rate(3, 3, 3)
    phone.page.locator(".dock .dock-map").click()
    page.wait_for_url("**#/visit/**")
    here = page.url
    page.evaluate("(much) => bench.fill(much)", {"visits": 200, "each": 10, "photos": 1000, "bytes": None})
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto("about:blank")
    page.goto(f"{server.address}/app#/today", wait_until="commit")
    table.add("200 visits, 1000 photos wait: warm start, no network, 4x CPU", "ms", until_usable(page))
    page.goto(here)
    phone.capture_next()
    page.wait_for_timeout(1000)
    taps = [page.evaluate("(selector) => bench.tap(selector)", selector) for selector in TAPS * 2]
    table.add("the same: tap to shown, p95 (aim 100)", "ms", percentile([tap["shown"] for tap in taps], 0.95))
    table.add("the same: tap to durable, p95", "ms", percentile([tap["durable"] for tap in taps], 0.95))
    phone.network(True)
    page.wait_for_timeout(1500)
    taps = [page.evaluate("(selector) => bench.tap(selector)", selector) for selector in TAPS * 2]
    table.add("the same while they are sent: tap to shown, p95", "ms", percentile([tap["shown"] for tap in taps], 0.95))
    phone.close()


def slow_line(table: Table, running: Playwright, server: Server, folder: Path) -> None:
    """Twenty observations with a photo each over slow 4G: words first, then as fast as the line."""
    phone = switched_on(running, server, folder)
    page = phone.page
    phone.network(False)
    phone.start_planned_visit()
    phone.capture_next()
    phone.rate(3, 3, 3, emotion=1)
    phone.page.locator(".dock .dock-map").click()
    page.wait_for_url("**#/visit/**")
    raw = base64.b64encode(photograph()).decode()
    page.evaluate("(much) => bench.fill(much)", {"visits": 1, "each": 20, "photos": 20, "bytes": raw})
    page.reload()
    page.locator(".map").first.wait_for()
    done: list[tuple[float, Request, bytes]] = []
    page.on("requestfinished", lambda r: done.append((time.monotonic(), r, r.post_data_buffer or b"")))
    phone.network(True)
    devtools = phone.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW_4G)
    begun = time.monotonic()
    page.evaluate("() => { dispatchEvent(new Event('online')) }")
    while sum("/photos/" in asked.url for _, asked, _ in done) < 20 and time.monotonic() < begun + 240:
        page.wait_for_timeout(100)
    sent = [(at, asked.url, body) for at, asked, body in done if asked.method in ("PUT", "POST")]
    words = [(at, body) for at, url, body in sent if url.endswith("/sync")]
    photos = 20 * len(photograph())
    floor = (photos + sum(len(body) for _, body in words)) / SLOW_4G["uploadThroughput"]
    name = "G20 20 observations + photos over slow 4G, beside bytes / bandwidth (aim 1.08x, gate 1.15x)"
    table.add(name, "s", max(at for at, _, _ in sent) - begun, floor)
    table.add("G20 all words there after (aim 2)", "s", max(at for at, _ in words) - begun)
    phone.close()
    bytes_of_a_record(table, [body for _, body in words])


def bytes_of_a_record(table: Table, bodies: list[bytes]) -> None:
    """The largest batch of words, as it went over the line and unpacked."""
    body = max(bodies, key=len)
    unpacked = gzip.decompress(body) if body[:2] == GZIPPED else body
    records = json.loads(unpacked)
    n = len(records["visits"]) + len(records["observations"])
    table.add("G21 bytes of an observation in a batch, as sent (aim 200, gate 350)", "B", len(body) / n)
    table.add("G21 the same, unpacked", "B", len(unpacked) / n)


def switched_on(running: Playwright, server: Server, folder: Path) -> Phone:
    phone = Phone(running, folder, server).switch_on()
    assert phone.context is not None
    phone.context.add_init_script(SCRIPT)
    phone.sign_in().ready_for_the_walk()
    return phone


def until_usable(page: Page) -> float:
    while True:
        at: Any = page.evaluate("() => window.bench?.usable ?? null")
        if at is not None:
            return float(at)
        page.wait_for_timeout(50)
