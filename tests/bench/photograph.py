"""A picture of about 300 kB, as phones send them: 1600 x 1200, noisy as a dim corridor."""

from __future__ import annotations

import io
from functools import cache

import numpy as np
from PIL import Image

WANTED = 300_000


@cache
def photograph() -> bytes:
    noise = np.random.default_rng(1).normal(0, 14, (1200, 1600, 3))
    slope = np.linspace(40, 200, 1600)[None, :, None]
    picture = Image.fromarray(np.clip(slope + noise, 0, 255).astype("uint8"))
    sizes = (_jpeg(picture, quality) for quality in range(20, 95, 3))
    return min(sizes, key=lambda raw: abs(len(raw) - WANTED))


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()
