"""What the phone knows of the vocabulary, written as scripts when the bundle is built.

`python -m shadowing.phone.vocabulary` writes the lists and limits to record/vocabulary.js, their words to
words/vocabulary_en.js and words/vocabulary_zh.js. Nobody edits these by hand; a test compares them with what is here.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from shadowing.core import vocabulary as v

PHONE = Path(__file__).parents[2] / "static" / "js" / "phone"
HEAD = "// Made from shadowing/core/vocabulary.py when the bundle is built. Change it there.\n"
LANGUAGES = ("en", "zh")

LISTS: Mapping[str, Any] = {
    "LEVELS": v.LEVELS,
    "REASONS": v.REASONS,
    "FACTORS": v.FACTORS,
    "HANDOVERS": v.HANDOVERS,
    "HELD_BACK": v.HELD_BACK,
    "SERIOUS": v.SERIOUS_KINDS,
    "MARKS": v.MARKS,
    "OUTCOMES": v.OUTCOMES,
    "HEARD_FROM": v.HEARD_FROM,
    "SKIP_REASONS": v.SKIP_REASONS,
    "CHANNELS": v.CHANNELS,
    "DIGITAL": [channel for channel in v.CHANNELS if channel in v.DIGITAL_CHANNELS],
    "SCALE": [int(step) for step in v.EMOTIONS],
}
LIMITS = {
    "LOW": v.LOW_RATING,
    "NOTE_LIMIT": v.LONGEST_TEXT,
    "LABEL_LIMIT": v.LONGEST_LABEL,
    "PIN_LIMIT": v.MOST_PINS,
    "CODE_SIGNS": v.CODE_SIGNS,
}
TYPES = {"LEVELS": "Level[]", "REASONS": "Record<Level, string[]>"}

#: Prefix of the phone's key -> words. "clock" and "why" hold sentences of the phone's own beside these.
WORDS: Mapping[str, tuple[v.Vocabulary, ...]] = {
    "heard": (v.HEARD_FROM,),
    "stage": (v.STAGE_KINDS,),
    "channel": (v.CHANNELS,),
    "handover": (v.HANDOVERS,),
    "level": (v.LEVELS,),
    "ask": (v.LEVEL_QUESTIONS,),
    "reason": tuple(v.REASONS.values()),
    "emotion": (v.EMOTIONS,),
    "expect": (v.EXPECTATIONS,),
    "standard": (v.STANDARD_STATES,),
    "probe": (v.PROBE_STATES,),
    "held": (v.HELD_BACK,),
    "factor": (v.FACTORS,),
    "mark": (v.MARKS,),
    "serious": (v.SERIOUS_KINDS,),
    "outcome": (v.OUTCOMES,),
    "skip": (v.SKIP_REASONS,),
    "clock": ({measure: words for measure, words in v.TIMINGS.items() if measure != "transfers"},),
    "why": (v.FACTOR_EFFECTS, v.ABOUT),
}
#: These stand alone on their button there, and begin like a sentence.
CAPITAL = frozenset({"heard", "standard", "probe", "skip"})
#: Where the longest words may break on a narrow button.
BREAKS = {"incomplete": "incom\u00adplete", "inconsistent": "incon\u00adsistent", "information": "infor\u00admation"}
BREAKING = frozenset({"reason", "held"})


def scripts() -> dict[str, str]:
    """Path below static/js/phone -> text."""
    made = {"record/vocabulary.js": HEAD + "/** @import { Level } from './types.d.ts' */\n\n" + "\n".join(_lists())}
    for language in LANGUAGES:
        rows = [f"  {_quoted(key)}: {_quoted(words)}," for key, words in _words(language)]
        made[f"words/vocabulary_{language}.js"] = "\n".join([f"{HEAD}export default {{", *rows, "}\n"])
    return made


def _lists() -> Iterator[str]:
    for name, words in LISTS.items():
        if name in TYPES:
            yield f"/** @type {{{TYPES[name]}}} */"
        if name == "REASONS":
            rows = [f"  {level}: {_array(reasons)}," for level, reasons in words.items()]
            yield "\n".join([f"export const {name} = {{", *rows, "}"])
        else:
            yield f"export const {name} = {_array(words)}"
    for name, limit in LIMITS.items():
        yield f"export const {name} = {limit!r}"
    yield ""


def _words(language: str) -> Iterator[tuple[str, str]]:
    for prefix, vocabularies in WORDS.items():
        for slug, words in (row for each in vocabularies for row in each.items()):
            said: str = words[language]  # type: ignore[literal-required]
            if prefix in BREAKING:
                said = " ".join(BREAKS.get(word, word) for word in said.split(" "))
            yield f"{prefix}.{slug}", said[0].upper() + said[1:] if prefix in CAPITAL else said


def _array(slugs: Any) -> str:
    return "[" + ", ".join(str(slug) if isinstance(slug, int) else _quoted(slug) for slug in slugs) + "]"


def _quoted(text: str) -> str:
    return "'" + json.dumps(text, ensure_ascii=False)[1:-1].replace("'", "\\'") + "'"


def write() -> None:
    """Only what differs is written: an untouched file keeps its time."""
    for path, text in scripts().items():
        file = PHONE / path
        if not file.exists() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8")


if __name__ == "__main__":
    write()
