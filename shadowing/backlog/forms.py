"""What the page of an improvement sends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField

from shadowing.core.forms import PageForm
from shadowing.core.i18n import words
from shadowing.core.vocabulary import EFFORT_SIZES
from shadowing.scoring.shapes import Choice

#: Fields and what they are in a change; an emptied one clears the value ...
FIELDS = {"owner_id": "owner", "due_on": "due", "effort": "effort", "title": "title", "plan": "plan"}
#: ... but these say nothing when empty.
STEP = ("state", "reason", "shipped_on")
#: Where a refusal of the change stands on the page; what has no field there stands over the form.
AT_FIELDS = {**{path: name for name, path in FIELDS.items()}, "state": "", "revision": ""}


class ImprovementForm(PageForm):
    """The same change as by PATCH, whose schema says what fits; state: of the button that was pressed."""

    revision = StringField(default="0")
    state = StringField(default="")
    title = StringField(_l("Name of the improvement"))
    owner_id = SelectField(_l("Owner"), validate_choice=False)
    effort = SelectField(_l("Effort"), validate_choice=False)
    due_on = StringField(_l("Due"))
    plan = StringField(_l("Plan, one step a line"))
    shipped_on = StringField(_l("Live since (when it is shipped)"), default="")
    reason = StringField(_l("Why (asked when you decline or reopen)"), default="")

    def offer(self, owners: Iterable[Choice]) -> None:
        self.owner_id.choices = [("", _("Unassigned")), *((each.value, each.name) for each in owners)]
        sizes = [(size, size + _(", ") + words(both)) for size, both in EFFORT_SIZES.items()]
        self.effort.choices = [("", "–"), *sizes]

    def document(self) -> dict[str, Any]:
        """What PATCH takes; a field that was not sent is not in it."""
        said: dict[str, Any] = {name: self[name].data for name in STEP if self[name].data}
        said |= {path: self[name].data or None for name, path in FIELDS.items() if self[name].raw_data}
        return {**said, "revision": self.revision.data}
