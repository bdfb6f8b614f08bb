"""In the reader's own colours: whatever is chosen or current still looks so, on the phone and on a desk."""

from __future__ import annotations

import pytest

from tests.support.chromium import TAGS, agree, axe, context, sign_in, watch

STRICT = [*TAGS, "wcag2aaa"]
#: Controls whose chosen and unchosen states look the same: what is drawn of each, by the row they stand in.
ALIKE = """() => {
  const looks = ['backgroundColor', 'color', 'borderTopColor', 'borderTopWidth', 'outlineColor', 'outlineStyle',
    'outlineWidth', 'textDecorationLine']
  const drawn = (element) => { const style = getComputedStyle(element); return looks.map((one) => style[one]).join() }
  const shown = (element) => element.getClientRects().length > 0
  const body = (input) => [...input.parentElement.children].find((one) => one !== input && shown(one)) ?? input
  const around = (input) => input.closest('.who, .slot, .ch2') ?? body(input)
  const found = []
  for (const input of document.querySelectorAll('input[type=radio]:checked, input[type=checkbox]:checked')) {
    const row = document.querySelectorAll(`input[name="${input.name}"]:not(:checked)`)
    const other = [...row].find(shown)
    const same = (one) => drawn(one(input)) === drawn(one(other))
    if (input.name && other && same(body) && same(around)) found.push(input.name)
  }
  for (const here of document.querySelectorAll('[aria-current]:not([aria-current=false])')) {
    const row = here.parentElement.parentElement.querySelectorAll(here.tagName)
    const other = [...row].find((one) => !one.hasAttribute('aria-current'))
    const told = here.matches('a, button, li') && shown(here) && other
    if (told && drawn(here) === drawn(other)) found.push(here.outerHTML.slice(0, 80))
  }
  return found }"""


def faults(page, tags):
    """What axe finds, but for colours, which are the reader's (it reads the page's own), and what is half hidden."""
    found = axe(page, tags)
    return [each for each in found if not each.startswith("color-contrast") and "partially obscured" not in each]


@pytest.fixture(params=["light", "dark"])
def forced(request, browser, server):
    """A page of somebody who has colours of their own: page(phone, role)."""
    server.start()
    opened = []

    def page(phone, role):
        person = context(browser, phone=phone, dark=request.param == "dark")
        made = person.new_page()
        made.emulate_media(forced_colors="active")
        opened.append((person, watch(made)))
        sign_in(made, server.address, server.sign_ins()[role])
        return made

    yield page
    for person, complaints in opened:
        assert complaints == []
        person.close()


def test_on_the_phone(forced, server):
    page = forced(True, "observer")
    page.goto(f"{server.address}/app")
    assert page.evaluate(ALIKE) == []
    page.locator("section.next a.btn").click()
    page.locator("footer button.btn-p").wait_for()
    assert page.evaluate(ALIKE) == [] and faults(page, STRICT) == []
    agree(page)
    page.wait_for_url("**#/capture/**")
    for name, value in (("utility", 2), ("usability", 4), ("emotion", 1), ("expectation", -1)):
        page.locator(f"input[name={name}][value='{value}']").check()
    assert page.evaluate(ALIKE) == [] and faults(page, STRICT) == []
    for number in (1, 2, 3):
        page.locator("input[name=tab]").nth(number).check()
        for row in ("mark", "about"):
            chosen = page.locator(f"input[name={row}]")
            if chosen.count():
                chosen.first.check()
        assert page.evaluate(ALIKE) == []
    page.locator(".dock .dock-map").click()
    page.locator("main.map").wait_for()
    assert page.evaluate(ALIKE) == [] and faults(page, STRICT) == []
    page.goto(f"{server.address}/app#/me")
    page.locator("input[name=set-light]").first.wait_for(state="attached")
    assert page.evaluate(ALIKE) == [] and faults(page, STRICT) == []


@pytest.mark.parametrize(
    "address",
    [
        "/areas",
        "/improvements",
        "/improvements?only=unowned",
        "/improvements/triage",
        "/plan",
        "/plan/new",
        "/journeys/1?t=waiting_room",
        "/promises",
        "/data",
    ],
)
def test_on_a_desk(forced, server, address):
    page = forced(False, "lead")
    page.goto(server.address + address)

    assert page.evaluate(ALIKE) == [] and faults(page, TAGS) == []
