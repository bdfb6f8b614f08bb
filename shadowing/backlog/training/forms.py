"""What the pages send on which a training is planned or changed."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField

from shadowing.backlog.steps.forms import AT_FIELDS as OF_STEPS
from shadowing.backlog.steps.forms import StepForm
from shadowing.backlog.training.planning import Chosen

#: Path in a refusal -> field of the form.
AT_FIELDS = {**OF_STEPS, "held_on": "held"}


class TrainingForm(StepForm):
    """A step with what makes it a training. held: the day on which it was held, said by hand; empty = as it was ticked.

    departments: ids, none = everybody; standards: keys of the touchpoint's standards.
    """

    what = StringField(_l("What is trained"), default="")
    by = StringField(_l("When"), default="")
    departments = SelectMultipleField(_l("For whom"), validate_choice=False)
    standards = SelectMultipleField(_l("Which standards it should lift"), validate_choice=False)
    held = StringField(_l("Held on"), default="")

    def offer_choices(self, departments: Iterable[tuple[str, str]], standards: Iterable[tuple[str, str]]) -> None:
        self.departments.choices, self.standards.choices = list(departments), list(standards)

    @property
    def chosen(self) -> Chosen:
        return Chosen(tuple(self.departments.data or ()), tuple(self.standards.data or ()), self.held.data or "")
