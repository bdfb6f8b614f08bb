"""One's own name and password."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import EVERYONE
from shadowing.people import audit, known_browsers, throttle
from shadowing.people.accounts import end_token, tokens_of
from shadowing.people.entrance import accept_password, let_in, pages
from shadowing.people.forms import ChangePasswordForm, OwnNameForm
from shadowing.people.passwords import matches


@pages.get("/account", roles=EVERYONE)
def account() -> str:
    """One's own name, language and password."""
    return _account_page(OwnNameForm(name=current_user.name), ChangePasswordForm())


@pages.post("/account", roles=EVERYONE)
def rename() -> ResponseReturnValue:
    form = OwnNameForm(request.form)
    if not form.validate():
        return _account_page(form, ChangePasswordForm()), 422
    current_user.name = form.name.data
    audit.note("rename", "person", current_user.id)
    db.session.commit()
    return _account_page(form, ChangePasswordForm(), _("Your name is changed."))


@pages.post("/account/password", roles=EVERYONE)
def change_password() -> ResponseReturnValue:
    """The present password first; then every other session ends, and this one goes on."""
    form, moment, address = ChangePasswordForm(request.form), clock.now(), request.remote_addr or "?"
    person = db.session.merge(current_user._get_current_object())
    browser = known_browsers.mark_for(person)
    throttle.refuse_when_too_many(person.email, address, moment, browser)
    complete = form.validate()
    right = complete and matches(form.current.data or "", person.password_hash)
    if complete and not right:
        throttle.note_failure(person.email, address, moment, browser)
        db.session.commit()
        form.current.errors = [_("This is not your present password.")]
    if not right or not accept_password(form, person):
        return _account_page(OwnNameForm(name=person.name), form), 422
    audit.note("change_password", "person", person.id)
    db.session.commit()
    let_in(person)
    done = _("Your password is changed. Other devices must sign in again.")
    return _account_page(OwnNameForm(name=person.name), ChangePasswordForm(), done)


@pages.post("/account/tokens/<int(max=2147483647):id>/end", roles=EVERYONE)
def end_own_token(id: int) -> ResponseReturnValue:
    """Whatever used this token is refused from now on."""
    if not end_token(current_user, id, clock.now()):
        raise Problem("not_found")
    audit.note("end_token", "person", current_user.id, {"token": id})
    db.session.commit()
    return redirect(url_for("letting_in.account", _anchor="doors"), 303)


@pages.post("/account/calendar/end", roles=EVERYONE)
def end_own_calendar() -> ResponseReturnValue:
    current_user.calendar_digest = None
    audit.note("end_calendar_address", "person", current_user.id)
    db.session.commit()
    return redirect(url_for("letting_in.account", _anchor="doors"), 303)


def _account_page(name: OwnNameForm, password: ChangePasswordForm, done: str = "") -> str:
    tokens = tokens_of(current_user)
    return render_page("people/account.html", name=name, password=password, done=done, tokens=tokens)
