"""The loop, walked by five people: seen, taken on, live, seen again by others, proven; or open again, in Chinese.

The first observation is made by touch; the visits that prove it come from four other phones, as they send them.
"""

from __future__ import annotations

import json
import urllib.request
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_the_line import review
from tests.conftest import a_visit, an_observation
from tests.support.chromium import axe, context, sign_in, watch
from tests.support.phone import Phone
from tests.support.receipts import receipt
from tests.support.server import Server
from tests.support.waiting import wait_until

WORDS = {
    False: ("Payment", "I stood in three queues.", "It is live", "Accept", "Start work", "It worked", "Proven"),
    True: ("缴费", "我排了三次队。", "已上线", "接受", "开工", "变差了。", ""),
}
VISITS = 4
EYES = ("zhao", "priya", "rui", "lena")


@pytest.mark.parametrize(("zh", "rating", "ends"), [(False, 5, "verified"), (True, 1, "reopened")])
def test_from_the_first_observation_to_the_proof(running, browser, server, tmp_path, zh, rating, ends):
    place, quote, live, accept, start, headline, _ = WORDS[zh]
    server.start()
    seen_by_touch(Phone(running, tmp_path / "profile", server, zh=zh), place, quote)

    lead, page = at_the_desk(browser, server, "lead", zh)
    complaints, item = watch(page), item_with(page, server, quote)
    page.goto(f"{server.address}/improvements/{item}")
    take_on(page, accept, start)
    go_live(page, live)
    assert len(planned(page, server)) == VISITS
    assert axe(page) == []

    nobody_is_told(browser, server, zh)
    for number in range(VISITS):
        look_again(server, EYES[number], rating)
    wait_until(lambda: state_of(page, server, item) == ends, seconds=60)

    page.goto(f"{server.address}/improvements/{item}")
    expect(page.locator("#outcome")).to_contain_text(headline)
    expect(page.locator(".sum")).to_be_visible()
    assert axe(page) == []
    owner, theirs = at_the_desk(browser, server, "admin", zh)
    assert headline in text_of(theirs, f"{server.address}/improvements/{item}")
    executive, summary = at_the_desk(browser, server, "executive", zh)
    summary.goto(f"{server.address}/summary")
    proofs = summary.locator(f"#proofs a[href$='/improvements/{item}']")
    expect(proofs).to_have_count(1 if ends == "verified" else 0)
    assert complaints == []
    for each in (lead, owner, executive):
        each.close()


def seen_by_touch(phone: Phone, place: str, quote: str) -> None:
    phone.switch_on().sign_in().ready_for_the_walk()
    phone.start_planned_visit()
    visit = phone.visit_id()
    phone.page.locator("main.map a, main.map button", has_text=place).first.click()
    phone.page.locator("form.cap").wait_for()
    phone.rate(1, 2, 2, emotion=-1)
    phone.words(quote=quote)
    review(phone)
    phone.finish(outcome="partly", satisfaction=2)
    receipt(phone.page, phone.server, visit, lambda held: bool(held["visit"]) and len(held["observations"]) == 1)
    phone.close()


def at_the_desk(browser: Browser, server: Server, role: str, zh: bool) -> tuple[BrowserContext, Page]:
    person = context(browser, phone=False, zh=zh)
    page = person.new_page()
    sign_in(page, server.address, server.sign_ins()[role])
    return person, page


def item_with(page: Page, server: Server, quote: str) -> str:
    """The improvement at which this was said, once the worker has joined it."""
    found: list[str] = []

    def is_there() -> bool:
        items = page.request.get(f"{server.address}/api/v1/improvements").json()["improvements"]
        proposed = [str(item["id"]) for item in items if item["state"] == "proposed"]
        found[:] = [id for id in proposed if quote in text_of(page, f"{server.address}/improvements/{id}")]
        return bool(found)

    wait_until(is_there, seconds=60)
    return found[0]


def text_of(page: Page, address: str) -> str:
    page.goto(address)
    return page.locator("main").inner_text()


def take_on(page: Page, accept: str, start: str) -> None:
    """Accepting asks who owns it; then work begins."""
    page.locator("select[name=owner_id]").select_option(label="James Okafor")
    page.get_by_role("button", name=accept, exact=True).click()
    page.get_by_role("button", name=start, exact=True).click()
    expect(page.locator("a[href$='/live']")).to_be_visible()


def go_live(page: Page, live: str) -> None:
    page.locator("a[href$='/live']").click()
    assert axe(page) == []
    page.locator("input[name=visits]").fill(str(VISITS))
    page.locator("textarea[name=reason]").fill("One queue · 一条队")
    page.get_by_role("button", name=live, exact=True).click()
    expect(page.locator("#visits")).to_be_visible()


def planned(page: Page, server: Server) -> list[Any]:
    plans = page.request.get(f"{server.address}/api/v1/plans").json()["plans"]
    return [plan for plan in plans if plan["kind"] == "verify" and plan["observer_id"] is None]


def nobody_is_told(browser: Browser, server: Server, zh: bool) -> None:
    """An observer finds the hours and not that anything was changed there."""
    person = context(browser, phone=True, zh=zh)
    page = person.new_page()
    sign_in(page, server.address, server.sign_ins()["observer"])
    said = text_of(page, f"{server.address}/slots")
    for told in ("fixed", "fix ", "verif", "改进", "复核", "上线"):
        assert told not in said.lower(), told
    person.close()


def look_again(server: Server, who: str, rating: int) -> None:
    """One visit to the place, as a phone sends it."""
    token = server.command("token", "add", f"{who}@demo.example", "--name", str(uuid.uuid4())).strip().splitlines()[-1]
    carried = asked(server, token, "/api/v1/carry")
    journey = carried["journeys"][0]
    visit = a_visit(journey)
    seen = an_observation(journey, visit, utility=rating, usability=rating, delight=rating)
    seen["observed_at"] = datetime.now(UTC).isoformat()
    answer = asked(server, token, "/api/v1/sync", {"visits": [visit], "observations": [seen]})
    assert [each["status"] for each in answer["results"]] == [201, 201], answer


def asked(server: Server, token: str, path: str, body: Any = None) -> Any:
    sent = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(server.address + path, sent, headers)) as answer:
        return json.load(answer)


def state_of(page: Page, server: Server, item: str) -> str:
    return str(page.request.get(f"{server.address}/api/v1/improvements/{item}").json()["state"])
