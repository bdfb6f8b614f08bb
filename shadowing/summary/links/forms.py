"""What the page of shared links sends."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.validators import AnyOf, DataRequired, Length

from shadowing.core.forms import PageForm
from shadowing.core.text import one_line

DAYS = {"7": _l("7 days"), "30": _l("30 days"), "90": _l("90 days"), "365": _l("A year")}


class ShareForm(PageForm):
    """label: for whom it is, so that it is known later which one to withdraw."""

    journey = HiddenField()
    label = StringField(
        _l("For whom"),
        [DataRequired(_l("Say for whom it is, so that you know later which one to withdraw.")), Length(max=120)],
        filters=[lambda said: one_line(said or "")],
    )
    days = SelectField(
        _l("Works for"),
        [AnyOf(DAYS, message=_l("Choose one of the list."))],
        validate_choice=False,
    )
    frozen = BooleanField(_l("Keep the figures as they are today"))

    def offer(self) -> None:
        self.days.choices = list(DAYS.items())
