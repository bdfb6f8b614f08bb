"""A phone that an earlier version was used on, with a visit it could not send, meets this version."""

from __future__ import annotations

import json
import sqlite3

from tests.golden.making import MADE, PORT, SECRET
from tests.golden.restored import unpack
from tests.support.chromium import sign_in
from tests.support.forked import ForkedServer
from tests.support.phone import Phone


def test_everything_on_it_is_sent(running, tmp_path):
    unpack("backup", tmp_path / "backup")
    unpack("phone", tmp_path / "profile")
    server = ForkedServer(tmp_path / "instance", port=PORT)
    server.instance.mkdir()
    (server.instance / "secret_key").write_text(SECRET)
    server.command("restore", str(tmp_path / "backup"))
    before = counts(server)
    server.start()
    try:
        phone = Phone(running, tmp_path / "profile", server).switch_on()
        sign_in(phone.page, server.address, json.loads((MADE / "sign_in.json").read_text()))
        phone.page.goto(f"{server.address}/app#/outbox")
        phone.page.get_by_text("Everything has been sent").wait_for(timeout=60_000)

        grown = {table: n - before[table] for table, n in counts(server).items()}
        assert grown == {"visit": 1, "observation": 2, "photo": 1}
        assert asked(server, "select note from observation where note like 'noted by%'") == [
            ("noted by an older phone",)
        ]
        assert phone.complaints == []
        phone.close()
    finally:
        server.kill()


def counts(server):
    return {table: asked(server, f"select count(*) from {table}")[0][0] for table in ("visit", "observation", "photo")}


def asked(server, question):
    with sqlite3.connect(f"file:{server.instance}/shadowing.sqlite?mode=ro", uri=True) as database:
        return database.execute(question).fetchall()
