"""How library items stand in drafts: taken over, found again, changed. Pure: no database."""

from __future__ import annotations

import copy
import secrets
from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from shadowing.core.vocabulary import Words
from shadowing.journeys.draft import StandardDraft, TouchpointDraft
from shadowing.journeys.editing import (
    MOST_STANDARDS,
    Draft,
    NotThere,
    TooMany,
    Touchpoint,
    add,
    find,
    touchpoints,
)

KINDS = ("standard", "phrase", "touchpoint")
MOST_PHRASES = 40
#: What a change of the item overwrites where it is used; everything else there stays.
PARTS = {
    "standard": ("text", "level", "kind", "limit_seconds", "where", "answer"),
    "touchpoint": ("name", "need", "channels", "longest_wait_seconds"),
}
Document = dict[str, Any]


class Use(NamedTuple):
    """One place of a draft where an item stands; same: it stands there as the library has it."""

    touchpoint: str
    name: Words
    same: bool


def name_of(kind: str, document: Document) -> Words:
    """What the item is called in lists."""
    if kind == "phrase":
        return Words(en=document["en"], zh=document["zh"])
    words: Words = document["text" if kind == "standard" else "name"]
    return words


def cut_out(kind: str, thing: Document) -> Document:
    """A thing of a draft as the library keeps it: without keys."""
    made = copy.deepcopy(thing)
    for part in ("id", "key", "library", "checked_by", "volume_per_month"):
        made.pop(part, None)
    for standard in made.get("standards") or () if kind == "touchpoint" else ():
        standard.pop("library", None)
    return made


def take(draft: Draft, kind: str, item: str, document: Document, place: str) -> str:
    """Into a draft; place: key of a touchpoint, for a touchpoint the stage. What is in hand afterwards.

    Raises NotThere, TooMany.
    """
    made = copy.deepcopy(document)
    if kind == "touchpoint":
        key = add(draft, place, made["name"])
        for standard in made.get("standards") or ():
            standard["id"] = f"s_{secrets.token_hex(4)}"
        find(draft, key).update(cast("TouchpointDraft", {**made, "library": item}))
        return key
    touchpoint = find(draft, place)
    if kind == "phrase":
        if len(touchpoint["phrases"]) >= MOST_PHRASES:
            raise TooMany
        phrase = cast("Words", made)
        if phrase not in touchpoint["phrases"]:
            touchpoint["phrases"].append(phrase)
        return place
    if len(touchpoint["standards"]) >= MOST_STANDARDS:
        raise TooMany
    standard = {**made, "id": f"s_{secrets.token_hex(4)}", "library": item}
    touchpoint["standards"].append(cast("StandardDraft", standard))
    return place


def uses(draft: Draft, kind: str, item: str, document: Document) -> list[Use]:
    """Where the item stands in this draft."""
    return [
        Use(touchpoint["key"], touchpoint["name"], _same(kind, thing, document))
        for touchpoint, thing in _standing(draft, kind, item, document)
    ]


def spread(draft: Draft, kind: str, item: str, before: Document, after: Document) -> int:
    """Bring the change to every place of this draft; how many there were."""
    found = list(_standing(draft, kind, item, before))
    for touchpoint, thing in found:
        if kind == "phrase":
            phrases = touchpoint["phrases"]
            phrases[phrases.index(thing)] = cast("Words", dict(after))
        else:
            thing.update({part: copy.deepcopy(after.get(part)) for part in PARTS[kind]})
    return len(found)


def put(draft: Draft, kind: str, place: str, id: str, item: str) -> Document:
    """What the library shall keep of a thing in a draft, which from now on names the item. Raises NotThere."""
    touchpoint = find(draft, place)
    if kind == "touchpoint":
        thing = cast("Document", touchpoint)
    else:
        standard = next((each for each in touchpoint["standards"] if each["id"] == id), None)
        if standard is None:
            raise NotThere(id)
        thing = cast("Document", standard)
    made = cut_out(kind, thing)
    thing["library"] = item
    return made


def _standing(draft: Draft, kind: str, item: str, document: Document) -> Iterator[tuple[Touchpoint, Any]]:
    for _, touchpoint in touchpoints(draft):
        if kind == "touchpoint":
            if touchpoint.get("library") == item:
                yield touchpoint, touchpoint
        elif kind == "phrase":
            for phrase in touchpoint.get("phrases") or ():
                if phrase == document:
                    yield touchpoint, phrase
        else:
            for standard in touchpoint.get("standards") or ():
                if standard.get("library") == item:
                    yield touchpoint, standard


def _same(kind: str, thing: Any, document: Document) -> bool:
    return kind == "phrase" or all(thing.get(part) == document.get(part) for part in PARTS[kind])
