"""What a customer reads of what will go and of what was erased. Pure."""

from __future__ import annotations

from shadowing.core.sentences import Sentence, gettext, ngettext


def notes(count: int) -> Sentence:
    return ngettext("%(num)s note", "%(num)s notes", count)


def photos(count: int) -> Sentence:
    return ngettext("%(num)s photo", "%(num)s photos", count)


def erased(photos: int) -> tuple[Sentence, ...]:
    """photos: how many went with the notes."""
    return _gone(photos), gettext("Only the fact that something was erased remains.")


def voice_notes(count: int) -> Sentence:
    return ngettext("%(num)s voice note", "%(num)s voice notes", count)


def _gone(photos: int) -> Sentence:
    if not photos:
        return gettext(
            "The notes and your words are gone, also from the phone that took them as soon as it is on a network."
        )
    return ngettext(
        "The notes, your words and %(num)s photo are gone, "
        "also from the phone that took them as soon as it is on a network.",
        "The notes, your words and %(num)s photos are gone, "
        "also from the phone that took them as soon as it is on a network.",
        photos,
    )
