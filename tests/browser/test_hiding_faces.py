"""Hiding by touch: the picture stands still, an edge shows what is hidden, and nothing hidden is lost by the way."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.phone_shots import hide_a_face, on_the_screen
from tests.browser.test_photos_on_the_phone import ELSEWHERE, FACE, as_picture, features, likeness, stored, take, use
from tests.support.chromium import axe, small_targets

WHERE = """() => {
  const { x, y, width, height } = document.querySelector('main.shot canvas').getBoundingClientRect()
  return [x, y, width, height, scrollY]
}"""
SIZES = ((390, 844), (320, 568), (844, 390))


def edge(page):
    return page.locator(".edges g[mask] .inner").get_attribute("d")


def portrait():
    out = io.BytesIO()
    Image.open(io.BytesIO(features())).resize((900, 1200)).save(out, "JPEG", quality=92)
    return out.getvalue()


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("blur", [0, 14])
def test_the_picture_stands_still_whatever_is_said_and_hidden(capturing, width, height, blur):
    """A picture that moved under the finger put the second patch beside the second face."""
    page = capturing
    page.set_viewport_size({"width": width, "height": height})
    take(page, features(blur=blur))
    before = page.evaluate(WHERE)

    hide_a_face(page)
    assert edge(page) != ""
    assert page.evaluate(WHERE) == before
    hide_a_face(page, x=0.75, y=0.75)
    page.get_by_test_id("hide-all").tap()
    assert page.evaluate(WHERE) == before
    page.get_by_role("button", name="Undo").tap()
    assert page.evaluate(WHERE) == before


def test_an_edge_shows_what_is_hidden_and_is_not_in_the_stored_bytes(capturing):
    page, before = capturing, as_picture(features())
    take(page, features())
    assert edge(page) == ""
    hide_a_face(page)
    side = round(0.4 * 900)
    assert edge(page) == f"M0 {315 - side // 2}h{side}v{side}h{-side}z"
    use(page)

    (kept,) = stored(page)
    for x in range(5, side, 7):  # along the edge, a pixel outside
        assert max(abs(a - b) for a, b in zip(kept.getpixel((x, 133)), before.getpixel((x, 133)), strict=True)) < 40


def test_one_tap_covers_a_face_at_arms_length(capturing):
    """4:3, the shorter side 0.65 m there: a head of 0.24 m by 0.17 m, tapped a little off its middle."""
    page = capturing
    take(page, features())
    hide_a_face(page, x=0.5, y=0.5)

    left, top, side = (float(part) for part in edge(page).removeprefix("M").replace("h", " ").split("v")[0].split())
    high, wide = 0.24 / 0.65 * 900, 0.17 / 0.65 * 900
    assert left < 600 - wide / 2 and left + side > 600 + wide / 2
    assert top < 450 - high / 2 and top + side > 450 + high / 2


def test_sizes_undo_and_reveal_stand_as_drawn(capturing):
    page = capturing
    take(page, features())
    drawn = page.locator(".toolrow :is(label, button)")

    assert [one.strip() for one in drawn.all_inner_texts()] == ["Small", "Face", "Large", "Undo", "Reveal", "Hide all"]
    lefts = [one.bounding_box()["x"] for one in drawn.all()]
    assert lefts == sorted(lefts) and len({one.bounding_box()["y"] for one in drawn.all()}) == 1
    dots = [dot.bounding_box() for dot in page.locator(".dot").all()]
    assert [(dot["width"], dot["height"]) for dot in dots] == [(10, 10), (18, 18), (28, 28)]
    expect(page.locator("input[name=brush][value=face]")).to_be_checked()


def test_undo_takes_back_one_step_and_no_other(capturing):
    page, before = capturing, as_picture(features())
    take(page, features())
    page.locator("input[name=brush][value=small]").check()
    hide_a_face(page)
    hide_a_face(page, x=ELSEWHERE[0] / 1200, y=ELSEWHERE[1] / 900)
    first, both = edge(page).split("z")[0] + "z", edge(page)
    page.get_by_test_id("hide-all").tap()
    undo = page.get_by_role("button", name="Undo")
    undo.tap()
    assert edge(page) == both
    undo.tap()
    assert edge(page) == first
    use(page)

    (kept,) = stored(page)
    assert likeness(kept, before, FACE) > 20 and likeness(kept, before, ELSEWHERE) < 4


def test_reveal_shows_again_what_is_tapped_and_can_be_undone(capturing):
    page, before = capturing, as_picture(features())
    take(page, features())
    hide_a_face(page)
    hide_a_face(page, x=ELSEWHERE[0] / 1200, y=ELSEWHERE[1] / 900)
    both = edge(page)
    page.get_by_role("button", name="Reveal").tap()
    hide_a_face(page)
    assert edge(page) != both
    page.get_by_role("button", name="Undo").tap()
    assert edge(page) == both
    hide_a_face(page, x=ELSEWHERE[0] / 1200, y=ELSEWHERE[1] / 900)
    hide_a_face(page, x=0.5, y=0.05)  # nothing is hidden there
    use(page)

    (kept,) = stored(page)
    assert likeness(kept, before, FACE) > 40 and likeness(kept, before, ELSEWHERE) < 4


def test_turning_the_phone_keeps_what_is_hidden_where_it_is(capturing):
    page, before = capturing, as_picture(portrait())
    face = (FACE[0] * 900 // 1200, FACE[1] * 1200 // 900)
    take(page, portrait())
    hide_a_face(page)
    hidden = edge(page)
    for width, height in (*SIZES[1:], SIZES[0]):
        page.set_viewport_size({"width": width, "height": height})
        assert edge(page) == hidden
        assert on_the_screen(page, 0, 0) != on_the_screen(page, 1, 1)
    use(page)

    assert likeness(stored(page)[0], before, face) > 40


FACES = """() => { window.FaceDetector = class { async detect() {
  return [[105, 265], [850, 650]].map(([x, y]) => ({ boundingBox: { x, y, width: 100, height: 100 } }))
} } }"""


def test_faces_the_browser_finds_are_proposed_and_hidden_by_a_tap(capturing):
    page, before = capturing, as_picture(features())
    page.evaluate(FACES)
    take(page, features())
    page.get_by_text("2 faces found here").wait_for()
    assert page.locator(".found .inner").get_attribute("d").count("M") == 2
    assert edge(page) == "", "found is not hidden: that is for the person to say"
    assert axe(page) == [] and small_targets(page) == []

    hide_a_face(page)
    assert page.locator(".found .inner").get_attribute("d").count("M") == 1
    assert edge(page) == "M85 245h140v140h-140z"
    use(page)
    (kept,) = stored(page)
    assert likeness(kept, before, FACE) > 40 and likeness(kept, before, ELSEWHERE) < 4


def test_a_browser_that_fails_to_find_faces_hides_as_ever(capturing):
    page = capturing
    page.evaluate("() => { window.FaceDetector = class { constructor() { throw new Error('none here') } } }")
    take(page, features())
    hide_a_face(page)

    assert edge(page) != ""


@pytest.mark.parametrize(("width", "height"), SIZES[:2])
def test_buttons_hold_their_words_and_are_large_enough(capturing, width, height):
    page = capturing
    page.set_viewport_size({"width": width, "height": height})
    take(page, features())

    assert small_targets(page) == []
    lines = page.locator("footer.tools .btn-p").evaluate("""button => {
      const words = document.createRange(); words.selectNodeContents(button.lastChild)
      return new Set([...words.getClientRects()].map(line => Math.round(line.top))).size
    }""")
    assert lines <= 2
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_lying_on_its_side_the_phone_still_shows_the_picture_large(capturing):
    page = capturing
    page.set_viewport_size({"width": 844, "height": 390})
    take(page, features())

    (left, top), (right, bottom) = on_the_screen(page, 0, 0), on_the_screen(page, 1, 1)
    assert bottom - top > 200 and right - left > 280
    assert small_targets(page) == [] and axe(page) == []
    assert page.evaluate("() => document.documentElement.scrollHeight <= innerHeight")
