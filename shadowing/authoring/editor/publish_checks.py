"""What keeps a draft from being published, touchpoint by touchpoint. Pure."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from shadowing.core.vocabulary import Words
from shadowing.journeys.editing import Draft, touchpoints


class PublishFault(NamedTuple):
    """what: nothing, twice, no_words, no_answer; key and name: of the touchpoint, where there is one."""

    what: str
    key: str = ""
    name: Words | None = None


def complaints(draft: Draft) -> list[PublishFault]:
    """Empty = it can be published. Empty stages are no fault: not every journey has all four."""
    rows = list(touchpoints(draft))
    if not rows:
        return [PublishFault("nothing")]
    found = []
    names = Counter((kind, word) for kind, each in rows for word in set(each["name"].values()))
    for kind, each in rows:
        if any(names[(kind, word)] > 1 for word in each["name"].values()):
            found.append(PublishFault("twice", each["key"], each["name"]))
        if any(not standard["text"]["en"] for standard in each["standards"]):
            found.append(PublishFault("no_words", each["key"], each["name"]))
        if any(standard["kind"] == "probe" and not standard["answer"] for standard in each["standards"]):
            found.append(PublishFault("no_answer", each["key"], each["name"]))
    return found
