"""What was filled in about one touchpoint or the journey, into the draft. Pure; wrong fields are named.

Fields come as a flat mapping of names, as forms send it. A field that is wrong keeps what was there before, so
nothing that is right is lost with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from shadowing.journeys.editing import Draft, Touchpoint
from shadowing.vocabulary import CHANNELS, LENSES, LEVELS, STANDARD_KINDS, Words

MOST_SIGNS = 120
MOST_TEXT = 1000
MOST_PHRASES = 40
OWN_CHANNEL = re.compile(r"[\w][\w .-]{0,31}")
MOST_VOLUME = 100_000_000
LONGEST_WAIT = 7 * 86_400
Fields = Mapping[str, str]


class Wrong(dict[str, str]):
    """Field name -> slug of what is wrong: number, range, channel, name, long."""


def read_touchpoint(touchpoint: Touchpoint, fields: Fields, channels: list[str]) -> Wrong:
    """Everything of the inspector. Returns what was not taken."""
    wrong = Wrong()
    _take(wrong, "name_en", lambda: touchpoint.update(name=_name(fields, touchpoint["name"])))
    touchpoint["need"] = _both(fields, "need", MOST_TEXT) or None
    _take(wrong, "own_channel", lambda: touchpoint.update(channels=_channels(fields, channels)))
    _take(wrong, "longest_wait", lambda: touchpoint.update(longest_wait_seconds=_minutes(fields, "longest_wait")))
    _take(wrong, "volume", lambda: touchpoint.update(volume_per_month=_whole(fields, "volume", MOST_VOLUME)))
    for level in LEVELS:
        _take(wrong, f"target_{level}", partial(_set_target, touchpoint, fields, level))
    for lens in LENSES:
        _take(wrong, f"importance_{lens}", partial(_set_importance, touchpoint, fields, lens))
    touchpoint["phrases"] = _lines(fields.get("phrases", ""))
    touchpoint["standards"] = [_standard(each, fields, wrong) for each in touchpoint["standards"]]
    return wrong


def read_journey(draft: Draft, fields: Fields) -> Wrong:
    """Names, need, consent, anchors, purposes, scenarios, names of the stages."""
    wrong = Wrong()
    _take(wrong, "name_en", lambda: draft.update(name=_name(fields, draft["name"])))
    draft["need"] = _both(fields, "need", MOST_TEXT) or None
    consent = _both(fields, "consent", MOST_TEXT)
    before = draft.get("consent") or {}
    if consent and consent != {key: before.get(key) for key in ("en", "zh")}:
        # Another wording is another text: visits say which one was asked.
        draft["consent"] = {"text_version": _next_version(str(before.get("text_version") or "1")), **consent}
    draft["anchors"] = _anchors(fields)
    for part, key in (("purposes", "name"), ("scenarios", "text")):
        kept = {(_pair(row[key])): row["key"] for row in draft.get(part) or []}
        draft[part] = [
            {"key": kept.get(_pair(both), f"{part[0]}{number}"), key: both}
            for number, both in enumerate(_lines(fields.get(part, "")), 1)
        ]
    for stage in draft["stages"]:
        stage["name"] = _both(fields, f"stage_{stage['kind']}", MOST_SIGNS) or stage["name"]
    return wrong


def _take(wrong: Wrong, field: str, work: Callable[[], Any]) -> None:
    try:
        work()
    except ValueError as error:
        wrong[field] = str(error)


def _name(fields: Fields, before: Words) -> Words:
    both = _both(fields, "name", MOST_SIGNS)
    if not both:
        raise ValueError("name")
    return both


def _both(fields: Fields, name: str, longest: int) -> Words | None:
    """{en, zh}, a side that is empty filled from the other; None when both are."""
    en, zh = (_tidy(fields.get(f"{name}_{language}", ""))[:longest] for language in ("en", "zh"))
    return Words(en=en or zh, zh=zh or en) if en or zh else None


def _tidy(text: str) -> str:
    return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())


def _channels(fields: Fields, chosen: list[str]) -> list[str]:
    own = [_tidy(each) for each in re.split(r"[,，;；]", fields.get("own_channel", "")) if _tidy(each)]
    found = [each for each in CHANNELS if each in chosen] + [each.lower() for each in own]
    if not found or any(not OWN_CHANNEL.fullmatch(each) for each in own):
        raise ValueError("channel")
    return list(dict.fromkeys(found))


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


def _set_target(touchpoint: Touchpoint, fields: Fields, level: str) -> None:
    """0-100 on the page, 1-5 inside."""
    said = _whole(fields, f"target_{level}", 100)
    if said is not None and said != shown_target(touchpoint["targets"][level]):
        touchpoint["targets"][level] = 1 + said / 25


def shown_target(value: float) -> int:
    return int(25 * (value - 1) + 0.5)


def _set_importance(touchpoint: Touchpoint, fields: Fields, lens: str) -> None:
    said = _whole(fields, f"importance_{lens}", 5, 1)
    if said is not None:
        touchpoint["importance"][lens] = said


def _lines(text: str) -> list[Words]:
    """One a line, “English | 中文”; one language is enough."""
    found = []
    for line in text.splitlines()[:MOST_PHRASES]:
        en, _, zh = (_tidy(part)[:MOST_SIGNS] for part in line.partition("|"))
        if en or zh:
            found.append(Words(en=en or zh, zh=zh or en))
    return found


def _standard(each: dict[str, Any], fields: Fields, wrong: Wrong) -> dict[str, Any]:
    prefix = f"{each['id']}-"
    mine = {name.removeprefix(prefix): value for name, value in fields.items() if name.startswith(prefix)}
    if not mine:
        return each
    kind = mine.get("kind") if mine.get("kind") in STANDARD_KINDS else each["kind"]
    made = {
        **each,
        "text": _both(mine, "text", MOST_TEXT) or each["text"],
        "level": mine.get("level") if mine.get("level") in LEVELS else each["level"],
        "kind": kind,
        "where": _both(mine, "where", MOST_TEXT) if kind == "promise" else None,
        "answer": _both(mine, "answer", MOST_TEXT) if kind == "probe" else None,
    }
    _take(wrong, f"{prefix}limit", lambda: made.update(limit_seconds=_whole(mine, "limit", LONGEST_WAIT, 1)))
    return made


def _anchors(fields: Fields) -> dict[str, dict[str, Words]]:
    made: dict[str, dict[str, Words]] = {}
    for level in LEVELS:
        lines = {rating: _both(fields, f"anchor_{level}_{rating}", MOST_SIGNS) for rating in "12345"}
        made[level] = {rating: both for rating, both in lines.items() if both}
    return {level: lines for level, lines in made.items() if lines}


def _pair(both: Words) -> tuple[str, str]:
    return both.get("en", ""), both.get("zh", "")


def _next_version(before: str) -> str:
    stem, _, number = before.rpartition("-")
    return f"{stem}-{int(number) + 1}" if stem and number.isdigit() else f"{before}-2"
