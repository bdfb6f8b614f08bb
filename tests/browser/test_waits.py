"""The wait that capture shows, when the phone slept or somebody set its clock. Both clocks are moved by hand."""

from __future__ import annotations

import pytest

#: The wall clock and the monotonic one, each as far from the truth as the test says.
CLOCKS = """() => {
  const [wall, mono] = [Date.now.bind(Date), performance.now.bind(performance)]
  const by = (window.moved = { wall: 0, mono: 0, dark: false })
  class Moved extends Date { constructor(...given) { super(...(given.length ? given : [Moved.now()])) } }
  Moved.now = () => wall() + by.wall
  window.Date = Moved
  performance.now = () => mono() + by.mono
  Object.defineProperty(document, 'visibilityState', { get: () => (by.dark ? 'hidden' : 'visible') })
  window.view = (dark) => { by.dark = dark; document.dispatchEvent(new Event('visibilitychange')) }
}"""
SET = "(minutes) => { moved.wall += minutes * 60000 }"
#: Locked, pocketed, opened again: the wall clock went on, the other stood.
SLEEP = "(minutes) => { view(true); moved.wall += minutes * 60000; view(false) }"


@pytest.fixture
def waiting(walking):
    """On capture, with clocks that can be moved."""
    page = walking
    page.evaluate(CLOCKS)
    page.locator(".phone-foot .btn-p").last.tap()
    page.locator("form.cap").wait_for()
    page.context.set_offline(True)
    return page


def minutes(page) -> int:
    """Whole minutes on the big digits, a tick later."""
    page.wait_for_timeout(1200)
    *hours, whole, _seconds = page.locator(".watch [role=timer]").inner_text().split(":")
    return int(whole) + 60 * sum(map(int, hours))


def test_twenty_minutes_locked_are_waited(waiting):
    waiting.evaluate(SLEEP, 20)

    assert minutes(waiting) == 20
    waiting.locator(".dock .stop").tap()
    waiting.locator(".dock .stop").tap()
    waiting.locator(".three", has_text="20:0").wait_for()


@pytest.mark.parametrize("by", [-60, 60])
def test_a_clock_set_by_hand_is_no_wait(waiting, by):
    waiting.evaluate(SET, by)

    assert minutes(waiting) == 0


@pytest.mark.parametrize("by", [-60, 60])
def test_a_sleep_counts_and_a_clock_set_by_hand_does_not(waiting, by):
    waiting.evaluate(SLEEP, 20)
    minutes(waiting)
    waiting.evaluate(SET, by)

    assert minutes(waiting) == 20


def test_the_server_says_that_what_looked_like_a_sleep_was_none(waiting):
    waiting.evaluate(SLEEP, 60)
    assert minutes(waiting) == 60

    waiting.context.set_offline(False)

    waiting.locator(".watch", has_text="00:0").wait_for()
