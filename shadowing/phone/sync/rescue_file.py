"""Reading a rescue file: what a phone could not send, a line of JSON each. No database, no web.

static/js/phone/device/rescue.js writes it. The whole file is looked at before anything of it is used; bytes stay in
the file until they are asked for.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from uuid import UUID

FORMAT, VERSIONS = "shadowing-rescue", (1, 2)
MOST_PHOTO = 30 * 2**20
#: A photo of that size in base64, and room for what stands beside it.
MOST_LINE = MOST_PHOTO * 4 // 3 + 2**20
KINDS = ("visit", "observation")
MEDIA = {"photo": "photo", "sound": "voice note"}


class BrokenRescueFile(ValueError):
    """The file cannot be used; the message is a sentence for people."""


class Word(NamedTuple):
    """A visit or observation as on the wire, and whose it is."""

    line: int
    kind: str
    document: Any
    maker: str


class MediaLine(NamedTuple):
    """Where the line of a photo or voice note is, and what it says of itself."""

    kind: str
    line: int
    offset: int
    id: UUID
    observation_id: UUID
    sha256: str
    maker: str


class SealedLine(NamedTuple):
    """A line of somebody who has signed out, not looked into yet (rescue_sealed.py)."""

    line: int
    offset: int
    maker: str


@dataclass
class Rescue:
    """A file that is whole."""

    path: Path
    made_at: str
    words: list[Word] = field(default_factory=list)
    media: list[MediaLine] = field(default_factory=list)
    sealed: list[SealedLine] = field(default_factory=list)
    #: How the bytes of what was opened are had, by line.
    openers: dict[int, Callable[[], bytes]] = field(default_factory=dict)

    @property
    def makers(self) -> set[str]:
        everything: list[Word | MediaLine | SealedLine] = [*self.words, *self.media, *self.sealed]
        return {each.maker for each in everything}

    def bytes_of(self, medium: MediaLine) -> bytes:
        opener = self.openers.get(medium.line)
        return opener() if opener else _bytes(self.content(medium), medium.line)

    def content(self, each: MediaLine | SealedLine) -> dict[str, Any]:
        """The whole line, read once more."""
        with open(self.path, "rb") as file:
            file.seek(each.offset)
            return _parse(file.readline(MOST_LINE), each.line)


def read_rescue(path: Path) -> Rescue:
    """Look at every line. Raises BrokenRescueFile."""
    with open(path, "rb") as file:
        lines = _lines(file)
        head = _head(next(lines, None))
        found, expected = Rescue(path, str(head.get("made_at", "?"))), 2
        for number, offset, content in lines:
            if "end" in content:
                if content["end"] != number - 1 or head.get("lines") != number - 2:
                    raise BrokenRescueFile(
                        f"Line {number} does not agree with how many lines there are. Save the file again."
                    )
                if file.readline(1):
                    raise BrokenRescueFile(f"Something follows after the end in line {number}. Save the file again.")
                return found
            _take(found, number, offset, content)
            expected = number + 1
    raise BrokenRescueFile(
        f"The file ends too early, before line {expected}. Copy it once more, or save it again on the phone."
    )


def _lines(file: BinaryIO) -> Iterator[tuple[int, int, dict[str, Any]]]:
    number, offset = 0, 0
    while raw := file.readline(MOST_LINE):
        number += 1
        if not raw.endswith(b"\n"):
            if len(raw) == MOST_LINE:
                raise BrokenRescueFile(f"Line {number} is too long for anything a phone writes.")
            return  # broken off in the middle of a line
        yield number, offset, _parse(raw, number)
        offset = file.tell()


def _parse(raw: bytes, number: int) -> dict[str, Any]:
    try:
        content = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise BrokenRescueFile(
            f"Line {number} is not readable as JSON; this is no rescue file, or it was changed."
        ) from error
    if not isinstance(content, dict):
        raise BrokenRescueFile(f"Line {number} is not one JSON object.")
    return content


def _head(first: tuple[int, int, dict[str, Any]] | None) -> dict[str, Any]:
    content = first[2] if first else {}
    if content.get("format") != FORMAT:
        raise BrokenRescueFile("This is not a rescue file of Shadowing.")
    if content.get("version") not in VERSIONS:
        raise BrokenRescueFile(
            "This rescue file was made by a newer version of Shadowing. Take it in with that version."
        )
    return content


def _take(found: Rescue, number: int, offset: int, content: dict[str, Any]) -> None:
    maker = str(content.get("maker") or "")
    if not maker:
        raise BrokenRescueFile(f"Line {number} does not say whose it is.")
    if "sealed" in content:  # what is wrong with it is its own refusal, not the file's
        found.sealed.append(SealedLine(number, offset, maker))
        return
    for kind in KINDS:
        if kind in content:
            found.words.append(Word(number, kind, content[kind], maker))
            return
    for kind in MEDIA:
        if kind in content:
            found.media.append(_medium(kind, number, offset, content, maker))
            return
    raise BrokenRescueFile(f"Line {number} is neither a visit, an observation, a photo nor a voice note.")


def _medium(kind: str, number: int, offset: int, content: dict[str, Any], maker: str) -> MediaLine:
    said, name = content[kind], MEDIA[kind]
    try:
        id, observation_id = UUID(said["id"]), UUID(said["observation_id"])
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise BrokenRescueFile(
            f"The {name} in line {number} does not say which it is and to which observation it belongs."
        ) from error
    mark = hashlib.sha256(_bytes(content, number)).hexdigest()
    if said.get("sha256") not in (None, mark):
        raise BrokenRescueFile(f"The {name} in line {number} was damaged: its fingerprint differs.")
    return MediaLine(kind, number, offset, id, observation_id, mark, maker)


def _bytes(content: dict[str, Any], number: int) -> bytes:
    try:
        raw = base64.b64decode(content.get("data") or "", validate=True)
    except (binascii.Error, ValueError, TypeError) as error:
        raise BrokenRescueFile(f"What line {number} brings was damaged: it is not base64.") from error
    if not raw or len(raw) > MOST_PHOTO:
        raise BrokenRescueFile(f"What line {number} brings has {len(raw):,} bytes; 1 to {MOST_PHOTO:,} are possible.")
    return raw
