"""Makes the display rules of formatting.py available to templates, in the reader's language and calendar."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from types import ModuleType

from flask import Flask
from markupsafe import Markup

from shadowing.core import formatting, sentences, vocabulary
from shadowing.core.clock import parse_day
from shadowing.core.i18n import language, words
from shadowing.core.vocabulary import Level
from shadowing.people.links import base_address
from shadowing.people.zones import home_zone


def offer_to_templates(app: Flask, wording: Mapping[str, ModuleType]) -> None:
    """Filters display_score, chance, percent, signed, number, duration, day, moment, iso_day, weekday,
    named_level, sentence; the globals `vocabulary`, `home_zone` and
    `wording`: room -> its sentences."""
    app.jinja_env.globals["vocabulary"] = vocabulary
    app.jinja_env.globals["wording"] = wording
    app.jinja_env.globals["home_zone"] = home_zone
    app.jinja_env.globals["has_base_address"] = lambda: bool(base_address())
    app.jinja_env.filters.update(
        display_score=formatting.display_score,
        chance=formatting.chance,
        percent=formatting.percent,
        signed=formatting.signed,
        number=number,
        duration=duration,
        day=day,
        moment=moment,
        iso_day=iso_day,
        weekday=weekday,
        named_level=named_level,
        sentence=sentence,
        snug=snug,
    )


def number(value: float) -> str:
    return formatting.number(value, language())


def duration(seconds: float) -> str:
    return formatting.duration(seconds, language())


def day(moment: date | datetime, year: bool = False) -> str:
    """A day; of a moment, as the organisation's calendar has it. What belongs to a site comes as the day there."""
    return formatting.day(moment, language(), home_zone(), year)


def moment(at: datetime) -> str:
    """Day and time on the organisation's clock."""
    return formatting.day_and_time(at, language(), home_zone())


def iso_day(written: str) -> str:
    """A day kept as YYYY-MM-DD."""
    return formatting.day(parse_day(written), language())


def sentence(told: sentences.Told) -> Markup:
    """What a room's wording.py made of its figures."""
    return sentences.html(told, language(), home_zone())


def weekday(moment: date) -> str:
    return formatting.weekday(moment, language())


def named_level(level: Level) -> str:
    return words(vocabulary.LEVELS[level])


#: A full stop of full width brings its own space along.
_SPACE_AFTER_FULL_WIDTH = re.compile(
    r"([。，；：！？、”）](?:</\w+>)*)\s+(?=(?:<(?:b|strong|a|span)\b[^>]*>)*[\u4e00-\u9fff“（\d])"
)


def snug(html: str) -> str:
    """Sentences follow each other without a space in Chinese; other languages stay as they are."""
    # As plain text: what a pattern puts together from Markup is escaped once more.
    return Markup(_SPACE_AFTER_FULL_WIDTH.sub(r"\1", str(html))) if language() == "zh" else html
