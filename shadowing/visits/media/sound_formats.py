"""What phones record, told by the first bytes and never by what the sender says. Pure."""

from __future__ import annotations

#: A minute, the longest a phone records, in the roomiest of the formats, and half as much again.
MOST_BYTES = 3 * 2**20
TYPES = {"webm": "audio/webm", "ogg": "audio/ogg", "mp4": "audio/mp4"}


class NotASound(ValueError):
    """These bytes are nothing a phone records."""


def format_of(raw: bytes) -> str:
    """A key of TYPES. Raises NotASound."""
    if raw[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in raw[:64]:
        return "webm"
    if raw[:4] == b"OggS":
        return "ogg"
    if raw[4:8] == b"ftyp":
        return "mp4"
    raise NotASound
