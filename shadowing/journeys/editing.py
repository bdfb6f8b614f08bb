"""A journey's draft and what one may do to it: add, change, move, remove. Pure: no database.

A draft has the shape of a pack (journeys/packs.py). Every function changes the draft it is given.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping

from shadowing.core.text import one_line
from shadowing.core.vocabulary import (
    CHANNELS,
    DEFAULT_IMPORTANCE,
    DEFAULT_TARGETS,
    FACTORS,
    LENSES,
    STAGE_KINDS,
    Level,
    Words,
)
from shadowing.journeys.draft import ConsentText, Draft, StageDraft, StandardDraft, TouchpointDraft

Touchpoint = TouchpointDraft
MOST_TOUCHPOINTS = 300
MOST_STANDARDS = 30
USUAL_FACTORS = list(FACTORS)[:5]
OWN_CHANNEL = re.compile(r"[\w][\w .-]{0,31}")
#: Seconds: a wait seen on the spot ends within a week; a standard may speak of a month ("answered within 28 days").
LONGEST_WAIT = 7 * 86_400
LONGEST_LIMIT = 30 * 86_400
#: What a journey asks customers until somebody writes other words.
CONSENT: ConsentText = {
    "text_version": "2026-1",
    "en": "May I walk with you today and take notes on our service, not on you? You can take it back at any time.",
    "zh": "我可以陪您走一趟，记下我们的服务吗？记的是服务，不是您。您随时可以撤回。",
}


class NotThere(LookupError):
    """The draft has no touchpoint of this key (any more)."""


class TooMany(ValueError):
    """A journey nobody could walk."""


def tidy(text: str) -> str:
    """One line, without what cannot be shown."""
    return one_line(text)


def is_channel(slug: str) -> bool:
    """A known one, or a name of the organisation's own."""
    return slug in CHANNELS or OWN_CHANNEL.fullmatch(slug) is not None


def empty_draft(name: Words) -> Draft:
    """Four stages without touchpoints."""
    consent = CONSENT.copy()
    return {"name": name.copy(), "need": None, "consent": consent, "anchors": {}, "stages": empty_stages()}


def empty_stages() -> list[StageDraft]:
    return [{"kind": kind, "name": names.copy(), "touchpoints": []} for kind, names in STAGE_KINDS.items()]


def touchpoints(draft: Draft) -> Iterator[tuple[str, Touchpoint]]:
    """(kind of stage, touchpoint), in the order of the journey."""
    for stage in draft["stages"]:
        for touchpoint in stage["touchpoints"]:
            yield stage["kind"], touchpoint


def find(draft: Draft, key: str) -> Touchpoint:
    """Raises NotThere."""
    for _, touchpoint in touchpoints(draft):
        if touchpoint["key"] == key:
            return touchpoint
    raise NotThere(key)


def add(draft: Draft, kind: str, name: Words, targets: Mapping[Level, float] = DEFAULT_TARGETS) -> str:
    """A touchpoint at the end of the stage; its key, which never meant another one. Raises NotThere, TooMany."""
    if sum(1 for _ in touchpoints(draft)) >= MOST_TOUCHPOINTS:
        raise TooMany
    touchpoint: Touchpoint = {
        "key": f"t_{secrets.token_hex(6)}",
        "name": name.copy(),
        "need": None,
        "channels": ["person"],
        "longest_wait_seconds": None,
        "volume_per_month": None,
        "targets": dict(targets),
        "importance": dict.fromkeys(LENSES, DEFAULT_IMPORTANCE),
        "factors": list(USUAL_FACTORS),
        "phrases": [],
        "standards": [],
    }
    _stage(draft, kind)["touchpoints"].append(touchpoint)
    return touchpoint["key"]


def remove(draft: Draft, key: str) -> Touchpoint:
    """Raises NotThere."""
    stage, place = _position(draft, key)
    return stage["touchpoints"].pop(place)


def step(draft: Draft, key: str, by: int) -> None:
    """One place up (-1) or down (+1); beyond the edge of a stage into the next one. Raises NotThere."""
    stage, place = _position(draft, key)
    rows, stages = stage["touchpoints"], draft["stages"]
    if 0 <= place + by < len(rows):
        rows[place], rows[place + by] = rows[place + by], rows[place]
        return
    neighbour = stages.index(stage) + by
    if 0 <= neighbour < len(stages):
        moved = rows.pop(place)
        others = stages[neighbour]["touchpoints"]
        others.insert(len(others) if by < 0 else 0, moved)


def place_before(draft: Draft, key: str, kind: str, before: str | None) -> None:
    """Into a stage, before another touchpoint or at its end. Raises NotThere; then nothing has moved."""
    stage = _stage(draft, kind)
    if before == key:
        return
    if before is not None and before not in [row["key"] for row in stage["touchpoints"]]:
        raise NotThere(before)
    moved = remove(draft, key)
    rows = stage["touchpoints"]
    rows.insert(len(rows) if before is None else [row["key"] for row in rows].index(before), moved)


def keep_links(before: Draft, after: Draft) -> None:
    """What a file does not hold, for it belongs to this installation: library, principle, whose touchpoint it is."""
    known = {touchpoint["key"]: touchpoint for _, touchpoint in touchpoints(before)}
    for _, touchpoint in touchpoints(after):
        old = known.get(touchpoint["key"])
        if old is None:
            continue
        if "library" in old:
            touchpoint["library"] = old["library"]
        if "department" in old:
            touchpoint["department"] = old["department"]
        _keep_links_of_standards(old, touchpoint)


def add_standard(touchpoint: Touchpoint) -> None:
    """An empty one, to be filled in. Raises TooMany."""
    if len(touchpoint["standards"]) >= MOST_STANDARDS:
        raise TooMany
    touchpoint["standards"].append(
        {
            "id": f"s_{secrets.token_hex(4)}",
            "text": {"en": "", "zh": ""},
            "level": "utility",
            "kind": "standard",
            "limit_seconds": None,
            "where": None,
            "answer": None,
        }
    )


def _keep_links_of_standards(before: Touchpoint, after: Touchpoint) -> None:
    known: dict[str, StandardDraft] = {each["id"]: each for each in before.get("standards") or ()}
    for each in after["standards"]:
        old = known.get(each["id"])
        if old is not None and "library" in old:
            each["library"] = old["library"]
        if old is not None and "principle" in old:
            each["principle"] = old["principle"]


def _stage(draft: Draft, kind: str) -> StageDraft:
    for stage in draft["stages"]:
        if stage["kind"] == kind:
            return stage
    raise NotThere(kind)


def _position(draft: Draft, key: str) -> tuple[StageDraft, int]:
    for stage in draft["stages"]:
        for place, touchpoint in enumerate(stage["touchpoints"]):
            if touchpoint["key"] == key:
                return stage, place
    raise NotThere(key)
