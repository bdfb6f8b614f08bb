"""Sentences made from figures: a message of the catalogue and its values, written out for any reader without a request.

A room's wording.py makes them, with the two functions whose names the catalogue is collected by. Page, mail and API
write them, each in its reader's language: `html` keeps what a message marks as strong, `plain` leaves it out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar, Union

from babel.support import NullTranslations, Translations
from markupsafe import Markup

from shadowing.core import formatting
from shadowing.core.directions import Translated, isolated_text
from shadowing.core.i18n import LIST_COMMA, LOCALES, words
from shadowing.core.vocabulary import Words


@dataclass(frozen=True)
class Duration:
    seconds: float


#: Counts get separators, days the reader's form, words their language, several values its comma; text stays as it is.
Value = Union[str, int, Words, date, Duration, "Sentence", tuple["Value", ...]]


@dataclass(frozen=True)
class Sentence:
    """With `plural`, the form is chosen by `count`, which is also the value `num`."""

    message: str
    values: Mapping[str, Value] = field(default_factory=dict)
    plural: str = ""
    count: int = 0


#: One sentence, or several that follow each other.
Told = Sentence | tuple[Sentence, ...]


def gettext(message: str, /, **values: Value) -> Sentence:
    return Sentence(message, values)


def ngettext(one: str, many: str, count: int, /, **values: Value) -> Sentence:
    return Sentence(one, {"num": count, **values}, many, count)


def listed(*values: Value) -> Sentence:
    """Nothing but values, with the language's comma between them."""
    return Sentence("%(values)s", {"values": values})


def html(told: Told, language: str, zone: tzinfo | None = None) -> Markup:
    """For a page; values are escaped."""
    if isinstance(told, tuple):
        return Translated("").join(_following([html(each, language, zone) for each in told], language))
    values = {name: _written(value, language, zone, html) for name, value in told.values.items()}
    return Translated(_translated(told, language)) % values


def plain(told: Told, language: str, zone: tzinfo | None = None) -> str:
    """For a mail, a document, a chart's text alternative."""
    if isinstance(told, tuple):
        return "".join(_following([plain(each, language, zone) for each in told], language))
    values = {name: _written(value, language, zone, plain) for name, value in told.values.items()}
    return _STRONG.sub("", _translated(told, language)) % values


def in_both(told: Told) -> Words:
    """What is handed to somebody who chooses the language later."""
    return Words(en=plain(told, "en"), zh=plain(told, "zh"))


_CLAUSE_COMMA = gettext(", ")
_STRONG = re.compile(r"</?b>")
_FULL_WIDTH = tuple("。，；：！？、")
Text = TypeVar("Text", bound=str)


def _translated(sentence: Sentence, language: str) -> str:
    catalogue = _catalogue(LOCALES[language])
    if sentence.plural:
        return str(catalogue.ungettext(sentence.message, sentence.plural, sentence.count))
    return str(catalogue.ugettext(sentence.message))


@cache
def _catalogue(locale: str) -> NullTranslations:
    return Translations.load(Path(__file__).parent.parent / "translations", [locale])


class _Writer(Protocol):
    def __call__(self, told: Told, language: str, zone: tzinfo | None = None) -> str: ...


def _written(value: Value, language: str, zone: tzinfo | None, write: _Writer) -> str:
    if isinstance(value, str):
        return isolated_text(value)
    if isinstance(value, int):
        return formatting.number(value, language)
    if isinstance(value, date):
        return formatting.day(value, language, zone)
    if isinstance(value, Duration):
        return formatting.duration(value.seconds, language)
    if isinstance(value, Sentence):
        return write(value, language, zone)
    if isinstance(value, tuple):
        return _comma(value, language, write).join(_written(each, language, zone, write) for each in value)
    return isolated_text(words(value, language))


def _comma(values: tuple[Value, ...], language: str, write: _Writer) -> str:
    """Chinese puts another comma between clauses than between words."""
    if any(isinstance(each, Sentence) for each in values):
        return write(_CLAUSE_COMMA, language)
    return Translated(LIST_COMMA[language]) if write is html else LIST_COMMA[language]


def _following(sentences: list[Text], language: str) -> list[Text | str]:
    """A full stop of full width brings its own space along."""
    told: list[Text | str] = []
    for sentence in sentences:
        if told and not (language == "zh" and Markup(told[-1]).striptags().endswith(_FULL_WIDTH)):
            told.append(" ")
        told.append(sentence)
    return told
