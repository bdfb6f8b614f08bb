"""What the answer to a question sends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField

from shadowing.core.forms import ChoiceField, PageForm
from shadowing.scoring.shapes import Choice
from shadowing.summary.questions.answering import NO, AnswerSent

CORRECT = "correct"
#: kind -> what may be answered; the last one asks back.
ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "improvement": {"yes": _l("Yes"), "no": _l("No"), "ask": _l("Ask")},
    "promise": {"keep": _l("Keep it"), "correct": _l("Correct it"), "ask": _l("Ask")},
}
ALL = {what: said for answers in ANSWERS.values() for what, said in answers.items()}


class AnswerForm(PageForm):
    """revision: of what was looked at; each answer has its own words, so that nothing typed is lost by changing it."""

    revision = StringField(default="")
    answer = ChoiceField(_l("Your answer"), known=ALL, wrong=_l("Choose an answer."))
    words = StringField(_l("What you want to say with it"), default="")
    reason = StringField(_l("Why not"), default="")
    question = StringField(_l("What you want to know first"), default="")
    owner_id = SelectField(_l("Owner"), validate_choice=False, default="")
    due_on = StringField(_l("Due"), default="")

    def offer(self, owners: Iterable[Choice]) -> None:
        self.owner_id.choices = [("", _("Choose a name")), *((each.value, each.name) for each in owners)]

    def said(self) -> AnswerSent:
        what = self.answer.data or ""
        return AnswerSent(
            what=what,
            revision=self.revision.data or "",
            words=self[self._words_of(what)].data or "",
            question=self.question.data or "",
            owner=self.owner_id.data or "",
            due=self.due_on.data or "",
        )

    def places(self) -> dict[str, str]:
        """Where a refusal stands: path in the problem -> field."""
        words = self._words_of(self.answer.data or "")
        named = {"owner": "owner_id", "asked": "owner_id", "due": "due_on"}
        return {**named, "reason": words, "words": words, "state": "", "revision": ""}

    def _words_of(self, what: str) -> str:
        return "reason" if what in (NO, CORRECT) else "words"
