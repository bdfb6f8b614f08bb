"""What choosing one of two sends."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField

from shadowing.core.forms import PageForm


class ChoiceOfTwoForm(PageForm):
    """chosen: of the button that was pressed; revisions: of both as they were looked at."""

    chosen = StringField(default="")
    other = StringField(default="")
    revision = StringField(default="")
    other_revision = StringField(default="")
    reason = StringField(_l("Why this one"), default="")
