"""What is said about an improvement."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField

from shadowing.core.forms import PageForm


class CommentForm(PageForm):
    """words: plain text; how much of it fits says whoever keeps it (comments.py), for the API too."""

    words = StringField(_l("Comment"), default="")
