"""The organisation's mark: any picture in, one small square PNG out. Pure (Pillow only)."""

from __future__ import annotations

import io

from PIL import Image

from shadowing.core.pictures import UNREADABLE, in_eight_bits, upright

SIDE = 192
MOST_BYTES = 2**20
MOST_PIXELS = 16_000_000
FORMATS = ("PNG", "WEBP", "JPEG", "GIF")


class BadMark(ValueError):
    """`too_large` or `unreadable`."""


def small_square(raw: bytes) -> bytes:
    """A PNG of 192 by 192 pixels without metadata; what is not square is centred on nothing. Raises BadMark."""
    if len(raw) > MOST_BYTES:
        raise BadMark("too_large")
    try:
        with Image.open(io.BytesIO(raw), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise BadMark("too_large")
            picture = in_eight_bits(upright(opened)).convert("RGBA")
    except BadMark:
        raise
    except (*UNREADABLE, Image.DecompressionBombError) as error:
        raise BadMark("unreadable") from error
    picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    square = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    square.paste(picture, ((SIDE - picture.width) // 2, (SIDE - picture.height) // 2))
    out = io.BytesIO()
    square.save(out, "PNG", optimize=True)
    return out.getvalue()
