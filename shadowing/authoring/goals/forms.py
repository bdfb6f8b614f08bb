"""What /goals sends."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, ValidationError

from shadowing.authoring.goals.benchmark import MOST_NAME, MOST_SOURCE, BenchmarkSaid
from shadowing.core import clock
from shadowing.core.forms import TOO_LONG, ChoiceField, NumberField, PageForm, WholeNumberField, text_field
from shadowing.core.text import one_line
from shadowing.core.vocabulary import LEVELS, Level

OUR_SCALE = "index"
SCALES = {OUR_SCALE: _l("0 to 100, higher is better"), "other": _l("another scale")}
PERIOD_WORDS = {"month": _l("a month"), "quarter": _l("a quarter"), "year": _l("a year")}


class GoalForm(PageForm):
    """The line of satisfaction in per cent, and how many visits each makes in a period."""

    satisfied = WholeNumberField(_l("Satisfied, per cent"), least=50, most=100, needed=True)
    visits = WholeNumberField(_l("Visits each"), least=1, most=100, needed=True)
    period = ChoiceField(_l("In"), known=PERIOD_WORDS, wrong=_l("Choose one of these."))


class BenchmarkForm(PageForm):
    """What the index of a journey is held against: a figure of somebody else, with where it stands."""

    name = text_field(MOST_NAME, TOO_LONG, one_line, _l("Whose figure"))
    value = NumberField(_l("Figure"), least=0, most=100, needed=True)
    scale = ChoiceField(_l("Its scale"), known=SCALES, wrong=_l("Choose one of these."), default=OUR_SCALE)
    error = NumberField(_l("Its standard error, if known"), least=0, most=100)
    day = StringField(_l("Of which day"), default="")
    source = text_field(MOST_SOURCE, TOO_LONG, one_line, _l("Where it stands"))
    published = BooleanField(_l("A published index, made in another way than ours"))

    def validate_name(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Say whose figure it is."))

    def validate_source(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Say where it stands, so that others find it."))

    def validate_scale(self, field: Any) -> None:
        if field.data != OUR_SCALE and field.data in SCALES:
            raise ValidationError(
                _("Only a figure from 0 to 100 can be compared. Bring it to that scale first, or leave it out.")
            )

    def validate_day(self, field: Any) -> None:
        try:
            clock.parse_day(field.data.strip())
        except ValueError as error:
            raise ValidationError(_("Write the day as YYYY-MM-DD.")) from error

    def said(self) -> BenchmarkSaid:
        """Once it has been validated."""
        return BenchmarkSaid(
            name=self.name.data,
            value=self.value.number or 0.0,
            error=self.error.number,
            day=clock.parse_day((self.day.data or "").strip()),
            source=self.source.data,
            published=self.published.data,
        )


class TargetsForm(PageForm):
    """Targets of a journey or of the organisation, one a level, 0 to 100; one left empty is inherited."""

    def said(self) -> dict[Level, int]:
        numbers = {level: self[f"target_{level}"].data for level in LEVELS}
        return {level: number for level, number in numbers.items() if number is not None}


for _level in LEVELS:
    setattr(TargetsForm, f"target_{_level}", WholeNumberField(least=0, most=100))
