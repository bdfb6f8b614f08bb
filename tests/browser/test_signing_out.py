"""A chosen sign-out locks the app, offline too, and seals what was noted; one that ran out does not (DECISIONS 44)."""

from __future__ import annotations

import sqlite3

import pytest
from playwright.sync_api import expect

from tests.support.chromium import TAGS, agree, axe, small_targets
from tests.support.phone import Phone

NOTE, QUOTE = "eine Stunde gewartet", "“Nobody said anything.”"
#: Everything that lies in the phone's database, bytes as letters.
DUMP = """() => new Promise((done) => { indexedDB.open('shadowing').onsuccess = async ({ target: { result: db } }) => {
  const all = {}
  for (const name of db.objectStoreNames) {
    const ask = db.transaction(name).objectStore(name).getAll()
    all[name] = await new Promise((got) => { ask.onsuccess = () => got(ask.result) })
  }
  db.close()
  const latin = (bytes) => new TextDecoder('latin1').decode(bytes)
  done(JSON.stringify(all, (_, value) => value instanceof ArrayBuffer && value.byteLength < 1e6 ? latin(value) : value))
} })"""


@pytest.fixture
def phone(running, server, tmp_path):
    server.start()
    made = Phone(running, tmp_path / "profile", server).switch_on().sign_in().ready_for_the_walk()
    yield made
    assert made.complaints == []
    made.close()


def walk(phone) -> None:
    """Without a network: a visit with the customer's name, and two observations. Three records wait."""
    phone.network(False)
    phone.page.goto(f"{phone.server.address}/app#/today")
    phone.page.get_by_role("link", name="Start shadowing").first.click()
    agree(phone.page)
    phone.page.locator("form.cap").wait_for()
    note(phone)
    title = phone.title()
    phone.next()
    expect(phone.page.locator("h1").first).not_to_have_text(title)
    note(phone)
    phone.page.locator(".dock .dock-map").click()
    phone.page.wait_for_url("**#/visit/**")


def note(phone) -> None:
    phone.rate(2, 3, 4, emotion=-1)
    phone.words(note=NOTE, quote=QUOTE)


def sign_out(phone) -> None:
    phone.page.goto(f"{phone.server.address}/app#/me")
    phone.page.get_by_role("button", name="Sign out").click()
    phone.page.get_by_role("heading", name="has signed out").wait_for()


def sealed(phone) -> None:
    """Until nothing is left to seal."""
    phone.page.get_by_text("before").first.wait_for()
    for _ in range(300):
        text = phone.page.evaluate(DUMP)
        if '"leaving":[]' in text:
            return
        phone.page.wait_for_timeout(100)
    raise AssertionError("never sealed")


def come_back(phone, role="observer") -> None:
    phone.page.get_by_role("link", name="Sign in", exact=True).click()
    fill(phone, role)


def fill(phone, role) -> None:
    who = phone.server.sign_ins()[role]
    phone.page.fill("input[name=email]", who["email"])
    phone.page.fill("input[name=password]", who["password"])
    phone.page.click("form button.btn-p")
    phone.page.wait_for_url(lambda url: "/sign-in" not in url)
    phone.page.goto(f"{phone.server.address}/app#/today")


def counts(server):
    with sqlite3.connect(f"file:{server.instance}/shadowing.sqlite?mode=ro", uri=True) as database:
        return [database.execute(f"select count(*) from {t}").fetchone()[0] for t in ("visit", "observation")]


def grown(server, before):
    return [now - then for now, then in zip(counts(server), before, strict=True)]


@pytest.mark.parametrize("online", [False, True], ids=["offline", "online"])
def test_it_locks_at_once_seals_everything_and_sends_it_once_at_the_next_sign_in(phone, server, online):
    before = counts(server)
    walk(phone)
    if online:
        phone.page.route("**/api/v1/sync", lambda route: route.abort())
        phone.network(True)

    sign_out(phone)
    phone.page.get_by_text("3 records wait safely here").wait_for()
    phone.page.get_by_text("3 records wait safely here").wait_for()
    sealed(phone)

    lying = phone.page.evaluate(DUMP)
    for words in (NOTE, QUOTE, "utility", "touchpoint_id", "customer_label", '"keys":{"'):
        assert words not in lying, words
    assert axe(phone.page, [*TAGS, "wcag2aaa"]) == [] and small_targets(phone.page) == []
    phone.page.goto(f"{server.address}/app#/outbox")
    phone.page.reload()
    expect(phone.page.get_by_role("heading", name="has signed out")).to_be_visible()
    expect(phone.page.locator(".tabbar, .next, form.cap")).to_have_count(0)
    assert grown(server, before) == [0, 0]

    phone.page.unroute_all()
    phone.network(True)
    come_back(phone)
    phone.page.get_by_text("All sent").wait_for(timeout=60_000)
    assert grown(server, before) == [1, 2]


