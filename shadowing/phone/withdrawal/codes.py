"""The code a customer photographed: six signs, typed by strangers. Pure."""

from __future__ import annotations

import hashlib
import re

#: As on the phone: without signs that are mistaken for one another.
SIGNS = "2346789ABCDEFGHJKMNPQRTUVWXYZ"
LENGTH = 6
_WHOLE = re.compile(f"[{SIGNS}]{{{LENGTH}}}")


def read_code(said: str) -> str | None:
    """The code in its one spelling, however it was written: `k7m-p4r` is `K7MP4R`. None when it cannot be one."""
    code = re.sub(r"[\s\-–—.·]", "", said[:40]).upper()
    return code if _WHOLE.fullmatch(code) else None


def code_hash(code: str) -> str:
    """What travels with the visit instead of the code."""
    return hashlib.sha256(code.encode()).hexdigest()
