"""What the pages of the library send."""

from __future__ import annotations

from typing import cast

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField

from shadowing.authoring.library.models import ItemDocument, ItemKind
from shadowing.core.forms import ChoiceField, PageForm, both_data
from shadowing.core.vocabulary import CHANNELS, LENSES, LEVELS, STANDARD_KINDS, Words
from shadowing.journeys.draft import StandardContent, TouchpointContent
from shadowing.journeys.inheriting import shown


class LibraryItemForm(PageForm):
    """An item of any kind; what is sent has the names that the editor reads, and is read as it reads it.

    kind: of a new one; revision: of the item that was looked at; scope: here or everywhere.
    """

    kind = StringField(default="")
    revision = StringField(default="")
    scope = StringField(default="here")

    text_en, text_zh = (StringField(name=f"item-text_{language}", default="") for language in ("en", "zh"))
    level = ChoiceField(_l("Level"), known=LEVELS, name="item-level")
    item_kind = ChoiceField(_l("Kind"), known=STANDARD_KINDS, name="item-kind")
    limit = StringField(_l("Limit in seconds, if it is a time"), name="item-limit", default="")
    where_en, where_zh = (StringField(name=f"item-where_{language}", default="") for language in ("en", "zh"))
    answer_en, answer_zh = (StringField(name=f"item-answer_{language}", default="") for language in ("en", "zh"))

    name_en, name_zh = StringField(default=""), StringField(default="")
    need_en, need_zh = StringField(default=""), StringField(default="")
    channels = SelectMultipleField(validate_choice=False)
    own_channel = StringField(_l("Channels of your own, with commas"), default="")
    longest_wait = StringField(_l("Longest wait, minutes"), default="")
    phrases = StringField(_l("Phrases offered to observers"), default="")


for _field in [f"target_{level}" for level in LEVELS] + [f"importance_{lens}" for lens in LENSES]:
    setattr(LibraryItemForm, _field, StringField(default=""))


class TakingForm(PageForm):
    """place: <journey>:<touchpoint or stage>."""

    place = StringField(_l("Take it into a journey"), default="")


class KeepingForm(PageForm):
    """From a journey into the library. t: touchpoint; standard: id of one of its standards, or empty."""

    t = StringField(default="")
    standard = StringField(default="")


def item_form(kind: ItemKind, document: ItemDocument) -> LibraryItemForm:
    """Filled in with an item as the library keeps it."""
    return LibraryItemForm(data={"kind": kind, **_filled(kind, document)})


def _filled(kind: ItemKind, document: ItemDocument) -> dict[str, object]:
    if kind == "phrase":
        return {**both_data("text", cast("Words", document))}
    if kind == "standard":
        return _standard(cast("StandardContent", document))
    return _touchpoint(cast("TouchpointContent", document))


def _standard(document: StandardContent) -> dict[str, object]:
    words = {
        **both_data("text", document["text"]),
        **both_data("where", document.get("where")),
        **both_data("answer", document.get("answer")),
    }
    limit = document.get("limit_seconds")
    return {**words, "level": document["level"], "item_kind": document["kind"], "limit": str(limit or "")}


def _touchpoint(document: TouchpointContent) -> dict[str, object]:
    wait = document.get("longest_wait_seconds")
    return {
        **both_data("name", document["name"]),
        **both_data("need", document.get("need")),
        "channels": document["channels"],
        "own_channel": ", ".join(slug for slug in document["channels"] if slug not in CHANNELS),
        "longest_wait": f"{round(wait / 60, 2):g}" if wait else "",
        "phrases": "".join(f"{_line(each)}\n" for each in document["phrases"]),
        **{f"target_{level}": str(shown(document["targets"][level])) for level in LEVELS},
        **{f"importance_{lens}": str(document["importance"][lens]) for lens in LENSES},
    }


def _line(words: Words) -> str:
    return words["en"] if words["zh"] == words["en"] else f"{words['en']} | {words['zh']}"
