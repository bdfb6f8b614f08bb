"""The sign-in form."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, Form, HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from shadowing.accounts.passwords import LONGEST


class SignInForm(Form):
    email = EmailField(
        _l("Work e-mail"),
        [InputRequired(_l("Fill in your work e-mail.")), Length(max=254)],
        filters=[lambda v: (v or "").strip()],
    )
    password = PasswordField(_l("Password"), [InputRequired(_l("Fill in your password.")), Length(max=LONGEST)])
    next = HiddenField()
