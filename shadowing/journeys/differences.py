"""What a new version of a journey changes, said touchpoint by touchpoint. Pure: no database, no language.

A difference is (what, key, before, after): the page has the sentence for each `what`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple, cast

from shadowing.core.vocabulary import LENSES, LEVELS, Words
from shadowing.journeys.editing import Draft, Touchpoint, touchpoints


class Difference(NamedTuple):
    """what: a slug of KINDS; name: {en, zh} of the touchpoint, None = the journey; before, after: values.

    Of a removed touchpoint, before is its key.
    """

    what: str
    name: Words | None
    before: Any = None
    after: Any = None


#: Every `what` there is.
KINDS = (
    "added",
    "removed",
    "moved",
    "renamed",
    "need",
    "channel_added",
    "channel_removed",
    "longest_wait",
    "volume",
    "department",
    "target",
    "importance",
    "standard_added",
    "standard_removed",
    "standard_changed",
    "phrases",
    "journey_renamed",
    "journey_need",
    "asked",
    "consent",
    "anchors",
    "lists",
    "personas",
)


def differences(old: Draft, new: Draft) -> list[Difference]:
    """In the order of the new journey; what is gone comes last."""
    before, after = _by_key(old), _by_key(new)
    found = _of_journey(old, new)
    for key, (_, touchpoint) in after.items():
        if key not in before:
            found.append(Difference("added", touchpoint["name"], after=len(touchpoint.get("standards") or ())))
        else:
            found += _of_touchpoint(before[key][1], touchpoint)
    moved = _moved(before, after)
    found += [Difference("moved", after[key][1]["name"], before[key][0], after[key][0]) for key in moved]
    found += [Difference("removed", before[key][1]["name"], before=key) for key in before if key not in after]
    return found


def _by_key(draft: Draft) -> dict[str, tuple[str, Touchpoint]]:
    return {touchpoint["key"]: (kind, touchpoint) for kind, touchpoint in touchpoints(draft)}


def _of_journey(old: Draft, new: Draft) -> list[Difference]:
    pairs = (("name", "journey_renamed"), ("need", "journey_need"), ("anchors", "anchors"))
    found = [
        Difference(what, None, old.get(part), new.get(part))
        for part, what in pairs
        if (old.get(part) or None) != (new.get(part) or None)
    ]
    if _words(old.get("consent")) != _words(new.get("consent")):
        found.append(Difference("consent", None, old.get("consent"), new.get("consent")))
    if any((old.get(part) or []) != (new.get(part) or []) for part in ("purposes", "scenarios")):
        found.append(Difference("lists", None))
    if (old.get("served"), bool(old.get("short"))) != (new.get("served"), bool(new.get("short"))):
        found.append(Difference("asked", None))
    if (old.get("personas") or []) != (new.get("personas") or []):
        found.append(Difference("personas", None, len(old.get("personas") or ()), len(new.get("personas") or ())))
    return found


def _of_touchpoint(old: Touchpoint, new: Touchpoint) -> list[Difference]:
    name = new["name"]
    found = []
    if old["name"] != name:
        found.append(Difference("renamed", old["name"], old["name"], name))
    if _words(old.get("need")) != _words(new.get("need")):
        found.append(Difference("need", name, old.get("need"), new.get("need")))
    found += [Difference("channel_added", name, after=each) for each in new["channels"] if each not in old["channels"]]
    found += [Difference("channel_removed", name, each) for each in old["channels"] if each not in new["channels"]]
    for part, what in (
        ("longest_wait_seconds", "longest_wait"),
        ("volume_per_month", "volume"),
        ("department", "department"),
    ):
        if old.get(part) != new.get(part):
            found.append(Difference(what, name, old.get(part), new.get(part)))
    found += _of_settings(old, new)
    found += _of_standards(old, new)
    if (old.get("phrases") or []) != (new.get("phrases") or []):
        found.append(Difference("phrases", name, len(old.get("phrases") or ()), len(new.get("phrases") or ())))
    return found


def _of_settings(old: Touchpoint, new: Touchpoint) -> list[Difference]:
    found = []
    settings: tuple[tuple[Literal["targets", "importance"], str, Iterable[str]], ...] = (
        ("targets", "target", LEVELS),
        ("importance", "importance", LENSES),
    )
    for part, what, keys in settings:
        old_ones, new_ones = (cast("dict[str, float]", each.get(part) or {}) for each in (old, new))
        for key in keys:
            before, after = old_ones.get(key), new_ones.get(key)
            if before != after:
                found.append(Difference(what, new["name"], (key, before), (key, after)))
    return found


def _of_standards(old: Touchpoint, new: Touchpoint) -> list[Difference]:
    before = {each["id"]: each for each in old.get("standards") or ()}
    after = {each["id"]: each for each in new.get("standards") or ()}
    name, found = new["name"], []
    for id, each in after.items():
        if id not in before:
            found.append(Difference("standard_added", name, after=each["text"]))
        elif before[id] != each:
            found.append(Difference("standard_changed", name, before[id]["text"], each["text"]))
    gone = [each for id, each in before.items() if id not in after]
    return found + [Difference("standard_removed", name, each["text"]) for each in gone]


def _moved(before: dict[str, tuple[str, Touchpoint]], after: dict[str, tuple[str, Touchpoint]]) -> list[str]:
    """Those that changed their stage, or else no longer stand in the order they had (the fewest that explain it)."""
    elsewhere = [key for key in after if key in before and before[key][0] != after[key][0]]
    stayed = [key for key in after if key in before and key not in elsewhere]
    order = {key: place for place, key in enumerate(before)}
    kept = _longest_rising([order[key] for key in stayed])
    return elsewhere + [key for key in stayed if order[key] not in kept]


def _longest_rising(numbers: list[int]) -> set[int]:
    """The longest rising subsequence: whatever is in it need not have moved."""
    runs: list[list[int]] = [[]]
    for number in numbers:
        fitting = [run for run in runs if not run or run[-1] < number]
        longest: list[int] = max(fitting, key=len)
        runs.append([*longest, number])
    best: list[int] = max(runs, key=len)
    return set(best)


def _words(both: Any) -> tuple[str, str]:
    return ((both or {}).get("en") or "", (both or {}).get("zh") or "")