def test_somebody_else_in_between_learns_only_how_many_wait(phone, server):
    before = counts(server)
    walk(phone)
    sign_out(phone)
    sealed(phone)
    phone.network(True)

    come_back(phone, "lead")
    phone.page.goto(f"{server.address}/app#/outbox")
    phone.page.get_by_text("3 records of Lena Brandt wait safely here").wait_for()
    text = phone.page.evaluate(DUMP)
    assert NOTE not in text and QUOTE not in text
    assert grown(server, before) == [0, 0]
    phone.page.goto(f"{server.address}/app#/me")
    phone.page.get_by_role("link", name="Someone else uses this phone").click()
    fill(phone, "observer")

    phone.page.get_by_text("All sent").wait_for(timeout=60_000)
    assert grown(server, before) == [1, 2]


def test_killed_in_the_middle_of_sealing_nothing_is_lost_and_nothing_shown(phone, server):
    before = counts(server)
    walk(phone)
    phone.page.evaluate("""() => {
      const { encrypt } = crypto.subtle
      let times = 0
      crypto.subtle.encrypt = (...given) => (times++ < 2 ? encrypt.apply(crypto.subtle, given) : new Promise(() => {}))
    }""")
    phone.page.evaluate("() => { location.hash = '#/me' }")
    phone.page.get_by_role("button", name="Sign out").click()
    phone.page.get_by_role("heading", name="has signed out").wait_for()
    phone.wait_until(f"() => ({DUMP})().then((text) => text.split('iv').length > 2)")
    assert NOTE in phone.page.evaluate(DUMP), "too late for this test: all is sealed already"
    phone.kill()

    phone.switch_on(offline=True)
    phone.open()
    expect(phone.page.get_by_role("heading", name="has signed out")).to_be_visible()
    phone.page.get_by_text("3 records wait safely here").wait_for()
    text = phone.page.evaluate(DUMP)
    assert NOTE not in text and '"keys":{}' in text

    phone.network(True)
    come_back(phone)
    phone.page.get_by_text("All sent").wait_for(timeout=60_000)
    assert grown(server, before) == [1, 2]


def test_a_sign_out_chosen_without_a_network_is_told_to_the_server_later(phone, server):
    walk(phone)
    sign_out(phone)
    sealed(phone)
    assert phone.page.context.request.get(f"{server.address}/api/v1/session").json()["user"] is not None

    with phone.page.expect_response("**/sign-out"):
        phone.network(True)

    expect(phone.page.get_by_role("heading", name="has signed out")).to_be_visible()
    assert phone.page.context.request.get(f"{server.address}/api/v1/session").json()["user"] is None


def test_without_the_key_what_is_sealed_waits_and_says_so_until_the_key_comes(phone, server):
    before = counts(server)
    walk(phone)
    sign_out(phone)
    sealed(phone)
    refusal = {"status": 409, "code": "key_unreadable"}
    phone.page.context.route("**/api/v1/phones/*/key", lambda route: route.fulfill(status=409, json=refusal))
    phone.network(True)
    come_back(phone)
    phone.page.goto(f"{server.address}/app#/outbox")
    phone.page.get_by_text("3 records of yours are still sealed here").wait_for()
    assert grown(server, before) == [0, 0]

    phone.page.context.unroute_all()
    phone.page.reload()

    phone.page.get_by_text("Everything has been sent").wait_for(timeout=60_000)
    assert grown(server, before) == [1, 2]


def test_another_tab_is_locked_at_the_same_time(phone, server):
    other = phone.page.context.new_page()
    other.goto(f"{server.address}/app")
    other.get_by_role("link", name="Start shadowing").first.wait_for()

    sign_out(phone)

    expect(other.get_by_role("heading", name="has signed out")).to_be_visible()
    expect(other.locator(".tabbar")).to_have_count(0)
    other.close()


def test_a_session_that_ran_out_locks_nobody(phone, server):
    phone.page.context.clear_cookies()
    phone.page.reload()
    phone.page.get_by_role("link", name="Start shadowing").first.wait_for()
    phone.network(False)
    phone.page.reload()

    walk(phone)
    phone.page.goto(f"{server.address}/app#/outbox")
    expect(phone.page.get_by_text("3 records").first).to_be_visible()


