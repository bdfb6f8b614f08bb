"""How places of a journey are named, and what is counted in it. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from shadowing.core.sentences import Sentence, gettext, ngettext
from shadowing.core.vocabulary import CHANNELS, PersonWords, Words

#: What fills %(one)s, %(many)s, %(the)s and %(possessive)s, and at the beginning of a sentence %(Many)s and %(The)s.
Served = Mapping[str, str]


def place(touchpoint: Words, channel: str) -> Sentence:
    """A touchpoint with its channel."""
    return gettext("%(touchpoint)s, %(channel)s", touchpoint=touchpoint, channel=channel_name(channel))


def touchpoints(count: int) -> Sentence:
    return ngettext("one touchpoint", "%(num)s touchpoints", count)


def standards(count: int) -> Sentence:
    return ngettext("one standard", "%(num)s standards", count)


def opening(name: Words | str) -> Words | str:
    """A name at the beginning of a sentence; what is written large in it stays so."""
    if isinstance(name, str):
        return name[:1].upper() + name[1:]
    return Words(en=name["en"][:1].upper() + name["en"][1:], zh=name["zh"])


def served_forms(person: PersonWords, language: str) -> Served:
    """How sentences in this language call whoever is served; Chinese has one form."""
    if language == "zh":
        return dict.fromkeys((*person["en"], "Many", "The"), person["zh"])
    one, many, the = person["en"]["one"], person["en"]["many"], person["en"]["the"]
    at_the_beginning = {"Many": many[:1].upper() + many[1:], "The": the[:1].upper() + the[1:]}
    return {"one": one, "many": many, "the": the, "possessive": person["en"]["possessive"], **at_the_beginning}


def channel_name(slug: str) -> Words | str:
    """Imported files and organisations bring channels of their own: they are called what they are called."""
    known: Mapping[str, Words] = CHANNELS
    return known.get(slug, slug)
