"""What a reply to a question sends."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField

from shadowing.core.forms import PageForm


class ReplyForm(PageForm):
    words = StringField(_l("Your answer"), default="")
