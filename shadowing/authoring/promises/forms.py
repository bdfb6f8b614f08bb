"""What the pages of promises send."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, ValidationError

from shadowing.authoring.editor.pages import WRONG
from shadowing.authoring.editor.reading import MOST_TEXT
from shadowing.core.forms import ChoiceField, PageForm, both, text_field
from shadowing.core.ids import our_id
from shadowing.core.text import lines
from shadowing.core.vocabulary import LEVELS, PROMISE_SOURCES
from shadowing.journeys.editing import tidy

DECISIONS = {"keep": _l("Keep it"), "correct": _l("Correct it")}


class DecisionForm(PageForm):
    """decision: keep or correct; words: how it is kept, or what is said instead; asked: id of who carries it out.

    p: the promise; after: id of the decision this one was made in sight of, 0 = none.
    """

    p = StringField(default="")
    after = StringField(default="")
    decision = ChoiceField(known=DECISIONS, wrong=_l("Choose whether to keep or to correct it."))
    words = text_field(
        MOST_TEXT,
        _l("This is too long; 1,000 signs at most."),
        lines,
        _l("How it is kept, or what is said instead"),
    )
    asked = SelectField(_l("Who is asked"), validate_choice=False, default="")


class NewPromiseForm(PageForm):
    """text and where in both languages; place: <journey>:<touchpoint>."""

    text_en = text_field(MOST_TEXT, WRONG["long"], tidy)
    text_zh = text_field(MOST_TEXT, WRONG["long"], tidy)
    where_en = text_field(MOST_TEXT, WRONG["long"], tidy)
    where_zh = text_field(MOST_TEXT, WRONG["long"], tidy)
    source = ChoiceField(_l("Who brings it"), known=PROMISE_SOURCES)
    place = StringField(_l("Where it is kept or broken"), default="")
    level = ChoiceField(_l("Level"), known=LEVELS)

    def validate(self, extra_validators: Any = None) -> bool:
        fine: bool = super().validate(extra_validators)
        if both(self, "text") is None:
            self.text_en.errors = [str(WRONG["name"])]
            return False
        return fine

    def validate_place(self, field: Any) -> None:
        if self.touchpoint[0] is None:
            raise ValidationError(WRONG["choice"])

    @property
    def touchpoint(self) -> tuple[int | None, str]:
        """(id of the journey, key of the touchpoint)."""
        number, _colon, key = (self.place.data or "").partition(":")
        return our_id(number), key
