"""A phone that cannot send: its rescue file, saved in the browser, taken in by the command."""

from __future__ import annotations

import sqlite3

from tests.support.chromium import TAGS, axe, small_targets
from tests.support.phone import Phone


def test_a_rescue_file_saved_without_network_brings_everything_in(running, server, photo, tmp_path):
    server.start()
    before = counts(server)
    phone = Phone(running, tmp_path / "profile", server).switch_on().sign_in().ready_for_the_walk()
    phone.network(False)
    phone.start_planned_visit()
    phone.capture_next()
    phone.rate(2, 3, 4, emotion=-1)
    phone.words(note="排队半小时", quote="“Nobody said anything.”")
    phone.photo(photo)
    phone.page.locator(".dock .dock-map").click()
    phone.page.wait_for_url("**#/visit/**")

    phone.page.goto(f"{server.address}/app#/outbox")
    phone.page.get_by_role("button", name="Save a rescue file").click()
    phone.page.get_by_text("The file holds 2 records and 1 photo").wait_for()
    assert axe(phone.page, [*TAGS, "wcag2aaa"]) == []
    assert small_targets(phone.page) == []
    with phone.page.expect_download() as saving:
        phone.page.get_by_role("link", name="Save the file").click()
    file = tmp_path / saving.value.suggested_filename
    saving.value.save_as(file)

    said = server.command("import-rescue", str(file))
    assert said == "Stored: 2 records and 1 files; here already: 0 records and 0 files; nothing refused.\n"
    phone.network(True)
    phone.page.get_by_text("Everything has been sent").wait_for(timeout=60_000)
    assert {table: n - before[table] for table, n in counts(server).items()} == {
        "visit": 1,
        "observation": 1,
        "photo": 1,
    }
    assert phone.complaints == []
    phone.close()


def counts(server):
    with sqlite3.connect(f"file:{server.instance}/shadowing.sqlite?mode=ro", uri=True) as database:
        tables = ("visit", "observation", "photo")
        return {t: database.execute(f"select count(*) from {t}").fetchone()[0] for t in tables}
