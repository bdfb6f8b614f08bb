"""What cards of the board and rows of the list send."""

from __future__ import annotations

from wtforms import StringField

from shadowing.core.forms import PageForm


class MoveForm(PageForm):
    """item: its id; state: where to; revision: as the card was shown. Undoing sends the revision alone."""

    item = StringField(default="")
    revision = StringField(default="0")
    state = StringField(default="")
