"""Where was I: a visit begins where the customer probably is, and every way back leads to the capture one was in."""

from playwright.sync_api import Page, expect

from tests.support.chromium import agree, axe, finger_on, sign_in


def begin(page: Page, name: str = "") -> None:
    """An unplanned visit from Today."""
    page.goto(page.url.partition("#")[0] + "#/start")
    if name:
        page.get_by_label("Called", exact=True).fill(name)
    agree(page)
    page.wait_for_url("**#/capture/**")
    page.locator("form.cap").wait_for()  # what leaves too soon is led to where the visit begins after all


def title(page: Page) -> str:
    return page.locator("form.cap h1").inner_text()


def tap_next(page: Page) -> None:
    here = page.url
    page.locator(".dock .btn-p").tap()
    page.wait_for_url(lambda url: url != here)


def test_a_visit_begins_where_the_customer_is_not_before_they_came(phone):
    begin(phone)
    first = title(phone)
    phone.locator(".dock .dock-map").tap()

    expect(phone.locator(".map li.now b")).to_have_text(first)
    rows = phone.locator(".map ol > li").all()
    stage = next(n for n, row in enumerate(rows[1:], 1) if "st" in row.get_attribute("class").split())
    assert first not in [row.locator("b").inner_text() for row in rows[1:stage]]


def test_opened_anew_the_app_is_where_one_was(phone, server):
    begin(phone)
    tap_next(phone)
    here, name = phone.url, title(phone)

    again = phone.context.new_page()
    again.goto(f"{server.address}/app")
    again.wait_for_url(here)

    assert title(again) == name


def test_the_visit_tab_and_today_lead_back_into_the_capture(phone, server):
    begin(phone, "Ms Chen")
    here = phone.url
    phone.goto(f"{server.address}/app#/today")
    expect(phone.locator("section.next h2")).to_have_text("Ms Chen")

    phone.locator(".tabbar a").nth(1).tap()
    phone.wait_for_url(here)
    phone.goto(f"{server.address}/app#/today")
    phone.locator("section.next a.btn").tap()
    phone.wait_for_url(here)


def test_a_moment_leads_back_to_what_it_interrupted(phone):
    begin(phone)
    tap_next(phone)
    here = phone.url
    phone.locator(".dock .dock-map").tap()
    phone.get_by_role("button", name="Note a moment, place it later").tap()
    phone.locator("form.cap").wait_for()
    phone.locator("input[name=utility][value='2']").check()

    expect(phone.locator(".dock .btn-p")).to_contain_text("Go back")
    tap_next(phone)

    assert phone.url == here


def test_pausing_says_whom_and_going_on_is_where_one_was(phone, server):
    begin(phone, "Ms Chen")
    here = phone.url
    phone.locator(".dock .dock-map").tap()
    phone.wait_for_url("**#/visit/**")
    phone.get_by_role("button", name="Pause this visit").tap()

    expect(phone.locator(".toast")).to_contain_text("Ms Chen")
    card = phone.locator(".unfinished", has_text="Ms Chen")
    expect(card).to_contain_text("Paused")
    card.locator("a").tap()
    phone.get_by_role("button", name="Go on with this visit").tap()
    phone.wait_for_url(here)


def test_holding_the_map_button_offers_the_pause(phone):
    begin(phone, "Ms Chen")
    with finger_on(phone, ".dock .dock-map"):
        phone.locator("dialog[open]").wait_for()

    assert axe(phone) == []
    phone.locator("dialog[open]").get_by_role("button", name="Pause").tap()
    expect(phone.locator(".unfinished")).to_contain_text("Ms Chen")


def test_two_at_once_are_both_named_and_a_second_is_told_of_the_first(phone, server):
    begin(phone, "Ms Chen")
    phone.goto(f"{server.address}/app#/start")
    expect(phone.locator("main.start .unfinished")).to_contain_text("Ms Chen")
    begin(phone, "Mr Lopez")

    phone.goto(f"{server.address}/app#/today")
    expect(phone.locator("section.next h2")).to_have_text("Mr Lopez")
    expect(phone.locator(".unfinished")).to_contain_text("Ms Chen")
    phone.locator(".tabbar a").nth(1).tap()
    for name in ("Ms Chen", "Mr Lopez"):
        expect(phone.locator(".unfinished")).to_contain_text(name)
    assert axe(phone) == []


def test_a_practice_never_displaces_a_customer(phone, server):
    begin(phone, "Ms Chen")
    phone.goto(f"{server.address}/app#/start")
    phone.locator("footer button.btn:not(.btn-p)").tap()
    phone.wait_for_url("**#/capture/**")

    phone.goto(f"{server.address}/app#/today")

    expect(phone.locator("section.next h2")).to_have_text("Ms Chen")
    expect(phone.locator(".unfinished")).to_contain_text("Practice")


def test_what_came_before_is_asked_at_the_end_without_a_clock(phone):
    begin(phone)
    phone.locator("input[name=utility][value='4']").check()
    phone.locator(".dock .dock-map").tap()
    phone.get_by_role("button", name="Finish visit").tap()
    asked = phone.locator("section.gaps", has_text="Before they came")
    asked.get_by_role("button").first.tap()
    phone.locator("form.cap").wait_for()

    expect(phone.locator(".dock .stop")).to_have_count(0)


def test_another_person_does_not_land_in_it(phone, server):
    begin(phone, "Ms Chen")
    phone.context.clear_cookies()
    sign_in(phone, server.address, server.sign_ins()["lead"])

    phone.goto(f"{server.address}/app")

    phone.locator(".tabbar").wait_for()
    expect(phone.locator("body")).not_to_contain_text("Ms Chen")


def test_who_taps_next_and_changes_their_mind_stays_where_they_went(phone):
    begin(phone)
    phone.locator(".dock .dock-map").wait_for()

    phone.evaluate("() => ['.btn-p', '.dock-map'].forEach((one) => document.querySelector(`.dock ${one}`).click())")

    phone.wait_for_url("**#/visit/**")
    phone.wait_for_timeout(1500)  # what is written meanwhile leads nowhere any more
    assert "#/visit/" in phone.url
    expect(phone.locator("main.map")).to_be_visible()
