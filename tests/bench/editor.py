"""A journey of 200 touchpoints in its editor, in Chromium slowed four times: when can one write in it?"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright

from tests.bench.rounds import Table
from tests.support.chromium import chromium_path, context, launch, playwright, sign_in
from tests.support.server import ROOT, Server

SLOWER = 4
TOUCHPOINTS = 200
STANDARDS = 6


def measure(table: Table, folder: Path, rounds: int) -> None:
    if not chromium_path():
        table.skip("the editor: Chromium is missing")
        return
    server = Server(folder / "editor")
    server.command("demo")
    server.start()
    try:
        with playwright() as running:
            for _ in range(rounds):
                _round(table, running, server)
    finally:
        server.kill()


def _round(table: Table, running: Playwright, server: Server) -> None:
    browser = launch(running)
    person = context(browser, phone=False)
    page = person.new_page()
    sign_in(page, server.address, server.sign_ins()["lead"])
    page.goto(f"{server.address}/journeys")
    page.set_input_files(
        "[name=file]", {"name": "j.json", "mimeType": "application/json", "buffer": large_journey(TOUCHPOINTS)}
    )
    page.click("form[enctype] button")
    page.wait_for_url("**/journeys/*")
    address = page.url
    devtools = person.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    for name, query in (("the journey itself", ""), ("a touchpoint in hand", "?t=k150")):
        page.goto("about:blank")
        begun = time.perf_counter()
        page.goto(f"{address}{query}", wait_until="load")
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        page.evaluate("() => document.querySelector('form[data-save] [name=name_en]').focus()")
        page.keyboard.press("!")
        table.add(
            f"editor, {TOUCHPOINTS} touchpoints, {name}: until one has written a sign, CPU / {SLOWER}",
            "ms",
            1000 * (time.perf_counter() - begun),
            None,
        )
        page.wait_for_selector("form[data-save][data-state=saved]")
    person.close()
    browser.close()


def large_journey(touchpoints: int) -> bytes:
    """A ready journey with as many touchpoints as its editor must carry, in all stages."""
    pack: dict[str, Any] = json.loads((ROOT / "shadowing/journeys/packs/hospital_outpatient.json").read_text("utf-8"))
    model = next(t for stage in pack["stages"] for t in stage["touchpoints"] if t["key"] == "payment")
    for number in range(touchpoints):
        stage = pack["stages"][number % 4]
        if number < 4:
            stage["touchpoints"] = []
        name = {"en": f"Touchpoint {number}", "zh": f"触点 {number}"}
        made = {**model, "key": f"k{number}", "name": name, "standards": model["standards"][:STANDARDS]}
        stage["touchpoints"].append(made)
    return json.dumps(pack).encode()
