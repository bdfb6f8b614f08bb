"""What /strategy sends."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from shadowing.core.forms import PageForm, both, text_field
from shadowing.core.vocabulary import LENSES
from shadowing.journeys.editing import tidy

LONGEST = 300
TOO_LONG = _l("This is too long; 300 signs at most.")


class SentencesForm(PageForm):
    """A sentence for each lens, in both languages; revision: which ones were looked at."""

    revision = StringField(default="")


for _lens in LENSES:
    for _language in ("en", "zh"):
        setattr(SentencesForm, f"{_lens}_{_language}", text_field(LONGEST, TOO_LONG, tidy))


class PrincipleForm(PageForm):
    """A principle: its name in one language at least, and what it means. do: save or retire one that is there."""

    name_en = text_field(LONGEST, TOO_LONG, tidy)
    name_zh = text_field(LONGEST, TOO_LONG, tidy)
    meaning_en = text_field(LONGEST, TOO_LONG, tidy)
    meaning_zh = text_field(LONGEST, TOO_LONG, tidy)
    do = StringField(default="save")

    def validate(self, extra_validators: Any = None) -> bool:
        fine: bool = super().validate(extra_validators)
        if both(self, "name") is None:
            self.name_en.errors = [_("Fill in a name in one language at least.")]
            return False
        return fine
