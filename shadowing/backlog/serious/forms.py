"""What is said when a serious failure was put right with the customer."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField

from shadowing.core.forms import PageForm


class PutRightForm(PageForm):
    """on, at: day and time on the organisation's clock."""

    on = StringField(_l("Day"), default="")
    at = StringField(_l("Time"), default="")
    words = StringField(_l("What was done for them"), default="")
