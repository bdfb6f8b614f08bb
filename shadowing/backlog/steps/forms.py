"""What the checklist of a plan sends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField

from shadowing.core.forms import PageForm
from shadowing.scoring.shapes import Choice

#: Path in a refusal -> field of the form.
AT_FIELDS = {"owner": "who", "due": "by", "cost": "costs", "revision": ""}


class StepForm(PageForm):
    """do: save, done, undone, up, down, remove or back; revision: as the step was when it was shown.

    then: `mine` when it was ticked on the page of one's own.
    """

    then = StringField(default="")
    do = StringField(default="save")
    revision = StringField(default="0")
    what = StringField(_l("Step"), default="")
    who = SelectField(_l("Who does it"), validate_choice=False, default="")
    by = StringField(_l("Due"), default="")
    days = StringField(_l("Person-days"), default="")
    costs = StringField(_l("Cost"), default="")

    def offer(self, owners: Iterable[Choice]) -> None:
        self.who.choices = [("", _("Whoever owns the improvement")), *((each.value, each.name) for each in owners)]

    def document(self) -> dict[str, Any]:
        return {
            "what": self.what.data,
            "owner": self.who.data or None,
            "due": self.by.data or None,
            "days": self.days.data or None,
            "cost": self.costs.data or None,
        }


class BudgetForm(PageForm):
    """Empty is unknown."""

    days = StringField(_l("Person-days a month"), default="")
    money = StringField(_l("Money a month"), default="")

    def document(self) -> dict[str, Any]:
        return {"days": self.days.data or None, "money": self.money.data or None}
