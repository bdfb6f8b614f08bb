"""Derivatives: upright, small, in sRGB, without a trace of where and with what."""

import csv
import gzip
import io
import tarfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from shadowing.visits.media.images import TooBig, UnreadableImage, derive, inspect
from tests.conftest import real_data

ORIENTATIONS = range(1, 9)


def tagged(orientation: int) -> bytes:
    """A landscape picture, red on the left when upright, stored as a camera with this orientation would."""
    upright = Image.new("RGB", (800, 600), "blue")
    upright.paste("red", (0, 0, 200, 600))
    turned = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    stored = upright if turned is None else upright.transpose(turned)
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    stored.save(out, "JPEG", exif=exif, comment=b"taken at home", quality=95)
    return out.getvalue()


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_every_orientation_comes_out_upright(orientation):
    derived = derive(tagged(orientation))

    picture = Image.open(io.BytesIO(derived.large)).convert("RGB")
    assert picture.size == (800, 600)
    left, right = picture.getpixel((50, 300)), picture.getpixel((700, 300))
    assert left[0] > 200 > left[2]
    assert right[2] > 200 > right[0]


def test_no_metadata_survives():
    for raw in (derive(tagged(6)).large, derive(tagged(6)).small):
        assert b"Secret" not in raw
        assert b"taken at home" not in raw
        assert not Image.open(io.BytesIO(raw)).getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & Image.open(io.BytesIO(raw)).info.keys()


def test_sizes_are_at_most_1600_and_400_and_never_enlarged():
    out = io.BytesIO()
    Image.new("RGB", (4000, 3000), "green").save(out, "JPEG")
    big, tiny = derive(out.getvalue()), derive(tagged(1))

    assert (big.width, big.height) == (1600, 1200)
    assert Image.open(io.BytesIO(big.small)).size == (400, 300)
    assert (tiny.width, tiny.height) == (800, 600)


def test_a_wide_colour_profile_becomes_srgb():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    out = io.BytesIO()
    Image.new("RGB", (50, 50), (200, 30, 30)).save(out, "PNG", icc_profile=profile)

    picture = Image.open(io.BytesIO(derive(out.getvalue()).large)).convert("RGB")

    assert all(abs(a - b) < 12 for a, b in zip(picture.getpixel((25, 25)), (200, 30, 30), strict=True))


def test_a_broken_profile_does_not_lose_the_photo():
    out = io.BytesIO()
    Image.new("RGB", (50, 50), "red").save(out, "JPEG", icc_profile=b"nonsense")

    assert derive(out.getvalue()).width == 50


def test_what_cannot_be_read_says_so():
    with pytest.raises(UnreadableImage):
        inspect(b"nothing")
    with pytest.raises(UnreadableImage):
        derive(tagged(1)[:700])


def saved(kind: str, **said: object) -> bytes:
    out = io.BytesIO()
    Image.radial_gradient("L").resize((64, 48)).convert("RGB").save(out, kind, **said)
    return out.getvalue()


def test_an_avif_whose_colours_cannot_be_decoded_says_so():
    whole = saved("AVIF")
    start = whole.index(b"mdat") + 8

    with pytest.raises(UnreadableImage):
        derive(whole[:start] + bytes(len(whole) - start))


def test_a_damaged_note_of_the_camera_loses_no_photo():
    """Pillow reads this one and cannot write it again: a whole number that is none."""
    exif = Image.Exif()
    exif[0x0112], exif[0x0100] = 6, 64
    raw = saved("JPEG", exif=exif)
    damaged = raw.replace(b"\x01\x00\x00\x04\x00\x00\x00\x01", b"\x01\x00\x00\x0b\x00\x00\x00\x01")
    assert damaged != raw

    assert (derive(damaged).width, derive(damaged).height) == (48, 64)


PICTURES = [saved(kind) for kind in ("JPEG", "PNG", "WEBP", "AVIF")] + [tagged(6)]
#: Where, what stands there instead, and whether what follows moves up.
DAMAGES = st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.booleans()), min_size=1, max_size=8)


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(PICTURES), DAMAGES)
def test_whatever_is_wrong_with_a_picture_it_is_shown_or_refused(raw, damages):
    for where, bytes_there, moved in damages:
        start = int(where * len(raw) * (0.1 if moved else 1))
        raw = raw[:start] + bytes_there + raw[start + (0 if moved else len(bytes_there)) :]
    try:
        derived = derive(raw)
    except (UnreadableImage, TooBig):
        return
    assert max(derived.width, derived.height) <= 12_000


def test_a_bomb_is_refused_by_its_header():
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")

    with pytest.raises(TooBig):
        derive(out.getvalue())


def manifest() -> list[dict[str, str]]:
    with gzip.open(real_data("photos_manifest.csv.gz"), "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def average_hash(picture: Image.Image) -> int:
    """64 bits, row by row: brighter than the mean or not."""
    small = list(picture.convert("L").resize((8, 8), Image.Resampling.LANCZOS).tobytes())
    mean = sum(small) / 64
    return int("".join("1" if value > mean else "0" for value in small), 2)


@pytest.mark.real_data
@pytest.mark.parametrize("archive", ["photos_orientation", "photos_phone_gps", "photos_store", "photos_bad"])
def test_real_photos_come_out_upright_and_clean_or_are_refused(archive):
    rows = {row["file"].rpartition("/")[2]: row for row in manifest()}
    with tarfile.open(real_data(f"{archive}.tar.gz")) as tar:
        for member in tar.getmembers():
            name = member.name.rpartition("/")[2]
            if not member.isfile() or name not in rows:
                continue
            raw = tar.extractfile(member).read()
            check(raw, rows[name])


def check(raw: bytes, row: dict[str, str]) -> None:
    try:
        derived = derive(raw)
    except (UnreadableImage, TooBig):
        assert row["decodes"].lower() not in ("yes", "true", "1"), row
        return
    picture = Image.open(io.BytesIO(derived.large))
    assert not picture.getexif(), row
    assert "exif" not in picture.info, row
    if row["upright_w"] and row["upright_h"]:
        ratio = int(row["upright_w"]) / int(row["upright_h"])
        assert abs(picture.width / picture.height - ratio) < 0.03, row
        assert (average_hash(picture) ^ int(row["upright_ahash"], 16)).bit_count() <= 10, row
