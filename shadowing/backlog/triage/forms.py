"""What the pages of proposals send."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField

from shadowing.backlog.triage.deciding import TriageAnswer
from shadowing.backlog.triage.origins import SAID
from shadowing.core.forms import ChoiceField, PageForm
from shadowing.core.i18n import words
from shadowing.core.text import one_line
from shadowing.core.vocabulary import LEVELS
from shadowing.scoring.shapes import Choice

#: Why a proposal is not taken on; in one's own words besides, or instead.
REASONS = {
    "doing": _l("It is being done already."),
    "not_ours": _l("It is not ours to change."),
    "costs": _l("It costs more than it brings."),
    "not_seen": _l("It is not what was seen."),
}
#: Where a refusal stands on the page.
AT_FIELDS = {"ref": "", "due": "due_on", "reason": "words", "state": "", "revision": ""}


class ProposalForm(PageForm):
    """origin and ref: where it comes from, as the address said it."""

    area_id = SelectField(_l("Where"), validate_choice=False)
    level = SelectField(_l("Level"), validate_choice=False)
    title = StringField(_l("Name of the improvement"))
    why = StringField(_l("Why"))
    origin = HiddenField(default="own_wish")
    ref = HiddenField(default="")

    def offer(self) -> None:
        self.area_id.choices = []  # they come by journey; where there is none, there is nothing to choose
        self.level.choices = [(level, words(name)) for level, name in LEVELS.items()]

    def document(self) -> dict[str, Any]:
        """What POST takes."""
        said = {name: self[name].data or "" for name in ("area_id", "level", "title", "why")}
        return {**said, "origin": SAID.get(self.origin.data or "", "own_wish"), "ref": self.ref.data or None}


class TriageForm(PageForm):
    """What becomes of a proposal: verb, and what this verb asks for."""

    revision = StringField(default="0")
    verb = StringField(default="")
    owner = StringField(_l("Owner"), default="")
    owner_id = SelectField(_l("Who"), validate_choice=False)
    due = StringField(_l("Due"), default="")
    due_on = StringField(_l("Another day"), default="")
    into = StringField(_l("Merge into"), default="")
    until = StringField(_l("Comes back on"), default="")
    until_on = StringField(_l("Another day"), default="")
    why = ChoiceField(_l("Why not?"), known=REASONS, default="")
    words = StringField(_l("In your words"), default="")
    title = StringField(_l("Name of the second one"), default="")

    def offer(self, owners: Iterable[Choice]) -> None:
        self.owner_id.choices = [("", _("Choose a name")), *((each.value, each.name) for each in owners)]

    def said(self, own_id: int) -> TriageAnswer:
        """Of the fields that belong to the verb."""
        owner = {"me": str(own_id)}.get(self.owner.data or "", self.owner_id.data or "")
        reasons = (str(REASONS[self.why.data]) if self.why.data in REASONS else "", one_line(self.words.data or ""))
        return TriageAnswer(
            verb=self.verb.data or "",
            revision=self.revision.data or "",
            owner=owner,
            due=self.due_on.data or self.due.data or "",
            reason=" ".join(filter(None, reasons)),
            until=self.until_on.data or self.until.data or "",
            into=self.into.data or "",
            title=self.title.data or "",
        )
