"""An organisation's own colour: dark enough that white letters on it can be read (WCAG 2.2, 1.4.3). Pure."""

from __future__ import annotations

import re

NEEDED = 4.5
_HEX = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


class BadColour(ValueError):
    """This is no colour in the form #rrggbb."""


def parse(text: str) -> str:
    """`#rrggbb` in small letters. Raises BadColour."""
    found = _HEX.fullmatch(text.strip())
    if not found:
        raise BadColour(text)
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def contrast_with_white(colour: str) -> float:
    """1 to 21."""
    return 1.05 / (_luminance(colour) + 0.05)


def readable(colour: str) -> str:
    """The colour itself, or the lightest shade of the same hue that white can be read on."""
    if contrast_with_white(colour) >= NEEDED:
        return colour
    low, high = 0, 1000  # thousandths of its light that remain; low is dark enough, high is not
    while high - low > 1:
        middle = (low + high) // 2
        if contrast_with_white(_dimmed(colour, middle)) >= NEEDED:
            low = middle
        else:
            high = middle
    return _dimmed(colour, low)


def _dimmed(colour: str, thousandths: int) -> str:
    return "#" + "".join(f"{value * thousandths // 1000:02x}" for value in _channels(colour))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(value / 255) for value in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
