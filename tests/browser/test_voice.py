"""Voice notes: said, kept on the phone, heard again, taken back; on the server with what they belong to."""

import pytest

from tests.support.chromium import TAGS, axe, small_targets
from tests.support.receipts import receipt
from tests.support.waiting import wait_until


@pytest.fixture
def words(capturing):
    """The words of a touchpoint."""
    capturing.locator("input[name=utility][value='3']").check()
    show_words(capturing)
    return capturing


def show_words(page):
    page.locator(".tabs label").nth(3).click()
    page.locator(".p-words").wait_for()


def say_something(page):
    page.get_by_role("button", name="Record a voice note").click()
    page.get_by_role("button", name="Stop, 0:01").click()
    page.locator(".voice-one audio").last.wait_for()


def held_of(page, server, until):
    return receipt(page, server, page.evaluate(VISIT), until)


BYTES = """(id) => new Promise((done) => { const open = indexedDB.open('shadowing'); open.onsuccess = () => {
  open.result.transaction('bytes').objectStore('bytes').get(id).onsuccess = (e) => {
    open.result.close(); done([...new Uint8Array(e.target.result.data)]) } } })"""
VISIT = """() => new Promise((done) => { const open = indexedDB.open('shadowing'); open.onsuccess = () => {
  open.result.transaction('visits').objectStore('visits').getAll().onsuccess = (e) => {
    const all = e.target.result.map((one) => one.id); open.result.close(); done(all[all.length - 1]) } } })"""


def test_a_voice_note_is_kept_heard_and_arrives_whole(words, server):
    page = words
    say_something(page)

    page.wait_for_function("() => document.querySelector('.voice-one audio').duration > 0.5")
    assert page.get_by_text("Anybody else must have agreed").is_visible()
    assert axe(page, [*TAGS, "wcag2aaa"]) == [] and small_targets(page) == []
    page.reload()
    page.locator("form.cap").wait_for()
    show_words(page)
    page.locator(".voice-one audio").wait_for()
    (held,) = held_of(page, server, lambda it: it["sounds"])["sounds"]

    heard = page.request.get(f"{server.address}/sounds/{held['id']}")
    mine = page.evaluate(BYTES, held["id"])
    assert heard.headers["content-type"] == "audio/webm"
    assert heard.body() == bytes(mine) and held["bytes"] == len(mine)


def test_a_slip_is_taken_back_and_brought_again(words, server):
    page = words
    say_something(page)
    page.get_by_role("button", name="Remove voice note 1").click()
    page.locator(".voice-one").wait_for(state="detached")

    page.get_by_role("button", name="Undo").click()
    page.locator(".voice-one audio").wait_for()
    page.get_by_role("button", name="Remove voice note 1").click()
    page.locator(".voice-one").wait_for(state="detached")

    page.goto(f"{server.address}/app#/outbox")
    page.get_by_text("Everything has been sent").wait_for(timeout=60_000)

    def heard():
        """What a player is answered, of each the server holds; its removal may come after it."""
        held = held_of(page, server, lambda it: it["observations"])
        return [page.request.get(f"{server.address}/sounds/{each['id']}").status for each in held["sounds"]]

    wait_until(lambda: heard() in ([], [404]), seconds=20)


def test_putting_the_phone_away_ends_and_keeps_it(words):
    page = words
    page.get_by_role("button", name="Record a voice note").click()
    page.get_by_role("button", name="Stop, 0:01").wait_for()

    page.locator(".dock .dock-map").click()
    page.locator("main.map").wait_for()  # the address changes before the capture is left
    page.go_back()
    page.locator("form.cap").wait_for()
    show_words(page)

    page.locator(".voice-one audio").wait_for()


def test_a_microphone_that_is_not_allowed_is_a_sentence(words):
    page = words
    page.evaluate(
        "() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError')) }"
    )

    page.get_by_role("button", name="Record a voice note").click()

    page.get_by_text("The phone does not allow the microphone. The keyboard can take dictation.").wait_for()
