"""The line: one real visit from a phone without network to the executive's page.

The browser is killed in the middle of the walk, the server after its commit and before its answer; all the same exactly
one visit, ten observations and three photos arrive, and lead and executive see them.
"""

from __future__ import annotations

import gzip
import io
import os
import sqlite3
import tarfile
from pathlib import Path

import pytest
from PIL import Image

from tests.support.chromium import context, sign_in
from tests.support.phone import Phone
from tests.support.receipts import receipt
from tests.support.server import Server
from tests.support.waiting import wait_until

RATINGS = [(4, 4, 4), (5, 4, 4), (4, 3, 3), (3, 2, 3), (5, 5, 5), (4, 3, 4), (2, 3, 2), (5, 4, 5), (4, 4, 3), (2, 3, 3)]
PHOTOGRAPHED = (3, 6, 9)


@pytest.fixture
def photos(tmp_path) -> list[Path]:
    """Three phone photos with position and orientation; real ones where the folder of real input is there."""
    folder = os.environ.get("SHADOWING_TEST_DATA")
    source = Path(folder) / "photos_phone_gps.tar.gz" if folder else None
    found = real_photos(source, tmp_path) if source and source.exists() else []
    return (found + [made_photo(tmp_path / f"made-{n}.jpg", n) for n in range(3)])[:3]


def real_photos(archive: Path, folder: Path) -> list[Path]:
    with tarfile.open(archive) as tar:
        members = [m for m in tar.getmembers() if m.isfile() and m.name.lower().endswith((".jpg", ".jpeg"))]
        for member in members:
            (folder / Path(member.name).name).write_bytes(tar.extractfile(member).read())
    return [folder / Path(member.name).name for member in members][:3]


def made_photo(path: Path, number: int) -> Path:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (1200, 900), ("#446688", "#886644", "#448866")[number]).save(path, "JPEG", exif=exif)
    return path


def chinese_words() -> str:
    """What a real customer wrote; our own sentence where the folder of real input is absent."""
    folder = os.environ.get("SHADOWING_TEST_DATA")
    path = Path(folder) / "hotel_reviews_zh.csv.gz" if folder else None
    if path is None or not path.exists():
        return "排队半小时，没有人说一声要等多久。"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = [line.strip().partition(",")[2].strip('"') for line in file]
    return next(line for line in lines[1:] if 30 < len(line) < 120 and '"' not in line)


@pytest.mark.parametrize("zh", [False, True], ids=["en", "zh"])
def test_a_visit_walked_offline_reaches_the_executive_exactly_once(running, browser, server, photos, tmp_path, zh):
    once = tmp_path / "die-once"
    once.touch()
    server.start(TEST_DIE_AFTER="POST /api/v1/sync", TEST_DIE_ONCE=str(once))
    before = counts(server)
    quote = chinese_words()
    phone = Phone(running, tmp_path / "profile", server, zh=zh).switch_on().sign_in().ready_for_the_walk()

    phone.network(False)
    phone.start_planned_visit()
    visit_id = phone.visit_id()
    walk(phone, photos, quote, up_to=5)
    phone.page.wait_for_timeout(300)  # a battery that ends within a tap may take that one tap with it
    phone.kill()
    phone.switch_on(offline=True).open()
    carry_on(phone)
    walk(phone, photos, quote, start=5, up_to=10)
    review(phone)
    phone.finish()
    assert counts(server) == before

    send_through_a_dying_server(phone, server, once)

    receipt = arrived(phone, server, visit_id)
    assert receipt["visit"]["revision"] >= 1
    after = counts(server)
    assert {name: after[name] - before[name] for name in after} == {"visit": 1, "observation": 10, "photo": 3}
    assert received_photos_are_clean(server, visit_id)
    assert phone.complaints == []
    phone.close()
    lead_and_executive_see_it(browser, server, quote, zh)


def walk(phone: Phone, photos: list[Path], quote: str, up_to: int, start: int = 0) -> None:
    for number in range(start, up_to):
        if number == start and phone.page.locator("form.cap").count() == 0:
            phone.capture_next()
        here = phone.title()
        phone.rate(*RATINGS[number], emotion=RATINGS[number][2] - 3)
        if number in PHOTOGRAPHED:
            phone.photo(photos[PHOTOGRAPHED.index(number)], hide=number == 6)
        if number == 9:
            # Serious, so that it has an improvement whatever the rest of the demonstration says of this place.
            phone.words(note="Two windows of five open.", quote=quote, serious="dignity")
        if number + 1 < up_to:
            phone.next()
            phone.page.locator("h1").filter(has_not_text=here).wait_for()


