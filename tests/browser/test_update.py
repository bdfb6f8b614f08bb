"""Trap 2 of the peers: a new version in the middle of a shadowing. Asked, never in mid-capture; the old one finishes.

And the rules of the service worker that only a browser can show.
"""

from __future__ import annotations

import re
import shutil

import pytest
from playwright.sync_api import expect

from tests.support.phone import Phone
from tests.support.server import ROOT

CACHES = "() => caches.keys()"
ASK_FOR_UPDATE = "() => navigator.serviceWorker.getRegistration().then((found) => found.update()).then(() => true)"
WAITING = "() => navigator.serviceWorker.getRegistration().then((found) => Boolean(found.waiting))"


@pytest.fixture
def build(tmp_path):
    """A copy of the build, so that a newer one can be put in its place."""
    return shutil.copytree(ROOT / "static" / "dist", tmp_path / "dist")


@pytest.fixture
def phone(running, server, build, tmp_path):
    server.start(TEST_DIST=str(build))
    made = Phone(running, tmp_path / "profile", server).switch_on().sign_in().ready_for_the_walk()
    yield made
    assert made.complaints == []
    made.close()


def publish(build, version="new000000000"):
    """The same app under a new version, as a release with one changed word would be."""
    worker = build / "sw.js"
    worker.write_text(re.sub(r"[0-9a-f]{12}", version, worker.read_text("utf-8"), count=1), "utf-8")
    for twin in build.glob("sw.js.*"):
        twin.unlink()


def test_a_new_version_is_asked_for_never_in_mid_capture_and_the_visit_goes_on(phone, build):
    page = phone.page
    phone.start_planned_visit()
    phone.capture_next()
    phone.rate(2, 3, 4)
    (old,) = page.evaluate(CACHES)

    publish(build)
    page.evaluate(ASK_FOR_UPDATE)
    phone.wait_until(WAITING)
    phone.words(note="typed while the new version waits")
    expect(page.get_by_text("A new version is ready.")).to_have_count(0)
    assert old in page.evaluate(CACHES), "the old version is whole until somebody agrees"
    page.locator(".dock .dock-map").click()
    page.get_by_text("A new version is ready.").wait_for()
    phone.network(False)
    with page.expect_navigation():
        page.get_by_role("button", name="Use it").click()

    page.locator(".map").first.wait_for()
    assert page.evaluate(CACHES) == ["shadowing-new000000000"]
    page.locator(".phone-foot .btn-p").last.click()
    phone.tab(3)
    assert page.locator(".p-words textarea").nth(1).input_value() == "typed while the new version waits"
    phone.network(True)
    page.goto(f"{phone.server.address}/app#/outbox")
    page.get_by_text("Everything has been sent").wait_for(timeout=60_000)


def test_agreed_in_one_tab_another_in_mid_capture_reloads_after_it(phone, build):
    phone.network(False)
    phone.start_planned_visit()
    other = phone.context.new_page()
    phone.network(True)
    other.goto(f"{phone.server.address}/app#/today")
    other.locator("h1").first.wait_for()
    phone.page.bring_to_front()
    phone.capture_next()
    phone.page.evaluate("() => { window.born = 'before' }")

    publish(build)
    phone.page.evaluate(ASK_FOR_UPDATE)
    phone.wait_until(WAITING)
    other.bring_to_front()
    other.get_by_role("button", name="Use it").click()
    phone.page.bring_to_front()
    phone.wait_until("() => caches.keys().then((names) => names.join() === 'shadowing-new000000000')")
    phone.rate(5, 5, 5)
    assert phone.page.evaluate("() => window.born") == "before"
    with phone.page.expect_navigation():
        phone.page.locator(".dock .dock-map").click()

    phone.page.locator(".map").first.wait_for()
    phone.page.locator(".phone-foot .btn-p").last.click()
    phone.page.locator("form.cap").wait_for()
    assert phone.page.locator("input[name=utility][value='5']").is_checked()


def test_a_release_with_a_file_missing_leaves_the_old_version_in_charge(phone, build):
    publish(build)
    next(build.glob("lazy-*.js")).unlink()
    for zipped in build.glob("lazy-*.js.*"):
        zipped.unlink()

    phone.page.evaluate(
        "() => navigator.serviceWorker.getRegistration().then((found) => found.update()).catch(() => true)"
    )
    phone.wait_until(
        "() => navigator.serviceWorker.getRegistration().then((found) => !found.installing && !found.waiting)"
    )

    (kept,) = [name for name in phone.page.evaluate(CACHES) if "new" not in name]
    phone.network(False)
    phone.page.reload()
    phone.start_planned_visit()
    phone.capture_next()
    assert kept


def test_no_page_with_a_name_and_no_answer_is_ever_put_in_a_cache(phone):
    page = phone.page
    page.goto(f"{phone.server.address}/sign-in")
    page.goto(f"{phone.server.address}/visits/00000000-0000-4000-8000-000000000000")
    page.goto(f"{phone.server.address}/app")
    page.locator("h1").first.wait_for()

    kept = page.evaluate("""async () => {
      const found = []
      for (const name of await caches.keys()) for (const asked of await (await caches.open(name)).keys()) {
        const reply = await caches.match(asked)
        found.push([new URL(asked.url).pathname, reply.status, reply.type, reply.redirected])
      }
      return found
    }""")

    paths = [path for path, *_ in kept]
    assert "/app" in paths and all(
        re.match(r"/app$|/manifest\.webmanifest$|/static/(dist|icons)/", path) for path in paths
    )
    assert {tuple(rest) for _, *rest in kept} == {(200, "basic", False)}
    shell = page.evaluate("() => caches.match('/app').then((reply) => reply.text())")
    assert "Lena" not in shell and phone.server.sign_ins()["observer"]["email"] not in shell


def test_without_network_any_address_opens_the_app_and_signing_out_keeps_what_waits(phone):
    phone.network(False)
    phone.start_planned_visit()
    phone.page.goto(f"{phone.server.address}/areas")
    phone.page.locator("form.cap").wait_for()
    phone.page.goto(f"{phone.server.address}/app#/me")
    phone.page.get_by_role("link", name="Someone else").click()
    phone.page.get_by_text("Nobody else can change over by PIN").wait_for()
    phone.page.get_by_role("button", name="Cancel").click()
    assert phone.page.url.endswith("/app#/me")

    phone.page.get_by_role("button", name="Sign out").click()
    phone.page.get_by_text("1 record waits safely here").wait_for()
    phone.page.goto(f"{phone.server.address}/areas")

    phone.page.get_by_role("heading", name="has signed out").wait_for()
    assert "Outpatient visit" not in phone.page.locator("body").inner_text()