@pytest.mark.parametrize("told_by", ["page", "server"])
def test_signing_out_on_a_page_of_the_desk_locks_the_phone(phone, server, told_by):
    if told_by == "page":
        phone.page.goto(f"{server.address}/account")
        phone.page.locator("main .btn", has_text="Sign out").click()
        phone.page.wait_for_url("**/sign-in")
        phone.network(False)
    else:
        phone.page.context.request.post(f"{server.address}/sign-out", headers={"Origin": server.address})

    phone.open()

    expect(phone.page.get_by_role("heading", name="Lena Brandt has signed out")).to_be_visible()


def test_the_rescue_file_of_a_locked_phone_is_opened_by_the_command_but_for_a_broken_line(phone, server, tmp_path):
    walk(phone)
    sign_out(phone)
    sealed(phone)
    phone.page.get_by_role("button", name="Save a rescue file").click()
    phone.page.get_by_text("The file holds 3 records").wait_for()
    with phone.page.expect_download() as saving:
        phone.page.get_by_role("link", name="Save the file").click()
    file = tmp_path / saving.value.suggested_filename
    saving.value.save_as(file)
    lines = file.read_text("utf-8").splitlines(keepends=True)
    assert NOTE not in "".join(lines)
    broken = tmp_path / "broken.txt"
    broken.write_text("".join([lines[0], lines[1].replace('"data":"', '"data":"AAAA'), *lines[2:]]), "utf-8")

    said = server.command("import-rescue", str(broken))
    again = server.command("import-rescue", str(file))

    assert (
        "Stored: 2 records" in said and "refused: 1." in said and "line 2, sealed: it was sealed under another" in said
    )
    assert "Stored: 1 records" in again and "here already: 2 records" in again and "nothing refused" in again


def test_people_change_over_by_pin_without_a_network_until_five_wrong_tries(phone, server):
    set_pin(phone, "2468")
    walk(phone)
    phone.network(True)
    phone.page.route("**/api/v1/sync", lambda route: route.abort())
    phone.page.goto(f"{server.address}/app#/me")
    phone.page.get_by_role("link", name="Someone else uses this phone").click()
    fill(phone, "lead")
    phone.wait_until(f"(note) => ({DUMP})().then((text) => !text.includes(note))", NOTE)
    phone.page.get_by_role("link", name="Me", exact=True).click()
    expect(phone.page.locator("h1")).to_have_text("Wei Lin")
    set_pin(phone, "1357")
    expect(phone.page.get_by_text("Set; it lets you back in")).to_be_visible()
    assert NOTE not in phone.page.evaluate(DUMP)
    phone.network(False)

    ask_for(phone, "Lena Brandt")
    assert axe(phone.page, [*TAGS, "wcag2aaa"]) == [] and small_targets(phone.page) == []
    enter(phone, "2468")
    phone.page.get_by_role("heading", name="Today", exact=True).wait_for()
    phone.page.goto(f"{server.address}/app#/outbox")
    phone.page.get_by_text("Nothing is lost. 3 records").wait_for()
    phone.page.reload()
    phone.page.goto(f"{server.address}/app#/me")
    expect(phone.page.locator("h1")).to_have_text("Lena Brandt")

    ask_for(phone, "Wei Lin")
    for left in (4, 3, 2, 1):
        enter(phone, "9999")
        phone.page.get_by_text(f"{left} {'try is' if left == 1 else 'tries are'} left").wait_for()
    enter(phone, "9999")
    phone.page.get_by_text("Five wrong tries").wait_for()
    phone.page.reload()
    ask_for(phone, "Wei Lin")
    expect(phone.page.get_by_text("Five wrong tries")).to_be_visible()
    expect(phone.page.locator(".pin-field")).to_have_count(0)


def set_pin(phone, pin: str) -> None:
    phone.page.goto(f"{phone.server.address}/app#/me")
    phone.page.get_by_role("button", name="PIN for changing over").click()
    phone.page.locator(".pin-field").fill(pin)
    phone.page.get_by_role("button", name="Keep the PIN").click()
    phone.page.get_by_text("The PIN is set").wait_for()
    phone.page.reload()  # what was said stands in nobody's way


def ask_for(phone, name: str) -> None:
    phone.page.goto(f"{phone.server.address}/app#/me")
    phone.page.get_by_role("link", name="Someone else uses this phone").click()
    phone.page.get_by_role("button", name=name).click()


def enter(phone, pin: str) -> None:
    phone.page.locator(".pin-field").fill(pin)
    phone.page.get_by_role("button", name="Change over").click()
