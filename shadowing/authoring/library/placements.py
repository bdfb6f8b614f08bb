"""How library items stand in drafts: taken over, found again, changed. Pure: no database."""

from __future__ import annotations

import copy
import secrets
from collections.abc import Iterator
from typing import Any, NamedTuple, cast, get_args

from shadowing.authoring.library.models import ItemDocument, ItemKind
from shadowing.core.vocabulary import Words
from shadowing.journeys.draft import StandardContent, StandardDraft, TouchpointContent
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

KINDS: tuple[ItemKind, ...] = get_args(ItemKind)
MOST_PHRASES = 40
#: What a change of the item overwrites where it is used; everything else there stays.
PARTS: dict[ItemKind, tuple[str, ...]] = {
    "standard": ("text", "level", "kind", "limit_seconds", "where", "answer"),
    "touchpoint": ("name", "need", "channels", "longest_wait_seconds"),
}
#: What belongs to a place of one draft and not to the thing.
OF_A_PLACE = ("id", "key", "library", "checked_by", "volume_per_month")


class Use(NamedTuple):
    """One place of a draft where an item stands; same: it stands there as the library has it."""

    touchpoint: str
    name: Words
    same: bool


def name_of(kind: ItemKind, document: ItemDocument) -> Words:
    """What the item is called in lists."""
    if kind == "phrase":
        return cast("Words", document)
    if kind == "standard":
        return cast("StandardContent", document)["text"]
    return cast("TouchpointContent", document)["name"]


def standard_item(standard: StandardDraft) -> StandardContent:
    """A standard of a draft as the library keeps it."""
    return cast("StandardContent", _without_place(standard))


def touchpoint_item(touchpoint: Touchpoint) -> TouchpointContent:
    """A touchpoint of a draft as the library keeps it, with its standards, which keep their ids."""
    made = cast("TouchpointContent", _without_place(touchpoint))
    for standard in made.get("standards") or ():
        standard.pop("library", None)
    return made


def take(draft: Draft, kind: ItemKind, item: str, document: ItemDocument, place: str) -> str:
    """Into a draft; place: key of a touchpoint, for a touchpoint the stage. What is in hand afterwards.

    Raises NotThere, TooMany.
    """
    made = copy.deepcopy(document)
    if kind == "touchpoint":
        return _take_touchpoint(draft, item, cast("TouchpointContent", made), place)
    touchpoint = find(draft, place)
    if kind == "phrase":
        _take_phrase(touchpoint, cast("Words", made))
    else:
        _take_standard(touchpoint, item, cast("StandardContent", made))
    return place


def uses(draft: Draft, kind: ItemKind, item: str, document: ItemDocument) -> list[Use]:
    """Where the item stands in this draft."""
    return [
        Use(touchpoint["key"], touchpoint["name"], _same(kind, thing, document))
        for touchpoint, thing in _standing(draft, kind, item, document)
    ]


def spread(draft: Draft, kind: ItemKind, item: str, before: ItemDocument, after: ItemDocument) -> int:
    """Bring the change to every place of this draft; how many there were."""
    found = list(_standing(draft, kind, item, before))
    for touchpoint, thing in found:
        if kind == "phrase":
            phrases = touchpoint["phrases"]
            phrases[phrases.index(thing)] = cast("Words", dict(after))
        else:
            thing.update({part: copy.deepcopy(after.get(part)) for part in PARTS[kind]})
    return len(found)


def put_touchpoint(draft: Draft, place: str, item: str) -> TouchpointContent:
    """What the library shall keep of a touchpoint, which from now on names the item. Raises NotThere."""
    touchpoint = find(draft, place)
    made = touchpoint_item(touchpoint)
    touchpoint["library"] = item
    return made


def put_standard(draft: Draft, place: str, id: str, item: str) -> StandardContent:
    """The same of a standard, by its id at this place. Raises NotThere."""
    standard = next((each for each in find(draft, place)["standards"] if each["id"] == id), None)
    if standard is None:
        raise NotThere(id)
    made = standard_item(standard)
    standard["library"] = item
    return made


def _without_place(thing: StandardDraft | Touchpoint) -> dict[str, object]:
    return {part: value for part, value in copy.deepcopy(thing).items() if part not in OF_A_PLACE}


def _take_touchpoint(draft: Draft, item: str, made: TouchpointContent, stage: str) -> str:
    key = add(draft, stage, made["name"])
    for standard in made.get("standards") or ():
        standard["id"] = _new_id()
    find(draft, key).update(cast("Touchpoint", {**made, "library": item}))
    return key


def _take_phrase(touchpoint: Touchpoint, phrase: Words) -> None:
    if len(touchpoint["phrases"]) >= MOST_PHRASES:
        raise TooMany
    if phrase not in touchpoint["phrases"]:
        touchpoint["phrases"].append(phrase)


def _take_standard(touchpoint: Touchpoint, item: str, made: StandardContent) -> None:
    if len(touchpoint["standards"]) >= MOST_STANDARDS:
        raise TooMany
    touchpoint["standards"].append(cast("StandardDraft", {**made, "id": _new_id(), "library": item}))


def _new_id() -> str:
    return f"s_{secrets.token_hex(4)}"


def _standing(draft: Draft, kind: ItemKind, item: str, document: ItemDocument) -> Iterator[tuple[Touchpoint, Any]]:
    """Touchpoint and the thing of this kind in it (or itself)."""
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


def _same(kind: ItemKind, thing: Any, document: ItemDocument) -> bool:
    return kind == "phrase" or all(thing.get(part) == document.get(part) for part in PARTS[kind])
