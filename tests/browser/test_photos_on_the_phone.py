"""Before a photo is stored: what is tapped is hidden for good, and only what is shown is ever kept."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFilter
from playwright.sync_api import expect

from tests.browser.phone_shots import hide_a_face
from tests.support.chromium import axe, small_targets

FACE = (155, 315)  # the middle of the first face on the drawn picture
ELSEWHERE = (900, 700)

STORED = """() => new Promise((done, failed) => {
  const opening = indexedDB.open('shadowing')
  opening.onerror = failed
  opening.onsuccess = () => {
    const all = opening.result.transaction('bytes').objectStore('bytes').getAll()
    all.onsuccess = () => { opening.result.close(); done(all.result.map(one => [...new Uint8Array(one.data)])) }
  }
})"""


def features(blur=0):
    """A picture with fine marks where the face is, and elsewhere."""
    picture, out = Image.new("RGB", (1200, 900), "#c9d3d8"), io.BytesIO()
    pen = ImageDraw.Draw(picture)
    for left, top in ((155, 315), (900, 700), (500, 150)):
        for step in range(-50, 50, 20):
            pen.rectangle((left + step, top - 50, left + step + 9, top + 50), fill="#201510")
    picture.filter(ImageFilter.GaussianBlur(blur)).save(out, "JPEG", quality=92)
    return out.getvalue()


def as_picture(raw):
    return Image.open(io.BytesIO(raw)).convert("RGB")


def take(page, raw):
    page.locator(".dock-cam input[type=file]").set_input_files(
        {"name": "queue.jpg", "mimeType": "image/jpeg", "buffer": raw}
    )
    page.locator("main.shot canvas").wait_for()


def use(page):
    page.locator("footer.tools button.btn-p").click()
    page.locator("form.cap").wait_for()
    page.locator(".thumb").wait_for()


def stored(page):
    return [as_picture(bytes(raw)) for raw in page.evaluate(STORED)]


def likeness(one, other, middle, reach=45):
    """Mean difference of grey values around a point, 0 = the same."""
    box = (middle[0] - reach, middle[1] - reach, middle[0] + reach, middle[1] + reach)
    pairs = zip(one.crop(box).convert("L").tobytes(), other.crop(box).convert("L").tobytes(), strict=True)
    return sum(abs(a - b) for a, b in pairs) / (2 * reach) ** 2


def test_a_tapped_face_is_gone_from_the_stored_bytes_and_the_rest_is_there(capturing):
    page, before = capturing, as_picture(features())
    take(page, features())
    hide_a_face(page)
    use(page)

    (kept,) = stored(page)

    assert kept.size == before.size
    assert likeness(kept, before, FACE) > 40
    assert likeness(kept, before, ELSEWHERE) < 4


def test_a_photo_with_a_position_and_a_face_goes_in_and_neither_comes_out_anywhere(capturing, server):
    """Trap 5 of the peers, from the picker to everything the server keeps."""
    page, before, held = capturing, as_picture(features()), derived(server)
    take(page, with_position(features()))
    hide_a_face(page)
    use(page)
    raws = [bytes(raw) for raw in page.evaluate(STORED)] + arrived(page, server, held)

    for raw in raws:
        picture = Image.open(io.BytesIO(raw))
        assert not picture.getexif() and b"Exif" not in raw and b"GPS" not in raw
        if picture.size == before.size:
            assert likeness(picture.convert("RGB"), before, FACE) > 40
    assert len(raws) == 3, "on the phone, and the two sizes on the server"


def with_position(raw):
    exif, out = Image.Exif(), io.BytesIO()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "GPS camera"
    Image.open(io.BytesIO(raw)).save(out, "JPEG", quality=95, exif=exif)
    assert b"GPS camera" in out.getvalue()
    return out.getvalue()


def derived(server):
    return set((server.instance / "photos").rglob("*.webp"))


def arrived(page, server, held):
    """What the server keeps of photos that came since, once it is derived."""
    for _ in range(600):
        kept = derived(server) - held
        left = (server.instance / "photos" / "received").rglob("*")
        if len(kept) == 2 and not [path for path in left if path.is_file()]:
            return [path.read_bytes() for path in kept]
        page.wait_for_timeout(100)
    raise AssertionError("the photo did not arrive")


def test_what_was_taken_back_is_stored_as_it_was(capturing):
    page, before = capturing, as_picture(features())
    take(page, features())
    hide_a_face(page)
    page.get_by_role("button", name="Undo").tap()
    use(page)

    assert likeness(stored(page)[0], before, FACE) < 4


def test_everything_hidden_leaves_nothing_to_recognise(capturing):
    page, before = capturing, as_picture(features())
    take(page, features())
    page.get_by_test_id("hide-all").click()
    use(page)

    assert likeness(stored(page)[0], before, FACE) > 40


def test_the_keyboard_hides_too(capturing):
    page, before = capturing, as_picture(features())
    take(page, features())
    page.locator("main.shot canvas").focus()
    for _ in range(11):
        page.keyboard.press("ArrowLeft")
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("spoken")).to_have_text("Hidden here")
    use(page)

    assert likeness(stored(page)[0], before, FACE) > 40


def test_a_photo_can_be_taken_back_for_eight_seconds(capturing):
    page = capturing
    take(page, features())
    use(page)
    page.get_by_test_id("toast").get_by_role("button", name="Undo").click()

    page.locator(".thumb").wait_for(state="detached")
    assert stored(page) == []


def test_a_blurred_photo_says_so_and_is_taken_again_in_one_step(capturing):
    page = capturing
    take(page, features(blur=14))
    page.get_by_text("This looks blurred").wait_for()
    assert axe(page) == [] and small_targets(page) == []

    page.locator(".retake input").set_input_files({"name": "again.jpg", "mimeType": "image/jpeg", "buffer": features()})
    page.get_by_text("Tap a face").wait_for()
    use(page)

    assert len(stored(page)) == 1


def places(page):
    """Where camera and gallery are, and what they open."""
    found = {}
    for name in (".dock-cam", ".glance .gallery"):
        box, field = page.locator(name).bounding_box(), page.locator(f"{name} input")
        found[name] = (box, field.get_attribute("capture"), field.get_attribute("multiple") is not None)
    return found


def test_several_photos_in_a_row_never_leave_the_camera(capturing):
    page = capturing
    page.evaluate("""() => {
      window.seen = new Set()
      new MutationObserver(() => seen.add(document.querySelector('.ph') ? 'photo' : 'elsewhere'))
        .observe(document.body, { childList: true, subtree: true })
    }""")
    take(page, features())
    page.evaluate("() => window.seen.clear()")
    for number in (1, 2):
        hide_a_face(page)
        page.get_by_label("What it shows").fill(f"Screen {number}")
        page.locator(".one-more input").set_input_files(
            {"name": "next.jpg", "mimeType": "image/jpeg", "buffer": features()}
        )
        expect(page.get_by_label("What it shows")).to_have_value("")
        expect(page.locator(".edges .inner").first).to_have_attribute("d", "")
    assert page.evaluate("() => [...window.seen]") == ["photo"]
    use(page)

    kept = stored(page)
    assert len(kept) == 3
    assert sum(likeness(one, as_picture(features()), FACE) > 40 for one in kept) == 2
    assert page.locator(".thumb-open .count").inner_text() == "3"


def test_camera_and_gallery_keep_their_places_when_a_photo_is_there(capturing):
    page = capturing
    before = places(page)
    assert [said[1:] for said in before.values()] == [("environment", False), (None, True)]

    take(page, features())
    use(page)
    assert places(page) == before


def test_one_picture_that_cannot_be_read_holds_up_none_behind_it(capturing):
    page = capturing
    page.locator(".glance .gallery input").set_input_files(
        [
            {"name": f"{at}.jpg", "mimeType": "image/jpeg", "buffer": raw}
            for at, raw in enumerate((b"no picture", features(), b"nor this", features()))
        ]
    )
    page.locator("main.shot canvas").wait_for()
    page.locator("footer.tools button.btn-p").tap()
    expect(page.get_by_test_id("toast")).to_contain_text("cannot be read")
    use(page)

    assert len(stored(page)) == 2
