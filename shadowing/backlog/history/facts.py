"""What a change changed: one fact a field, as it was and as it is. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shadowing.core.vocabulary import LENSES

#: Kinds of facts about its title in another language -> which.
TITLES = {"title_en": "en", "title_zh": "zh"}
#: Fields of which words are kept, because they are longer than a word or two.
IN_WORDS = ("title", *TITLES, "plan")
#: Kinds of facts that say what was and what is.
FIELDS = ("owner", "due", "effort", "effort_days", "cost", *(f"lens_{lens}" for lens in LENSES), *IN_WORDS)


@dataclass(frozen=True)
class Fact:
    """One field that is not what it was. Of what is kept in words, `words` are the new titles or the old plan."""

    kind: str
    before: str | None = None
    after: str | None = None
    words: str | None = None


def changed(before: Mapping[str, str | None], after: Mapping[str, str | None]) -> list[Fact]:
    """In the order of FIELDS."""
    return [_fact(name, before[name], after[name]) for name in FIELDS if before[name] != after[name]]


def _fact(name: str, before: str | None, after: str | None) -> Fact:
    if name == "plan":
        return Fact(name, words=before)
    return Fact(name, words=after) if name in IN_WORDS else Fact(name, before, after)
