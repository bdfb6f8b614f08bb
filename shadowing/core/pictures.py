"""Pictures of strangers: what their bytes make a decoder raise, and which way up they are. Pure (Pillow only)."""

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


def _orientation(picture: Image.Image) -> int:
    try:
        said = picture.getexif().get(ExifTags.Base.Orientation)
    except UNREADABLE:
        return 1
    return said if isinstance(said, int) else 1
