"""Bytes to bytes: what a picture is, and its upright, small, anonymous derivatives. Pillow only."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass

import pi_heif
from PIL import Image, ImageCms

from shadowing.core.pictures import UNREADABLE, upright

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
MOST_PIXELS = 64_000_000
LONGEST_SIDE = 20_000
MOST_BYTES = 30 * 2**20
LARGE, SMALL = 1600, 400

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


def derive(raw: bytes) -> Derived:
    """Upright sRGB WebP of at most 1600 and 400 pixels, without any metadata. One decode at a time.

    Raises UnreadableImage, TooBig.
    """
    header = inspect(raw)
    with _one_at_a_time:
        try:
            large = _large(raw, header)
            small = large.copy()
            small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
            return Derived(_webp(large, 80), _webp(small, 75), *large.size)
        except UNREADABLE as error:
            raise UnreadableImage(str(error)) from error


def _open(raw: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(raw), formats=FORMATS)
    except UNREADABLE as error:
        raise UnreadableImage(str(error)) from error


def _large(raw: bytes, header: Header) -> Image.Image:
    picture = _open(raw)
    shrink = max(picture.size) / LARGE
    if header.format == "JPEG" and shrink > 1:
        # libjpeg scales while decoding, but only when asked for the fitted size, not for the square.
        picture.draft("RGB", (round(picture.width / shrink), round(picture.height / shrink)))
    profile = picture.info.get("icc_profile")
    picture.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS, reducing_gap=None)
    picture = _to_srgb(upright(picture), profile)
    picture.info.clear()
    return picture


def _to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """WebP drops the colour profile, so the colours must be sRGB before it does."""
    mode = "RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB"
    if profile and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, _srgb, outputMode=mode)
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile is no reason to lose the photo
    return picture.convert(mode)


def _webp(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=2, exif=b"", xmp=b"", icc_profile=b"")
    return out.getvalue()
