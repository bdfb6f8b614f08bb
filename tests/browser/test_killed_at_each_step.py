"""Trap 1 of the peers: kill -9 of the browser at each step of capture and sending; nothing lost, nothing doubled.

(The same hundreds of times, between any two steps of the sender, without a screen: tests/chaos.)
"""

from __future__ import annotations

import os
import signal
import sqlite3

from tests.support.phone import Phone


def test_killed_at_each_step_of_capture_and_sending(running, server, photo, tmp_path):
    server.start()
    before = counts(server)
    phone = Phone(running, tmp_path / "profile", server).switch_on().sign_in().ready_for_the_walk()
    phone.network(False)

    phone.start_planned_visit()
    die(phone)  # the visit has just begun
    go_on(phone)
    phone.rate(2, 3, 4, emotion=-1)
    phone.words(note="typed, and dead before Next")
    die(phone)  # in mid-capture
    go_on(phone)
    assert phone.page.locator("input[name=utility][value='2']").is_checked()
    phone.photo(photo)
    die(phone)  # the photo is kept, the observation not left
    go_on(phone)
    phone.next()
    phone.page.locator("form.cap").wait_for()
    die(phone)  # the next one opened, nothing in it
    phone.page.locator("footer a.btn, footer button.btn").last.click()
    phone.page.wait_for_url("**#/review/**")
    phone.tap("input[name=outcome][value=partly]")
    die(phone, route="review")  # between the questions
    assert phone.page.locator("input[name=outcome][value=partly]").is_checked()
    phone.finish(outcome="yes")
    assert counts(server) == before

    os.kill(server.process.pid, signal.SIGSTOP)  # takes the request and never answers
    stopped = children(server.process.pid)
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    phone.network(True)
    phone.page.wait_for_timeout(1500)
    phone.kill()  # while sending
    for pid in (*stopped, server.process.pid):
        os.kill(pid, signal.SIGCONT)
    phone.switch_on().sign_in()
    phone.page.goto(f"{server.address}/app#/outbox")
    phone.page.get_by_text("Everything has been sent").wait_for(timeout=60_000)

    after = counts(server)
    assert {table: after[table] - before[table] for table in after} == {"visit": 1, "observation": 1, "photo": 1}
    ((utility, note),) = asked(server, "select utility, note from observation order by received_at desc limit 1")
    assert (utility, note) == (2, "typed, and dead before Next")
    assert phone.complaints == []
    phone.close()


def die(phone, route: str = "visit") -> None:
    """An empty battery, a third of a second after the last tap; then the app is opened again, still without network."""
    phone.page.wait_for_timeout(300)
    here = phone.page.url
    phone.kill()
    phone.switch_on(offline=True)
    phone.open()
    phone.page.goto(here if route == "review" else f"{phone.server.address}/app#/visit")
    phone.page.locator(".map, input[name=outcome]").first.wait_for()


def go_on(phone) -> None:
    phone.page.locator(".phone-foot .btn-p").last.click()
    phone.page.locator("form.cap").wait_for()


def children(pid: int) -> list[int]:
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        return [int(child) for child in file.read().split()]


def counts(server):
    return {table: asked(server, f"select count(*) from {table}")[0][0] for table in ("visit", "observation", "photo")}


def asked(server, question):
    with sqlite3.connect(f"file:{server.instance}/shadowing.sqlite?mode=ro", uri=True) as database:
        return database.execute(question).fetchall()
