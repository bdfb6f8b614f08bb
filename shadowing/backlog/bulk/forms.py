"""What the list sends of several improvements."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, StringField

from shadowing.core.forms import PageForm
from shadowing.core.ids import our_id
from shadowing.scoring.shapes import Choice


class SeveralForm(PageForm):
    """several: accept, decline, assign or undo; items: `<id>.<revision>` of each that was ticked."""

    several = StringField(default="")
    items = SelectMultipleField(choices=[], validate_choice=False)
    given_to = SelectField(_l("Owner"), validate_choice=False, default="")
    because = StringField(_l("Why you decline them"), default="")

    def offer(self, owners: Iterable[Choice]) -> None:
        self.given_to.choices = [("", _("Choose an owner")), *((each.value, each.name) for each in owners)]

    def looked_at(self) -> list[tuple[int, int]]:
        """Id and revision of each, as far as they can be any of ours."""
        pairs = (
            (our_id(id), our_id(revision)) for id, _dot, revision in (each.partition(".") for each in self.items.data)
        )
        return [(id, revision) for id, revision in pairs if id is not None and revision is not None]
