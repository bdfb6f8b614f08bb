"""Whom a journey is for: personas, what each needs, and which touchpoints serve it. Pure: no database.

In a draft: personas: [{key, kind, name, needs: [{key, text, at: [keys of touchpoints]}]}].
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from shadowing.core.vocabulary import Words
from shadowing.journeys.draft import Draft, NeedDraft, PersonaDraft
from shadowing.journeys.editing import NotThere, TooMany, touchpoints

Persona = PersonaDraft
Need = NeedDraft
MOST_PERSONAS = 40
MOST_NEEDS = 20


class Gap(NamedTuple):
    """A need of one persona that no touchpoint serves; others: personas with the same need where one does."""

    persona: Words
    need: Words
    others: tuple[Words, ...]


def add_persona(draft: Draft, name: Words) -> str:
    """Its key. Raises TooMany."""
    personas = draft.setdefault("personas", [])
    if len(personas) >= MOST_PERSONAS:
        raise TooMany
    key = f"p_{secrets.token_hex(4)}"
    personas.append({"key": key, "kind": "external", "name": name.copy(), "needs": []})
    return key


def find_persona(draft: Draft, key: str) -> Persona:
    """Raises NotThere."""
    for persona in draft.get("personas") or ():
        if persona["key"] == key:
            return persona
    raise NotThere(key)


def remove_persona(draft: Draft, key: str) -> None:
    """Raises NotThere."""
    draft["personas"].remove(find_persona(draft, key))


def set_needs(persona: Persona, texts: Iterable[Words]) -> None:
    """A need keeps its key and where it is served while its words stay the same."""
    kept = {_pair(each["text"]): each for each in persona["needs"]}
    fresh = {_pair(text): text for text in texts}
    persona["needs"] = [
        kept.get(pair) or {"key": f"n_{secrets.token_hex(4)}", "text": text, "at": []} for pair, text in fresh.items()
    ]


def needs(draft: Draft) -> Iterator[tuple[Persona, Need]]:
    for persona in draft.get("personas") or ():
        for need in persona.get("needs") or ():
            yield persona, need


def mark(persona: Persona, need: Need) -> str:
    """How a form names a need."""
    return f"{persona['key']}:{need['key']}"


def set_served(draft: Draft, touchpoint_key: str, chosen: Iterable[str]) -> None:
    """Of all needs, exactly the chosen marks are served at this touchpoint."""
    served = set(chosen)
    for persona, need in needs(draft):
        at = [key for key in need["at"] if key != touchpoint_key]
        need["at"] = [*at, touchpoint_key] if mark(persona, need) in served else at


def served_at(draft: Draft, touchpoint_key: str) -> set[str]:
    return {mark(persona, need) for persona, need in needs(draft) if touchpoint_key in need["at"]}


def gaps(draft: Draft) -> list[Gap]:
    """Needs that nobody serves, in the order of the personas."""
    standing = {touchpoint["key"] for _, touchpoint in touchpoints(draft)}
    served: dict[tuple[str, str], list[Words]] = {}
    open_ones: list[tuple[Persona, Need]] = []
    for persona, need in needs(draft):
        if standing & set(need["at"]):
            served.setdefault(_pair(need["text"]), []).append(persona["name"])
        else:
            open_ones.append((persona, need))
    return [
        Gap(persona["name"], need["text"], tuple(served.get(_pair(need["text"]), ()))) for persona, need in open_ones
    ]


def _pair(both: Words) -> tuple[str, str]:
    return both["en"], both["zh"]
