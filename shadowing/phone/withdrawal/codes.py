"""The code a customer photographed: seven signs, typed by strangers. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from shadowing.core.vocabulary import CODE_SIGNS

#: Six and a check; those of before had no check, and stay valid.
LENGTH, CHECKED = 6, 7
_WHOLE = re.compile(f"[{CODE_SIGNS}]{{{LENGTH},{CHECKED}}}")
_SEEN_BETWEEN = re.compile(r"[\s\-–—.·]")


class Mistyped(ValueError):
    """It has the form of a code, but one sign is another, or two changed places."""


def read_code(said: str) -> str | None:
    """The code in its one spelling, however it was written: `k7m-p4rm` is `K7MP4RM`. None when it cannot be one.

    Raises Mistyped.
    """
    code = _SEEN_BETWEEN.sub("", unicodedata.normalize("NFKC", said[:40])).upper()
    if not _WHOLE.fullmatch(code):
        return None
    if len(code) == CHECKED and check_sign(code[:LENGTH]) != code[LENGTH]:
        raise Mistyped(code)
    return code


def check_sign(code: str) -> str:
    """The seventh sign: with it, the places of all signs, weighted 1 to 7, add up to a multiple of 29."""
    prime = len(CODE_SIGNS)
    weighted = sum(weight * CODE_SIGNS.index(sign) for weight, sign in enumerate(code, 1))
    return CODE_SIGNS[-weighted * pow(CHECKED, -1, prime) % prime]


def code_hash(code: str) -> str:
    """What travels with the visit instead of the code."""
    return hashlib.sha256(code.encode()).hexdigest()
