"""What the page of one's own sends about news and mail."""

from __future__ import annotations

from wtforms import BooleanField, IntegerField

from shadowing.core.forms import PageForm


class NewsForm(PageForm):
    """until: the newest fact that was told."""

    until = IntegerField()


class OwnerMailForm(PageForm):
    mails = BooleanField()
