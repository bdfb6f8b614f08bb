"""What /goals sends."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from shadowing.core.forms import ChoiceField, PageForm, WholeNumberField
from shadowing.core.vocabulary import LEVELS, Level

PERIOD_WORDS = {"month": _l("a month"), "quarter": _l("a quarter"), "year": _l("a year")}


class GoalForm(PageForm):
    """The line of satisfaction in per cent, and how many visits each makes in a period."""

    satisfied = WholeNumberField(_l("Satisfied, per cent"), least=50, most=100, needed=True)
    visits = WholeNumberField(_l("Visits each"), least=1, most=100, needed=True)
    period = ChoiceField(_l("In"), known=PERIOD_WORDS, wrong=_l("Choose one of these."))


class TargetsForm(PageForm):
    """Targets of a journey or of the organisation, one a level, 0 to 100; one left empty is inherited."""

    def said(self) -> dict[Level, int]:
        numbers = {level: self[f"target_{level}"].data for level in LEVELS}
        return {level: number for level, number in numbers.items() if number is not None}


for _level in LEVELS:
    setattr(TargetsForm, f"target_{_level}", WholeNumberField(least=0, most=100))
