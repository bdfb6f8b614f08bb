"""Letters to owners, in sentences. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from shadowing.core.sentences import Sentence, Value, gettext, listed
from shadowing.core.vocabulary import LEVELS, Level, Words
from shadowing.journeys.wording import place


@dataclass(frozen=True)
class LetterTold:
    """What a letter is about. title: None until somebody gave it one; by: who gave it."""

    name: str
    by: str
    title: Words | None
    level: Level
    touchpoint: Words
    channel: str
    due: date | None
    address: str


def became_yours(told: LetterTold) -> tuple[Sentence, Sentence]:
    what, where = _what(told), told.address
    subject = gettext("Yours now: %(what)s", what=what)
    if told.due is None:
        return subject, gettext(
            "Hello %(name)s,\n\n%(by)s gave you this improvement:\n\n%(what)s\n\n"
            "Its plan and all that is yours stand here:\n\n%(address)s",
            name=told.name,
            by=told.by,
            what=what,
            address=where,
        )
    return subject, gettext(
        "Hello %(name)s,\n\n%(by)s gave you this improvement, due %(day)s:\n\n%(what)s\n\n"
        "Its plan and all that is yours stand here:\n\n%(address)s",
        name=told.name,
        by=told.by,
        day=told.due,
        what=what,
        address=where,
    )


def due_tomorrow(told: LetterTold) -> tuple[Sentence, Sentence]:
    return gettext("Due tomorrow: %(what)s", what=_what(told)), gettext(
        "Hello %(name)s,\n\nthis improvement of yours is due tomorrow:\n\n%(what)s\n\n"
        "If it needs longer, move its date and say why:\n\n%(address)s",
        name=told.name,
        what=_what(told),
        address=told.address,
    )


def overdue(told: LetterTold) -> tuple[Sentence, Sentence]:
    return gettext("Overdue: %(what)s", what=_what(told)), gettext(
        "Hello %(name)s,\n\nthis improvement of yours was due yesterday and is not live yet:\n\n%(what)s\n\n"
        "If it needs longer, move its date and say why:\n\n%(address)s",
        name=told.name,
        what=_what(told),
        address=told.address,
    )


def asked_you(told: LetterTold) -> tuple[Sentence, Sentence]:
    return gettext("A question for you: %(what)s", what=_what(told)), gettext(
        "Hello %(name)s,\n\n%(by)s has to decide about this improvement and asks you something first:\n\n%(what)s\n\n"
        "Read the question and answer it here:\n\n%(address)s",
        name=told.name,
        by=told.by,
        what=_what(told),
        address=told.address,
    )


def replied_to_you(told: LetterTold) -> tuple[Sentence, Sentence]:
    return gettext("Your question was answered: %(what)s", what=_what(told)), gettext(
        "Hello %(name)s,\n\n%(by)s answered what you asked about this improvement:\n\n%(what)s\n\n"
        "The answer stands here, and your decision still waits:\n\n%(address)s",
        name=told.name,
        by=told.by,
        what=_what(told),
        address=told.address,
    )


#: Why a letter is written -> its words.
LETTERS: Mapping[str, Callable[[LetterTold], tuple[Sentence, Sentence]]] = {
    "given": became_yours,
    "due": due_tomorrow,
    "overdue": overdue,
    "asked": asked_you,
    "replied": replied_to_you,
}


def _what(told: LetterTold) -> Value:
    if told.title:
        return listed(told.title)
    return gettext("%(level)s: %(place)s", level=LEVELS[told.level], place=place(told.touchpoint, told.channel))
