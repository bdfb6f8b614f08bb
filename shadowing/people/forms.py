"""The forms of people who are not, or not yet, at work in here: sign-in, joining, passwords."""

from __future__ import annotations

from typing import Any

from flask import flash, has_request_context
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from shadowing.core.forms import ChoiceField, PageForm
from shadowing.core.i18n import LANGUAGES
from shadowing.core.text import loses, one_line
from shadowing.people.passwords import LONGEST


def tidy(value: Any) -> str:
    """One line as it was written; when signs that hide or turn text went, the page that follows says so."""
    if loses(value or "") and has_request_context():
        flash(_("Signs that hide text or turn its direction were left out."))
    return one_line(value or "")


LONG_EMAIL = Length(max=254, message=_l("An e-mail address has at most 254 characters."))
LONG_NAME = Length(max=120, message=_l("A name has at most 120 characters."))
LONG_PASSWORD = Length(max=LONGEST, message=_l("A password has at most %(max)d characters."))


def email_field(label: Any) -> EmailField:
    return EmailField(label, [DataRequired(_l("Fill in your work e-mail.")), LONG_EMAIL], filters=[tidy])


class SignInForm(PageForm):
    email = email_field(_l("Work e-mail"))
    password = PasswordField(_l("Password"), [InputRequired(_l("Fill in your password.")), LONG_PASSWORD])
    next = HiddenField()


class JoinForm(PageForm):
    """Whoever scanned a poster says who they are."""

    name = StringField(
        _l("Your name, as colleagues know it"), [DataRequired(_l("Fill in your name.")), LONG_NAME], filters=[tidy]
    )
    email = email_field(_l("Work e-mail"))
    password = PasswordField(
        _l("A password, 10 characters or more"), [InputRequired(_l("Choose a password.")), LONG_PASSWORD]
    )


class FirstPersonForm(JoinForm):
    """The first administrator; the code stands on the server's terminal."""

    code = StringField(_l("Code from the server’s terminal"), [DataRequired(_l("Fill in the code."))], filters=[tidy])


class ForgottenForm(PageForm):
    email = email_field(_l("Work e-mail"))


class NewPasswordForm(PageForm):
    password = PasswordField(
        _l("New password, 10 characters or more"), [InputRequired(_l("Choose a password.")), LONG_PASSWORD]
    )


class ChangePasswordForm(NewPasswordForm):
    current = PasswordField(
        _l("Present password"), [InputRequired(_l("Fill in your present password.")), LONG_PASSWORD]
    )


class OwnNameForm(PageForm):
    name = StringField(_l("Your name"), [DataRequired(_l("Fill in your name.")), LONG_NAME], filters=[tidy])


class LanguageForm(PageForm):
    """next: where the choice was made."""

    language = ChoiceField(known=LANGUAGES, wrong=_l("Choose English or Chinese."))
    next = StringField()
