"""What the page of an improvement sends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField

from shadowing.core.forms import PageForm
from shadowing.core.i18n import LANGUAGES, words
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import EFFORT_SIZES, LENSES
from shadowing.scoring.shapes import Choice

#: Fields and what they are in a change; an emptied one clears the value ...
FIELDS = {
    **{"owner_id": "owner", "due_on": "due", "effort": "effort"},
    **{"effort_days": "effort_days", "cost": "cost", "title": "title"},
}
#: ... but these say nothing when empty.
STEP = ("state", "reason")
#: Where a refusal of the change stands on the page; what has no field there stands over the form.
AT_FIELDS = {
    **{path: name for name, path in FIELDS.items()},
    **{f"lenses.{lens}": f"lens_{lens}" for lens in LENSES},
    **{f"lens_reasons.{lens}": f"reason_{lens}" for lens in LENSES},
    **{f"titles.{language}": f"title_{language}" for language in LANGUAGES},
    "state": "",
    "revision": "",
}
#: What a fix may do to a lens, as the schema takes it.
EFFECTS = {
    "": _l("not judged yet"),
    "1": _l("helps"),
    "0.5": _l("helps a little"),
    "0": _l("no effect"),
    "-0.5": _l("harms a little"),
    "-1": _l("harms"),
}


class ImprovementForm(PageForm):
    """The same change as by PATCH, whose schema says what fits; state: of the button that was pressed."""

    revision = StringField(default="0")
    state = StringField(default="")
    title = StringField(_l("Name of the improvement"))
    title_en = StringField(_l("Its name in English"))
    title_zh = StringField(_l("Its name in Chinese"))
    owner_id = SelectField(_l("Owner"), validate_choice=False)
    effort = SelectField(_l("Effort"), validate_choice=False)
    lens_customer = SelectField(validate_choice=False)
    lens_business = SelectField(validate_choice=False)
    lens_brand = SelectField(validate_choice=False)
    reason_customer = StringField(default="")
    reason_business = StringField(default="")
    reason_brand = StringField(default="")
    due_on = StringField(_l("Due"))
    effort_days = StringField(_l("Person-days, estimated"))
    cost = StringField(_l("Cost, estimated"))
    reason = StringField(_l("Why (asked when you decline or reopen)"), default="")

    def offer(self, owners: Iterable[Choice]) -> None:
        self.owner_id.choices = [("", _("Unassigned")), *((each.value, each.name) for each in owners)]
        sizes = [(size, size + _(", ") + words(both)) for size, both in EFFORT_SIZES.items()]
        self.effort.choices = [("", "–"), *sizes]
        for lens, name in LENSES.items():
            field = self[f"lens_{lens}"]
            field.label.text, field.choices = words(name), list(EFFECTS.items())
            self[f"reason_{lens}"].label.text = _("%(lens)s: why", lens=words(name))

    def document(self) -> dict[str, Any]:
        """What PATCH takes; a field that was not sent is not in it."""
        said: dict[str, Any] = {name: self[name].data for name in STEP if self[name].data}
        said |= {path: self[name].data or None for name, path in FIELDS.items() if self[name].raw_data}
        return {**said, **self._titles(), **self._lenses(), **self._reasons(), "revision": self.revision.data}

    def _titles(self) -> dict[str, Any]:
        fields = {language: self[f"title_{language}"] for language in LANGUAGES}
        if not any(field.raw_data for field in fields.values()):
            return {}
        return {"titles": {language: field.data for language, field in fields.items() if field.data}}

    def _lenses(self) -> dict[str, Any]:
        """All three, or none. Raises Problem invalid where one of them is left out."""
        fields = {lens: self[f"lens_{lens}"] for lens in LENSES}
        if not any(field.raw_data for field in fields.values()):
            return {}
        judged = {lens: field.data for lens, field in fields.items() if field.data}
        left_out = [(f"lenses.{lens}", _("Judge all three, or none.")) for lens in LENSES if lens not in judged]
        if judged and left_out:
            raise Problem("invalid", left_out)
        return {"lenses": judged or None}

    def _reasons(self) -> dict[str, Any]:
        """Of those fields that were sent."""
        fields = {lens: self[f"reason_{lens}"] for lens in LENSES}
        if not any(field.raw_data for field in fields.values()):
            return {}
        return {"lens_reasons": {lens: field.data or "" for lens, field in fields.items()}}
