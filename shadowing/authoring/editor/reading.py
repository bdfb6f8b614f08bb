"""What was filled in about one touchpoint or the journey, into the draft. Pure; wrong fields are named.

Fields come as a flat mapping of names, as forms send it. A field that is wrong keeps what was there before, so
nothing that is right is lost with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from itertools import count
from typing import Any, Literal, cast

from shadowing.core.vocabulary import (
    CHANNELS,
    LENSES,
    LEVELS,
    PERSONA_KINDS,
    PROMISE_SOURCES,
    SERVED,
    STANDARD_KINDS,
    Level,
    Words,
)
from shadowing.journeys.draft import PersonaDraft, StandardDraft
from shadowing.journeys.editing import LONGEST_LIMIT, LONGEST_WAIT, Draft, Touchpoint, is_channel, tidy
from shadowing.journeys.inheriting import shown
from shadowing.journeys.personas import MOST_NEEDS, set_needs

MOST_SIGNS = 120
MOST_TEXT = 1000
MOST_PHRASES = 40
MOST_CHANNELS = 20
MOST_VOLUME = 100_000_000
Fields = Mapping[str, str]


class Wrong(dict[str, str]):
    """Field name -> slug of what is wrong: number, range, channel, name, long or many."""


def read_touchpoint(touchpoint: Touchpoint, fields: Fields, channels: list[str]) -> Wrong:
    """Everything of the inspector. Returns what was not taken."""
    wrong = Wrong()
    touchpoint["name"] = _name(fields, touchpoint["name"], wrong)
    touchpoint["need"] = _both(fields, "need", MOST_TEXT, touchpoint.get("need"), wrong)
    there = touchpoint["channels"]
    _take(wrong, "own_channel", lambda: touchpoint.update({"channels": _channels(fields, channels, there)}))
    _take(wrong, "longest_wait", lambda: touchpoint.update({"longest_wait_seconds": _minutes(fields, "longest_wait")}))
    _take(wrong, "volume", lambda: touchpoint.update({"volume_per_month": _whole(fields, "volume", MOST_VOLUME)}))
    if "department" in fields:
        _take(wrong, "department", lambda: touchpoint.update({"department": _whole(fields, "department", 2**31 - 1)}))
    for level in LEVELS:
        _take(wrong, f"target_{level}", partial(_set_target, touchpoint, fields, level))
    for lens in LENSES:
        _take(wrong, f"importance_{lens}", partial(_set_importance, touchpoint, fields, lens))
    _take(wrong, "phrases", lambda: touchpoint.update({"phrases": _lines(fields.get("phrases", ""))}))
    ids = [each["id"] for each in touchpoint["standards"]]
    touchpoint["standards"] = [read_standard(each, fields, wrong, ids) for each in touchpoint["standards"]]
    return wrong


def read_journey(draft: Draft, fields: Fields) -> Wrong:
    """Names, need, consent, anchors, purposes, names of the stages."""
    wrong = Wrong()
    draft["name"] = _name(fields, draft["name"], wrong)
    draft["need"] = _both(fields, "need", MOST_TEXT, draft.get("need"), wrong)
    _set_consent(draft, fields, wrong)
    draft["anchors"] = _anchors(fields, draft.get("anchors") or {}, wrong)
    _take(wrong, "purposes", partial(_set_list, draft, fields, "purposes", "name"))
    _set_asked(draft, fields)
    for stage in draft["stages"]:
        stage["name"] = _both(fields, f"stage_{stage['kind']}", MOST_SIGNS, stage["name"], wrong) or stage["name"]
    return wrong


def read_personas(draft: Draft, fields: Fields) -> Wrong:
    """Names, kinds and needs of the personas, and the scenarios."""
    wrong = Wrong()
    for persona in draft.get("personas") or ():
        own = f"{persona['key']}-"
        if f"{own}name_en" not in fields:
            continue
        both = _both(fields, f"{own}name", MOST_SIGNS, persona["name"], wrong)
        if not both:
            wrong[f"{own}name_en"] = "name"
        kind = fields.get(f"{own}kind")
        persona["name"] = both or persona["name"]
        persona["kind"] = kind if kind and kind in PERSONA_KINDS else persona["kind"]
        _take(wrong, f"{own}needs", partial(_set_needs, persona, fields.get(f"{own}needs", "")))
    if "scenarios" in fields:
        _take(wrong, "scenarios", partial(_set_list, draft, fields, "scenarios", "text"))
    return wrong


def _set_needs(persona: PersonaDraft, text: str) -> None:
    lines = _lines(text)
    if len(lines) > MOST_NEEDS:
        raise ValueError("many")
    set_needs(persona, lines)


def _take(wrong: Wrong, field: str, work: Callable[[], Any]) -> None:
    try:
        work()
    except ValueError as error:
        wrong[field] = str(error)


def _name(fields: Fields, before: Words, wrong: Wrong) -> Words:
    both = _both(fields, "name", MOST_SIGNS, before, wrong)
    if not both:
        wrong["name_en"] = "name"
    return both or before


def _both(fields: Fields, name: str, longest: int, before: Words | None, wrong: Wrong) -> Words | None:
    """{en, zh}, a side that is empty filled from the other; None when both are; before, when one is too long."""
    said = {language: tidy(fields.get(f"{name}_{language}", "")) for language in ("en", "zh")}
    long = [language for language, text in said.items() if len(text) > longest]
    if long:
        wrong.update({f"{name}_{language}": "long" for language in long})
        return before
    en, zh = said["en"], said["zh"]
    return Words(en=en or zh, zh=zh or en) if en or zh else None


def _set_consent(draft: Draft, fields: Fields, wrong: Wrong) -> None:
    before = draft.get("consent")
    consent = _both(fields, "consent", MOST_TEXT, None, wrong)
    if consent and (before is None or _pair(consent) != _pair(before)):
        # Another wording is another text: visits say which one was asked.
        version = before.get("text_version") if before else None
        draft["consent"] = {"text_version": _next_version(version or "1"), **consent}


def _set_asked(draft: Draft, fields: Fields) -> None:
    """Whom it serves and how much beginners are asked; left as it is where nothing was chosen anew."""
    served, short = fields.get("served"), fields.get("short")
    if served in ("", *SERVED) and served != (draft.get("served") or ""):
        draft["served"] = served or None
    if short is not None and (short == "yes") != bool(draft.get("short")):
        draft["short"] = short == "yes"


def _set_list(draft: Draft, fields: Fields, part: str, key: str) -> None:
    """A row keeps its key while its words stay the same."""
    lists = cast("dict[str, list[dict[str, Any]]]", draft)
    kept = {_pair(row[key]): row["key"] for row in lists.get(part) or []}
    taken = set(kept.values())
    free = (name for name in (f"{part[0]}{number}" for number in count(1)) if name not in taken)
    lines = {_pair(both): both for both in _lines(fields.get(part, ""))}
    lists[part] = [{"key": kept.get(pair) or next(free), key: both} for pair, both in lines.items()]


def _channels(fields: Fields, chosen: list[str], before: list[str]) -> list[str]:
    """Those that were there keep their order; new ones follow."""
    own = [tidy(each).lower() for each in re.split(r"[,，;；]", fields.get("own_channel", "")) if tidy(each)]
    found = [each for each in CHANNELS if each in chosen] + own
    if not found or len(found) > MOST_CHANNELS or not all(map(is_channel, own)):
        raise ValueError("channel")
    return list(dict.fromkeys([each for each in before if each in found] + found))


def _minutes(fields: Fields, name: str) -> int | None:
    text = fields.get(name, "").strip().replace(",", ".")
    if not text:
        return None
    try:
        seconds = round(float(text) * 60)
    except (ValueError, OverflowError) as error:
        raise ValueError("number") from error
    if not 1 <= seconds <= LONGEST_WAIT:
        raise ValueError("range")
    return seconds


def _whole(fields: Fields, name: str, most: int, least: int = 0) -> int | None:
    text = fields.get(name, "").strip()
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,12}", text):
        raise ValueError("number")
    if not least <= int(text) <= most:
        raise ValueError("range")
    return int(text)


def _set_target(touchpoint: Touchpoint, fields: Fields, level: Level) -> None:
    """0-100 on the page, 1-5 inside."""
    said = _whole(fields, f"target_{level}", 100)
    if said is not None and said != shown(touchpoint["targets"][level]):
        touchpoint["targets"][level] = 1 + said / 25


def _set_importance(touchpoint: Touchpoint, fields: Fields, lens: str) -> None:
    said = _whole(fields, f"importance_{lens}", 5, 1)
    if said is not None:
        touchpoint["importance"][lens] = said


def _lines(text: str) -> list[Words]:
    """One a line, “English | 中文”; one language is enough."""
    found = []
    for line in text.splitlines():
        en, _, zh = (tidy(part) for part in line.partition("|"))
        if max(len(en), len(zh)) > MOST_SIGNS:
            raise ValueError("long")
        if en or zh:
            found.append(Words(en=en or zh, zh=zh or en))
    if len(found) > MOST_PHRASES:
        raise ValueError("many")
    return found


def read_standard(each: StandardDraft, fields: Fields, wrong: Wrong, ids: list[str]) -> StandardDraft:
    """One standard, its fields prefixed with its id. ids: of all of the touchpoint; another one may check a promise."""
    own = f"{each['id']}-"
    if not any(name.startswith(own) for name in fields):
        return each
    level, kind, others = fields.get(f"{own}level"), fields.get(f"{own}kind"), [id for id in ids if id != each["id"]]
    kind = kind if kind and kind in STANDARD_KINDS else each["kind"]
    text = _both(fields, f"{own}text", MOST_TEXT, each["text"], wrong)
    where = _both(fields, f"{own}where", MOST_TEXT, each.get("where"), wrong)
    answer = _both(fields, f"{own}answer", MOST_TEXT, each.get("answer"), wrong)
    made: StandardDraft = {
        **each,
        "text": text or each["text"],
        "level": cast("Level", level) if level in LEVELS else each["level"],
        "kind": kind,
        "where": where if kind == "promise" else None,
        "answer": answer if kind == "probe" else None,
    }
    for part, allowed in _of_a_promise(others):
        said = fields.get(f"{own}{part}", "") if kind == "promise" else ""
        if said in allowed:
            made[part] = said
        else:
            made.pop(part, None)
    if f"{own}principle" in fields:
        made["principle"] = fields[f"{own}principle"]
        if not re.fullmatch(r"[0-9]{1,9}", made["principle"]):
            del made["principle"]
    _take(wrong, f"{own}limit", lambda: made.update({"limit_seconds": _limit(fields, own)}))
    return made


def _of_a_promise(others: list[str]) -> tuple[tuple[Literal["source", "checked_by"], list[str]], ...]:
    """What only a promise has, and what may be said there."""
    return ("source", list(PROMISE_SOURCES)), ("checked_by", others)


def _limit(fields: Fields, own: str) -> int | None:
    return _whole(fields, f"{own}limit", LONGEST_LIMIT, 1)


def _anchors(fields: Fields, before: dict[Level, dict[str, Words]], wrong: Wrong) -> dict[Level, dict[str, Words]]:
    made: dict[Level, dict[str, Words]] = {}
    for level in LEVELS:
        kept = before.get(level, {})
        lines = {
            rating: _both(fields, f"anchor_{level}_{rating}", MOST_SIGNS, kept.get(rating), wrong) for rating in "12345"
        }
        made[level] = {rating: both for rating, both in lines.items() if both}
    return {level: lines for level, lines in made.items() if lines}


def _pair(both: Words) -> tuple[str, str]:
    return both.get("en", ""), both.get("zh", "")


def _next_version(before: str) -> str:
    stem, _, number = before.rpartition("-")
    return f"{stem}-{int(number) + 1}" if stem and number.isascii() and number.isdigit() else f"{before}-2"
