"""Pictures of strangers: what their bytes make a decoder raise, which way up they are and with which tones. Pure
(Pillow only)."""

from __future__ import annotations

import struct

from PIL import ExifTags, Image

#: Whatever Pillow and the libraries below it raise when the bytes are at fault.
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, ArithmeticError, RuntimeError, MemoryError, struct.error)
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def upright(picture: Image.Image) -> Image.Image:
    """As it was seen. Only read, never written anew, so that a damaged note of the camera loses no picture.

    Raises one of UNREADABLE.
    """
    picture.load()  # some formats bring the camera's notes after the picture
    turn = TURNS.get(_orientation(picture))
    return picture if turn is None else picture.transpose(turn)


def in_eight_bits(picture: Image.Image) -> Image.Image:
    """With tones that survive being made smaller or written: L, RGB, RGBA or CMYK.

    Pillow cuts 16 bits of grey off at 255, and takes single pixels of palettes and of black and white for the rest.
    """
    if picture.mode.startswith("I"):
        return picture.point(lambda grey: grey / 256).convert("L")
    if "transparency" in picture.info:
        return picture.convert("RGBA")
    if picture.mode in ("L", "RGB", "RGBA", "CMYK"):
        return picture
    if "A" in picture.getbands():
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _orientation(picture: Image.Image) -> int:
    try:
        said = picture.getexif().get(ExifTags.Base.Orientation)
    except UNREADABLE:
        return 1
    return said if isinstance(said, int) else 1
