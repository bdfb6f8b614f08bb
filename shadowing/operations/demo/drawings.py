"""Drawn photographs for the demonstration: flat scenes with hidden faces, no real person or place."""

from __future__ import annotations

import io
from random import Random

from PIL import Image, ImageDraw

SIZE = (1200, 900)
SKIN = ("#8d5a3b", "#c68e66", "#e4b48f", "#5c3a25", "#f0cfae")
COATS = ("#4f6182", "#8c3b36", "#5d7d55", "#c9a23e", "#6d4a75", "#3f6f78")


def draw(kind: str, seed: int) -> bytes:
    """A JPEG of a scene: counter, corridor, waiting or kiosk."""
    random = Random(seed)
    picture = Image.new("RGB", SIZE, "#e7ebec")
    pen = ImageDraw.Draw(picture)
    {"counter": _counter, "corridor": _corridor, "waiting": _waiting, "kiosk": _kiosk}[kind](pen, random)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82)
    return out.getvalue()


def _counter(pen: ImageDraw.ImageDraw, random: Random) -> None:
    pen.rectangle((0, 700, 1200, 900), fill="#b9bcb8")
    for x in range(40, 1200, 300):
        pen.rectangle((x, 140, x + 230, 190), fill="#24506b")
        pen.rectangle((x, 190, x + 230, 520), fill="#f6f8f5" if random.random() < 0.5 else "#a9bcc6")
    pen.rectangle((0, 520, 1200, 660), fill="#d8c39a")
    for x in range(120, 1150, 190):
        _person(pen, random, x + random.randint(-30, 30), 360)


def _corridor(pen: ImageDraw.ImageDraw, random: Random) -> None:
    pen.polygon([(0, 0), (1200, 0), (800, 330), (400, 330)], fill="#dfe3e4")
    pen.polygon([(0, 900), (1200, 900), (800, 560), (400, 560)], fill="#a7abaa")
    pen.polygon([(0, 0), (400, 330), (400, 560), (0, 900)], fill="#c4c9cb")
    pen.polygon([(1200, 0), (800, 330), (800, 560), (1200, 900)], fill="#cdd2d4")
    pen.rectangle((400, 330, 800, 560), fill="#f3f4f2")
    pen.polygon([(560, 900), (640, 900), (605, 700), (590, 700)], fill="#3d8f63")
    pen.rectangle((420, 90, 780, 210), fill="#1f5c46")
    pen.line((480, 150, 660, 150), fill="#ffffff", width=16)
    pen.polygon([(660, 115), (730, 150), (660, 185)], fill="#ffffff")
    _person(pen, random, 600, 420, scale=0.6)


def _waiting(pen: ImageDraw.ImageDraw, random: Random) -> None:
    pen.rectangle((0, 640, 1200, 900), fill="#b5b3ad")
    pen.rectangle((420, 80, 780, 260), fill="#20303a")
    for row in range(4):
        pen.rectangle((450, 105 + 36 * row, 640 + random.randint(0, 110), 121 + 36 * row), fill="#e7c765")
    for x in range(60, 1150, 150):
        pen.rounded_rectangle((x, 540, x + 110, 680), 16, fill="#5f7f8f")
        if random.random() < 0.6:
            _person(pen, random, x + 55, 400)


def _kiosk(pen: ImageDraw.ImageDraw, random: Random) -> None:
    pen.rectangle((0, 720, 1200, 900), fill="#b0aea8")
    for x in (180, 500, 820):
        pen.rounded_rectangle((x, 180, x + 220, 740), 24, fill="#2f556b")
        pen.rectangle((x + 30, 220, x + 190, 430), fill="#dfe9ee" if x != 500 else "#1d2b33")
    pen.polygon([(520, 250), (700, 235), (706, 330), (526, 345)], fill="#f2e49b")
    _person(pen, random, 300 + random.randint(-40, 40), 420)


def _person(pen: ImageDraw.ImageDraw, random: Random, x: int, y: int, scale: float = 1.0) -> None:
    """A standing figure; the face is already made of blocks."""
    size = int(24 * scale)
    skin = random.choice(SKIN)
    coat = random.choice(COATS)
    pen.rounded_rectangle((x - 2.2 * size, y, x + 2.2 * size, y + 8 * size), size, fill=coat)
    pen.rectangle((x - 1.6 * size, y + 8 * size, x - 0.3 * size, y + 14 * size), fill="#2b2f3a")
    pen.rectangle((x + 0.3 * size, y + 8 * size, x + 1.6 * size, y + 14 * size), fill="#2b2f3a")
    for row in range(4):
        for column in range(4):
            left, top = x + (column - 2) * size, y - (4 - row) * size
            tone = random.choice((skin, skin, "#6e4a34", "#d8b598"))
            pen.rectangle((left, top, left + size, top + size), fill=tone)
