"""What a rescue file carries of people who have signed out of a phone: opened with the server's key, line by line.

static/js/phone/device/sealing.js sealed it. A line that cannot be opened is refused by itself; the others go in.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from shadowing.core.problems import Problem
from shadowing.phone.keys.wrapping import CannotOpen, unseal
from shadowing.phone.sync.rescue_file import KINDS, MEDIA, MOST_PHOTO, MediaLine, Rescue, SealedLine, Word

#: (whose, which phone's) -> the key, or None when there is none.
FindKey = Callable[[str, UUID], bytes | None]
#: Before the bytes of a photo stand so many of its facts; four bytes say how many.
LENGTH = 4


def open_sealed(rescue: Rescue, find_key: FindKey) -> Iterator[tuple[int, str]]:
    """Put what is sealed among the words and media of the file; yields each line that cannot be, and why."""
    for line in rescue.sealed:
        try:
            facts, data = _opened(rescue, line, find_key)
            _sort_in(rescue, line, facts, data, find_key)
        except CannotOpen:
            yield line.line, "it was sealed under another key, or changed since."
        except Problem as problem:
            yield line.line, problem.sentence
        except LookupError:
            yield line.line, "nobody with that number has a key for that phone here."
        except (ValueError, TypeError, AttributeError, RecursionError):
            yield line.line, "this is not as a phone seals it."
    rescue.words.sort(key=lambda word: KINDS.index(word.kind))  # visits first; what belongs together stays in its order


def _opened(rescue: Rescue, line: SealedLine, find_key: FindKey) -> tuple[dict[str, Any], bytes]:
    content = rescue.content(line)
    said = content.get("sealed")
    if not isinstance(said, dict):
        raise ValueError("no object")
    phone, id = UUID(said.get("phone")), str(said.get("id"))
    nonce, sealed = (base64.b64decode(part or "", validate=True) for part in (said.get("iv"), content.get("data")))
    key = find_key(line.maker, phone)
    if key is None:
        raise LookupError
    plain = unseal(key, nonce, sealed, f"{phone}/{line.maker}/{id}")
    end = LENGTH + int.from_bytes(plain[:LENGTH], "big")
    return json.loads(plain[LENGTH:end]), plain[end:]


def _sort_in(rescue: Rescue, line: SealedLine, facts: dict[str, Any], data: bytes, find_key: FindKey) -> None:
    record, entry = facts.get("record"), facts.get("entry")
    if not isinstance(record, dict) or not isinstance(entry, dict):
        raise ValueError("nothing to send")
    kind = record.get("kind")
    if kind in KINDS:
        rescue.words += [Word(line.line, kind, document, line.maker) for document in _contents(entry, record["body"])]
    elif kind in MEDIA:
        rescue.media.append(_medium(line, kind, record, data))
        rescue.openers[line.line] = lambda: _opened(rescue, line, find_key)[1]
    else:
        raise ValueError("of no kind we know")


def _contents(entry: dict[str, Any], body: dict[str, Any]) -> list[dict[str, Any]]:
    """As `contents` of static/js/phone/device/rescue.js: what may have arrived, then what was noted since."""
    flight, acked = entry.get("flight"), int(entry.get("acked") or 0)
    if not flight:
        return [{**body, "revision": acked + 1, "base_revision": acked}]
    revision = int(flight["revision"])
    first = {**flight["body"], "revision": revision, "base_revision": flight["base_revision"]}
    if not entry.get("dirty"):
        return [first]
    return [first, {**body, "revision": revision + 1, "base_revision": revision}]


def _medium(line: SealedLine, kind: str, record: dict[str, Any], data: bytes) -> MediaLine:
    if not data or len(data) > MOST_PHOTO:
        raise ValueError("no bytes, or too many")
    mark = hashlib.sha256(data).hexdigest()
    if record.get("sha256") not in (None, mark):
        raise CannotOpen
    observation = UUID(record.get("observation_id"))
    return MediaLine(kind, line.line, line.offset, UUID(record.get("id")), observation, mark, line.maker)