def carry_on(phone: Phone) -> None:
    """After the kill the app opens at the touchpoint one was at, as it was left."""
    phone.page.locator("form.cap").wait_for()
    last = dict(zip(("utility", "usability", "delight"), RATINGS[4], strict=True), emotion=RATINGS[4][2] - 3)
    for name, value in last.items():
        kept = phone.page.locator(f"input[name={name}]:checked")
        kept.wait_for(state="attached")
        assert kept.get_attribute("value") == str(value), f"the last tap on {name} was lost"
    here = phone.title()
    phone.next()
    phone.page.locator("h1").filter(has_not_text=here).wait_for()


def review(phone: Phone) -> None:
    phone.page.locator(".dock .dock-map").click()
    phone.page.wait_for_url("**#/visit/**")
    phone.page.locator("footer a.btn, footer button.btn").last.click()
    phone.page.wait_for_url("**#/review/**")


def send_through_a_dying_server(phone: Phone, server: Server, once: Path) -> None:
    """The network comes back; the server stores the words, dies before it answers, and is started again."""
    phone.network(True)
    wake(phone, server)
    wait_until(lambda: server.process.poll() is not None, seconds=60)
    assert not once.exists(), "the server was never asked to store anything"
    server.start()
    wake(phone, server)


def wake(phone: Phone, server: Server) -> None:
    """Sign in again where the kill took the cookie with it, and come back to the app."""
    if phone.page.request.get(f"{server.address}/api/v1/session").json()["user"] is None:
        sign_in(phone.page, server.address, server.sign_ins()["observer"])
    phone.open()


def arrived(phone: Phone, server: Server, visit_id: str) -> dict:
    def complete(it: dict) -> bool:
        ready = [photo["state"] for photo in it["photos"]] == ["ready"] * 3
        return bool(it["visit"]) and len(it["observations"]) == 10 and ready

    held = receipt(phone.page, server, visit_id, complete)
    assert held["missing_photos"] == []
    return held


def counts(server: Server) -> dict[str, int]:
    with sqlite3.connect(f"file:{server.instance}/shadowing.sqlite?mode=ro", uri=True) as database:
        return {
            t: database.execute(f"select count(*) from {t}").fetchone()[0] for t in ("visit", "observation", "photo")
        }


def received_photos_are_clean(server: Server, visit_id: str) -> bool:
    """Whether no byte of position or camera is left in anything the server keeps of photos."""
    kept = [path for path in (server.instance / "photos").rglob("*") if path.is_file() and path.name != "check"]
    for path in kept:
        picture = Image.open(io.BytesIO(path.read_bytes()))
        if picture.getexif() or "exif" in picture.info:
            return False
    return bool(kept)


def lead_and_executive_see_it(browser, server: Server, quote: str, zh: bool) -> None:
    lead = context(browser, phone=True, zh=zh)
    page = lead.new_page()
    sign_in(page, server.address, server.sign_ins()["lead"])
    area = area_with_words(page, server)
    until_shown(page, f"{server.address}/areas/{area['id']}", quote[:20])
    items = page.request.get(f"{server.address}/api/v1/improvements").json()["improvements"]
    item = next(i for i in items if i["area_id"] == area["id"])
    until_shown(page, f"{server.address}/improvements/{item['id']}", quote[:20])
    lead.close()
    executive = context(browser, phone=False, zh=zh)
    page = executive.new_page()
    sign_in(page, server.address, server.sign_ins()["executive"])
    until_shown(page, f"{server.address}/summary", quote[:20])
    assert page.request.get(f"{server.address}/api/v1/summary").json()["visits"] == 41
    executive.close()


def until_shown(page, address: str, words: str) -> None:
    """What was acknowledged is on the page as soon as the worker has been at it."""
    wait_until(lambda: page.goto(address) and words in page.inner_text("main"), seconds=30)


def area_with_words(page, server: Server) -> dict:
    """The area of the tenth touchpoint, in the channel the phone took for it."""
    areas = page.request.get(f"{server.address}/api/v1/areas").json()["areas"]
    return next(
        a for a in areas if (a["touchpoint"]["name"]["en"], a["channel"]) == ("Follow-up", "msg") and a["levels"]
    )
