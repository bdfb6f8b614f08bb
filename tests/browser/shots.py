"""Pictures of every page into shots/: phone and desk, light and dark, English and Chinese (`make shots`)."""

from __future__ import annotations

import shutil
import sys
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.phone_shots import shoot_phone
from tests.support.chromium import context, launch, playwright, sign_in
from tests.support.server import ROOT, Server

OUT = ROOT / "shots"
#: name -> (role, address, whole page)
DESK_PAGES = {
    "areas": ("lead", "/areas"),
    "areas-part": ("lead", "/areas?site=1&persona=1"),
    "area": ("lead", "/areas/{worst}"),
    "area-part": ("lead", "/areas/{worst}?persona=1"),
    "areas-period": ("lead", "/areas?since=2020-01-01"),
    "compare-sites": ("lead", "/areas/compare"),
    "compare-channels": ("lead", "/areas/compare?compare=channel"),
    "observations": ("lead", "/areas/{worst}/observations?site=1"),
    "improvements": ("lead", "/improvements"),
    "board": ("lead", "/improvements?view=board"),
    "my-improvements": ("lead", "/improvements/mine"),
    "month": ("admin", "/improvements/budget"),
    "improvement": ("lead", "/improvements/{proving}"),
    "going-live": ("lead", "/improvements/{working}/live"),
    "improvements-by-brand": ("lead", "/improvements?rank=brand"),
    "triage": ("lead", "/improvements/triage"),
    "propose": ("lead", "/improvements/new"),
    "trainings": ("lead", "/improvements/training"),
    "training": ("lead", "/improvements/{working}/training"),
    "options": ("lead", "/improvements/compare"),
    "decisions": ("executive", "/decisions"),
    "question": ("executive", "{question}"),
    "plan": ("lead", "/plan"),
    "plan-one": ("lead", "/plan/{planned}"),
    "shadow-me-in": ("executive", "/slots"),
    "coverage": ("executive", "/plan"),
    "data": ("lead", "/data"),
    "journeys": ("lead", "/journeys"),
    "journey": ("lead", "/journeys/1"),
    "touchpoint": ("lead", "/journeys/1?t=waiting_room"),
    "personas": ("lead", "/journeys/1/personas"),
    "library": ("lead", "/journeys/library"),
    "library-item": ("lead", "/journeys/library/1"),
    "goals": ("lead", "/goals"),
    "strategy": ("lead", "/strategy"),
    "promises": ("lead", "/promises"),
    "new-promise": ("lead", "/promises/new"),
    "people": ("admin", "/people"),
    "poster": ("admin", "/people/invitations/1"),
    "person": ("admin", "/people/2"),
    "new-person": ("admin", "/people/new"),
    "sites": ("admin", "/sites"),
    "settings": ("admin", "/settings"),
    "webhooks": ("admin", "/settings/webhooks"),
    "more": ("admin", "/more"),
    "account": ("admin", "/account"),
    "participation": ("lead", "/participation"),
    "why": ("lead", "/why"),
    "summary": ("executive", "/summary"),
    "sharing": ("executive", "/summary/links"),
}


def main() -> None:
    OUT.mkdir(exist_ok=True)
    only = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "instance", demo=True).start()
        try:
            with playwright() as running:
                browser = launch(running)
                for phone, dark, zh in product((False, True), (False, True), (False, True)):
                    shoot(browser, server, phone, dark, zh, only)
                for dark, zh in product((False, True), (False, True)) if not only or "app" in only else ():
                    with tempfile.TemporaryDirectory() as own:
                        shutil.copytree(Path(folder) / "instance", Path(own) / "instance")
                        phone_server = Server(Path(own) / "instance").start()
                        shoot_phone(browser, phone_server, dark, zh, OUT)
                        phone_server.stop()
                browser.close()
        finally:
            server.stop()


def shoot(browser: Browser, server: Server, phone: bool, dark: bool, zh: bool, only: list[str]) -> None:
    name = f"{'390' if phone else '1280'}-{'dark' if dark else 'light'}-{'zh' if zh else 'en'}"
    for role in ("lead", "admin", "executive"):
        pages = {key: path for key, (who, path) in DESK_PAGES.items() if who == role and (not only or key in only)}
        if not pages:
            continue
        with_person = context(browser, phone=phone, dark=dark, zh=zh, scale=2 if phone else 1)
        page = with_person.new_page()
        if role == "lead" and (not only or "sign-in" in only):
            page.goto(f"{server.address}/sign-in")
            keep(page, f"sign-in-{name}")
        sign_in(page, server.address, server.sign_ins()[role])
        for key, path in pages.items():
            page.goto(server.address + address(page, server, path))
            keep(page, f"{key}-{name}")
        with_person.close()


def address(page: Page, server: Server, path: str) -> str:
    """Fill in the area furthest below target, and the improvement being proved."""
    if "{worst}" in path:
        summary = page.request.get(f"{server.address}/api/v1/summary").json()
        return path.format(worst=summary["furthest"][0]["area_id"])
    if "{proving}" in path:
        items = page.request.get(f"{server.address}/api/v1/improvements").json()["improvements"]
        return path.format(proving=next(i["id"] for i in items if i["state"] == "verifying"))
    if "{working}" in path:
        items = page.request.get(f"{server.address}/api/v1/improvements").json()["improvements"]
        return path.format(working=next(i["id"] for i in items if i["state"] == "in_progress"))
    if "{question}" in path:
        page.goto(f"{server.address}/summary")
        return path.format(question=page.locator("#decisions h3 a").first.get_attribute("href"))
    if "{planned}" in path:
        plans = page.request.get(f"{server.address}/api/v1/plans").json()["plans"]
        return path.format(planned=next(p["id"] for p in plans if p["state"] == "planned" and p["companion_id"]))
    return path


def keep(page: Page, name: str) -> None:
    page.screenshot(path=OUT / f"{name}.png", full_page=True)


if __name__ == "__main__":
    main()
