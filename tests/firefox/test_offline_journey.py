"""The full offline journey in Firefox: another engine's worker, database and photo decoding. Part of `make soak`."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from PIL import Image

from tests.support.firefox import Firefox, firefox_path
from tests.support.server import Server

RATINGS = ((2, 3, 4), (5, 4, 4), (3, 2, 1))


@pytest.fixture
def server(tmp_path):
    made = Server(tmp_path / "instance")
    made.command("demo")
    yield made.start()
    made.kill()


@pytest.fixture
def firefox(tmp_path):
    if os.environ.get("SHADOWING_TEST_FIREFOX") != "1":
        pytest.skip("Firefox walks in make soak")
    if not firefox_path():
        pytest.skip("*** MISSING: Firefox (apt install firefox-esr). The journey in Firefox is NOT TESTED. ***")
    made = Firefox(tmp_path / "profile").start()
    yield made
    made.kill()


@pytest.fixture
def photo(tmp_path):
    """Twelve megapixels, lying on its side, with a position in it."""
    path = tmp_path / "photo.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    Image.effect_noise((1008, 756), 60).resize((4032, 3024)).convert("RGB").save(path, "JPEG", quality=90, exif=exif)
    return path


@pytest.mark.timeout(400)
def test_a_visit_walked_without_server_killed_and_carried_on_arrives_once(firefox, server, photo):
    before = counts(server)
    sign_in(firefox, server)
    firefox.wait("navigator.serviceWorker.ready.then(() => true)")
    firefox.wait("caches.match('/app').then(Boolean)")
    firefox.go(f"{server.address}/app")
    firefox.wait("navigator.serviceWorker.controller !== null && document.querySelector('section.next') !== null")

    server.kill()
    start_visit(firefox, server)
    for ratings in RATINGS[:2]:
        capture(firefox, ratings, photo if ratings == RATINGS[0] else None)
    firefox.wait("document.querySelector('form.cap') !== null")
    firefox.ask("new Promise((done) => setTimeout(done, 500))")
    firefox.kill()
    firefox.start()
    firefox.go(f"{server.address}/app#/visit")
    firefox.click(".phone-foot .btn-p", -1)
    capture(firefox, RATINGS[2], None)
    firefox.wait("document.querySelector('form.cap') !== null")
    finish(firefox)
    assert counts(server) == before

    server.start()
    sign_in(firefox, server)
    firefox.go(f"{server.address}/app#/outbox")
    firefox.wait("document.body.innerText.includes('Everything has been sent')")

    after = counts(server)
    assert {t: after[t] - before[t] for t in after} == {"visit": 1, "observation": 3, "photo": 1}
    newest = asked(
        server, "select utility, usability, delight, note from observation order by received_at desc limit 3"
    )
    assert {row[:3] for row in newest} == set(RATINGS)
    assert {row[3] for row in newest} == {f"noted {ratings}" for ratings in RATINGS}
    ((width, height),) = asked(server, "select width, height from photo order by received_at desc limit 1")
    assert (width, height) == (1200, 1600), "upright and shrunk on the phone"


def sign_in(firefox, server):
    who = server.sign_ins()["observer"]
    firefox.go(f"{server.address}/sign-in?next=/app")
    if firefox.ask("document.querySelector('input[name=email]') === null"):
        return  # still signed in
    firefox.type("input[name=email]", who["email"])
    firefox.type("input[name=password]", who["password"])
    firefox.click("form button.btn-p")
    firefox.wait("location.pathname === '/app' && document.querySelector('h1') !== null")


def start_visit(firefox, server):
    firefox.go(f"{server.address}/app")
    firefox.click("section.next a.btn")
    firefox.click("footer button.btn-p")
    firefox.click(".con input[name=photos]")
    firefox.click(".con-yes")
    firefox.click(".con-back")
    firefox.wait("location.hash.startsWith('#/capture/')")


def capture(firefox, ratings, photo: Path | None):
    firefox.wait("document.querySelector('form.cap') !== null")
    here = firefox.ask("location.hash")
    for name, value in zip(("utility", "usability", "delight"), ratings, strict=True):
        firefox.click(f"input[name={name}][value='{value}']")
    firefox.click("input[name=tab]", 3)
    firefox.type(".p-words textarea", f"noted {ratings}", 1)
    firefox.click("input[name=tab]", 0)
    if photo:
        firefox.choose_file(".dock-cam input[type=file]", photo)
        firefox.wait("document.querySelector('main.shot canvas, main.shot img') !== null")
        firefox.click("footer.tools button.btn-p")
        firefox.wait("document.querySelector('form.cap') !== null")
    firefox.click(".dock .btn-p")
    firefox.wait(f"location.hash !== {here!r}")


def finish(firefox):
    firefox.click(".dock .dock-map")
    firefox.wait("location.hash.startsWith('#/visit/')")
    firefox.click("footer a.btn, footer button.btn", -1)
    firefox.wait("location.hash.startsWith('#/review/')")
    firefox.click("input[name=outcome][value=yes]")
    firefox.click("footer button.btn-p")
    firefox.wait("location.hash.startsWith('#/receipt/')")


def counts(server):
    return {table: asked(server, f"select count(*) from {table}")[0][0] for table in ("visit", "observation", "photo")}


def asked(server, question):
    with sqlite3.connect(f"file:{server.instance}/shadowing.sqlite?mode=ro", uri=True) as database:
        return database.execute(question).fetchall()
