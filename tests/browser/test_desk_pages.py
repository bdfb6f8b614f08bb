"""Server pages in a real browser: accessible, within the content policy, nothing runs out at the side."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.shots import DESK_PAGES, address
from tests.support.chromium import axe, context, sign_in, small_targets, watch

#: phone, dark, zh. Leads have nearly every page; the others' pages differ from theirs in words and numbers.
LOOKS = {
    "lead": [(False, False, False), (False, True, True), (True, True, False), (True, False, True)],
    "admin": [(False, True, True), (True, False, False)],
    "executive": [(False, False, True), (True, True, False)],
}
OF_LEADS = (
    "data",
    "journeys",
    "journey",
    "touchpoint",
    "personas",
    "new-promise",
    "library",
    "library-item",
    "plan",
    "plan-one",
    "going-live",
    "triage",
    "propose",
)
WIDTHS = (320, 360, 390, 768, 1024, 1280)


@pytest.mark.parametrize(
    ("role", "phone", "dark", "zh"), [(role, *look) for role, looks in LOOKS.items() for look in looks]
)
def test_pages_are_accessible_and_keep_the_policy(browser, demo, role, phone, dark, zh):
    person = context(browser, phone=phone, dark=dark, zh=zh)
    page = person.new_page()
    complaints = watch(page)
    page.goto(f"{demo.address}/sign-in")
    assert axe(page) == []
    sign_in(page, demo.address, demo.sign_ins()[role])
    for name, (who, path) in DESK_PAGES.items():
        if who == role or (role == "executive" and who == "lead" and name not in OF_LEADS):
            page.goto(demo.address + address(page, demo, path))
            assert axe(page) == [], name
            assert page.locator("html").get_attribute("lang").startswith("zh" if zh else "en")
            if phone:
                assert small_targets(page) == [], name
    page.goto(f"{demo.address}/nowhere")
    assert axe(page) == []
    if phone:
        assert small_targets(page) == []
    assert complaints == []
    person.close()


def test_nothing_runs_out_at_the_side(browser, demo):
    person = context(browser, phone=False)
    page = person.new_page()
    sign_in(page, demo.address, demo.sign_ins()["admin"])
    for name, (_, path) in DESK_PAGES.items():
        page.goto(demo.address + address(page, demo, path))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            over = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert over <= 0, f"{name} at {width}"
    person.close()


def test_the_summary_prints_on_two_sheets(browser, demo, tmp_path):
    person = context(browser, phone=False)
    page = person.new_page()
    sign_in(page, demo.address, demo.sign_ins()["executive"])
    page.goto(f"{demo.address}/summary")
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") <= 2
    assert pdf[:5] == b"%PDF-"
    person.close()


def test_pages_work_without_script(browser, demo):
    person = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = person.new_page()
    sign_in(page, demo.address, demo.sign_ins()["lead"])
    page.goto(f"{demo.address}/areas")
    page.select_option("select[name=channel]", "phone")
    page.click("form.filters button")
    assert "channel=phone" in page.url
    page.locator("a.area").first.wait_for()
    person.close()


@pytest.mark.parametrize(("phone", "dark", "zh"), [(True, False, False), (False, True, True)])
def test_what_opens_without_the_password_can_be_ended(browser, server, phone, dark, zh):
    server.start()
    server.command("token", "add", "max@demo.example", "--name", "cash desk \u05e9\u05dc\u05d5\u05dd")
    person = context(browser, phone=phone, dark=dark, zh=zh)
    page = person.new_page()
    complaints = watch(page)
    sign_in(page, server.address, server.sign_ins()["admin"])
    page.evaluate("() => fetch('/slots/calendar', { method: 'POST' })")
    page.goto(f"{server.address}/account")
    doors = page.locator("#doors form")
    expect(doors).to_have_count(2)
    assert axe(page) == []
    assert not phone or small_targets(page) == []

    doors.first.locator("button").click()
    expect(doors).to_have_count(1)
    doors.first.locator("button").click()
    expect(doors).to_have_count(0)
    assert complaints == []
    person.close()
