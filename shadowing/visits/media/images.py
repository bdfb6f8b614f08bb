"""Bytes to bytes: what a picture is, and its upright, small, anonymous derivatives. Pillow only."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass

import pi_heif
from PIL import Image, ImageCms, ImageFile

from shadowing.core.pictures import UNREADABLE, in_eight_bits, upright

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
MOST_PIXELS = 64_000_000
LONGEST_SIDE = 20_000
MOST_BYTES = 30 * 2**20
LARGE, SMALL = 1600, 400
EMPTY = 0.995  # so much of one grey: what a decoder fills up with, and the block or two it was in the middle of

pi_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = None  # we look at the header ourselves, before anything is decoded
_one_at_a_time = threading.Lock()
_srgb = ImageCms.createProfile("sRGB")


class UnreadableImage(ValueError):
    """Not a picture that can be read."""


class TooBig(ValueError):
    """More pixels or a longer side than we decode."""


@dataclass(frozen=True)
class Header:
    """What the first bytes say: format name, stored width and height in pixels."""

    format: str
    width: int
    height: int


@dataclass(frozen=True)
class Derived:
    """WebP bytes of the two sizes; width and height of the larger one, upright."""

    large: bytes
    small: bytes
    width: int
    height: int


def inspect(raw: bytes) -> Header:
    """Read the header only. Raises UnreadableImage, TooBig."""
    picture = _open(raw)
    width, height = picture.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise TooBig(f"{width} x {height}")
    return Header(picture.format or "", width, height)


def fitted(width: int, height: int, most: int) -> tuple[int, int]:
    """Sides after shrinking to `most` on the longer one; small pictures stay as they are.

    One longer than twice its width, a screenshot of a whole page, stays legible: it keeps half of `most` in width, as
    long as it is no longer than 7.5 times `most`. Phones go by the same rule (`fitInto` in static/js/phone/device).
    """
    shorter, longer = sorted((width, height))
    scale = min(1.0, max(most / longer, min(most / 2 / shorter, 7.5 * most / longer)))
    return max(1, round(width * scale)), max(1, round(height * scale))


def derive(raw: bytes) -> Derived:
    """Upright sRGB WebP in two sizes, on white where it was transparent, without any metadata. One decode at a time.

    Of a picture that is cut off what can be read. Raises UnreadableImage, TooBig.
    """
    inspect(raw)
    with _one_at_a_time:
        try:
            large = _large(raw)
            small = large.copy()
            small.thumbnail(fitted(*large.size, SMALL), Image.Resampling.LANCZOS)
            return Derived(_webp(large, 80), _webp(small, 75), *large.size)
        except UNREADABLE as error:
            raise UnreadableImage(str(error)) from error


def _open(raw: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(raw), formats=FORMATS)
    except UNREADABLE as error:
        raise UnreadableImage(str(error)) from error


def _large(raw: bytes) -> Image.Image:
    try:
        picture = _loaded(raw)
    except UNREADABLE:
        picture = _readable_part(raw)
    profile = picture.info.get("icc_profile")
    picture = in_eight_bits(picture)
    picture.thumbnail(fitted(*picture.size, LARGE), Image.Resampling.LANCZOS, reducing_gap=None)
    picture = _on_white(_to_srgb(upright(picture), profile))
    picture.info.clear()
    return picture


def _loaded(raw: bytes) -> Image.Image:
    picture = _open(raw)
    if picture.format == "JPEG":
        # libjpeg scales while decoding, but only when asked for the fitted size, not for the square.
        picture.draft("RGB", fitted(*picture.size, LARGE))
    picture.load()
    return picture


def _readable_part(raw: bytes) -> Image.Image:
    """Pillow is content with less only for a whole process: here the worker's, which decodes one at a time."""
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        picture = _loaded(raw)
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
    greys = in_eight_bits(picture).convert("L").histogram()
    if max(greys) > EMPTY * sum(greys):
        raise UnreadableImage("nothing of it can be seen")
    return picture


def _to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """WebP drops the colour profile, so the colours must be sRGB before it does."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, _srgb, outputMode=mode)
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile is no reason to lose the photo
    return picture.convert(mode)


def _on_white(picture: Image.Image) -> Image.Image:
    """Whatever page it stands on, dark ones too, a transparent picture is seen as on paper."""
    if picture.mode != "RGBA":
        return picture
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture)
    return paper


def _webp(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=2, exif=b"", xmp=b"", icc_profile=b"")
    return out.getvalue()
