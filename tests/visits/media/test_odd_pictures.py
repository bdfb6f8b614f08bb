"""Pictures that are not as a camera makes them: transparent, long, cut off, in every pixel format."""

import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFile

from shadowing.visits.media.images import UnreadableImage, derive, fitted
from tests.conftest import real_data

#: The phone's tests read the same list: one rule for both.
SIZES = json.loads(Path(__file__).parents[2].joinpath("picture_sizes.json").read_text("utf-8"))
GREYS = (0, 40, 90, 128, 200, 255)


def written(picture: Image.Image, kind: str = "PNG", **said: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **said)
    return out.getvalue()


def shown(raw: bytes) -> list[Image.Image]:
    derived = derive(raw)
    return [Image.open(io.BytesIO(one)) for one in (derived.large, derived.small)]


def bars(mode: str) -> Image.Image:
    """Six bars from black to white."""
    grey = Image.new("L", (600, 100))
    for at, value in enumerate(GREYS):
        grey.paste(value, (at * 100, 0, at * 100 + 100, 100))
    if mode == "I;16":
        return Image.fromarray(np.asarray(grey).astype("uint16") * 257)
    if mode == "P":
        return grey.convert("RGB").quantize(16, dither=Image.Dither.NONE)
    return grey.convert(mode)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_pixel_format_keeps_its_tones(mode):
    raw = written(bars(mode), "JPEG" if mode == "CMYK" else "PNG")

    for picture in shown(raw):
        seen = [picture.getpixel((round((at + 0.5) * picture.width / 6), picture.height // 2)) for at in range(6)]
        assert all(abs(part - grey) <= 6 for one, grey in zip(seen, GREYS, strict=True) for part in one), seen


@pytest.mark.parametrize("mode", ["1", "P"])
def test_thin_lines_become_grey_and_are_not_lost_when_made_smaller(mode):
    """Every other pixel black: single ones taken for the rest made it all black or all white."""
    lines = np.zeros((3200, 3200), "uint8")
    lines[:, ::2] = 255
    raw = written(Image.fromarray(lines).convert(mode))

    for picture in shown(raw):
        assert abs(np.asarray(picture.convert("L")).mean() - 127) < 12
        assert np.asarray(picture.convert("L")).std() < 40


@pytest.mark.parametrize(
    "picture",
    [
        Image.new("RGBA", (90, 60), (0, 0, 0, 0)),
        Image.new("LA", (90, 60), (0, 0)),
        Image.new("P", (90, 60), 0),
        Image.new("L", (90, 60), 0),
        Image.new("RGB", (90, 60), (7, 7, 7)),
    ],
    ids=lambda picture: picture.mode,
)
def test_what_is_transparent_stands_on_white(picture):
    said = {"P": {"transparency": 0}, "L": {"transparency": 0}, "RGB": {"transparency": (7, 7, 7)}}
    for one in shown(written(picture, **said.get(picture.mode, {}))):
        assert one.mode == "RGB"
        assert one.getpixel((one.width // 2, one.height // 2)) == (255, 255, 255)


def test_half_transparent_is_half_white():
    for one in shown(written(Image.new("RGBA", (90, 60), (0, 0, 200, 128)))):
        assert all(abs(a - b) < 6 for a, b in zip(one.getpixel((9, 9)), (127, 127, 227), strict=True))


@pytest.mark.parametrize(("size", "most", "expected"), SIZES)
def test_sizes_are_those_of_the_phone(size, most, expected):
    assert list(fitted(*size, most)) == expected


def test_a_long_screenshot_stays_legible():
    """Sentences of a whole page were eight pixels wide at 1600 on the longer side."""
    page = Image.new("RGB", (1080, 9000), "white")
    pen = ImageDraw.Draw(page)
    for top in range(0, 9000, 60):
        pen.rectangle((40, top, 1000, top + 6), fill="black")
    large, small = shown(written(page))

    assert (large.size, small.size) == ((800, 6667), (200, 1667))
    rows = np.asarray(large.convert("L"))[:, 400]
    changes = int(np.count_nonzero(np.diff((rows < 128).astype("int8")) == 1))
    assert changes >= 149, "each of 150 lines stands by itself; the first begins at the edge"


def test_the_longest_that_is_taken_in_can_be_written():
    for size in ((20_000, 3), (900, 20_000)):
        large, small = shown(written(Image.new("L", size, 90)))
        assert max(large.size) <= 12_000 and max(small.size) <= 3_000


def noise(mode: str = "RGB") -> Image.Image:
    grain = np.random.default_rng(1).integers(0, 255, (600, 800, 3), "uint8")
    return Image.fromarray(grain).convert(mode)


@pytest.mark.parametrize(
    ("kind", "said"), [("JPEG", {"quality": 90}), ("JPEG", {"progressive": True}), ("PNG", {})], ids=str
)
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_cut_off_picture_shows_its_readable_part(kind, said, mode):
    whole = written(noise(mode), kind, **said)

    large, small = shown(whole[: len(whole) * 6 // 10])

    assert (large.size, small.size) == ((800, 600), (400, 300))
    before, after = (np.asarray(one.convert("L")).astype(float)[:100] for one in (noise(), large))
    assert np.corrcoef(before.ravel(), after.ravel())[0, 1] > 0.5
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False, "and the next one is judged as strictly as ever"


@pytest.mark.parametrize(("kind", "begins"), [("PNG", b"IDAT"), ("JPEG", b"\xff\xda")])
def test_where_nothing_is_left_it_is_unreadable(kind, begins):
    raw = written(noise(), kind)

    with pytest.raises(UnreadableImage):
        derive(raw[: raw.index(begins) + 14])


@pytest.mark.real_data
def test_odd_pictures_as_people_have_them():
    transparent = shown(real_data("odd/transparent.png").read_bytes())
    cut = shown(real_data("odd/truncated.jpg").read_bytes())

    assert {one.mode for one in (*transparent, *cut)} == {"RGB"}
    assert cut[0].size == (1200, 900)
