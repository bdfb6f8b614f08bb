"""Coming in: who is signed in here from now on, and the ways to an account besides sign-in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.i18n import language
from shadowing.core.problems import Problem
from shadowing.people import audit, sessions, throttle
from shadowing.people.accounts import Refused, find_person, set_password
from shadowing.people.forms import ChangePasswordForm, ForgottenForm, JoinForm, NewPasswordForm, OwnNameForm
from shadowing.people.invitations import find_open, join
from shadowing.people.letters import can_send_links, promise_link
from shadowing.people.links import person_of_link
from shadowing.people.models import Invitation, Person
from shadowing.people.passwords import matches

pages = Blueprint("letting_in", __name__)


def let_in(person: Person) -> None:
    """This browser is that person's from now on, and nobody else's. Commits."""
    sessions.begin(person)
    db.session.commit()


@pages.get("/join/<code>")
def joining(code: str) -> str:
    """Who scanned a poster says who they are."""
    return _join_page(_invitation(code), JoinForm())


@pages.post("/join/<code>")
def join_in(code: str) -> Any:
    moment, address = clock.now(), request.remote_addr or "?"
    throttle.refuse_address_when_too_many(address, moment)
    invitation, form = _invitation(code), JoinForm(request.form)
    if not form.validate():
        return _join_page(invitation, form), 422
    try:
        person = join(invitation, form.name.data or "", form.email.data or "", form.password.data or "", language())
        db.session.flush()
    except (Refused, IntegrityError) as refused:
        db.session.rollback()
        throttle.note_address(address, moment)
        db.session.commit()
        form.form_errors.append(_already(form) if isinstance(refused, IntegrityError) else str(refused))
        return _join_page(_invitation(code), form), 422
    audit.note("join", "person", person.id, {"invitation": invitation.id})
    db.session.commit()
    let_in(person)
    return redirect(url_for("accounts.home"), 303)


@pages.get("/forgotten")
def forgotten() -> str:
    return render_template("people/forgotten.html", form=ForgottenForm(), by_mail=can_send_links(), sent=False)


@pages.post("/forgotten")
def ask_for_link() -> Any:
    """The same answer for everybody, so that nobody learns who has an account."""
    form = ForgottenForm(request.form)
    by_mail = can_send_links()
    if not form.validate() or not by_mail:
        return render_template("people/forgotten.html", form=form, by_mail=by_mail, sent=False), 422
    moment, address = clock.now(), request.remote_addr or "?"
    throttle.refuse_address_when_too_many(address, moment)
    person = find_person(form.email.data or "")
    throttle.note_address(address, moment)  # whoever asks for many is made to wait
    if person is not None and person.is_active:
        promise_link(person, moment)
        audit.note("ask_for_password_link", "person", person.id)
    db.session.commit()
    return render_template("people/forgotten.html", form=form, by_mail=True, sent=True)


@pages.get("/password/<token>")
def choosing_password(token: str) -> str:
    return render_template("people/new_password.html", form=NewPasswordForm(), person=_of_link(token), token=token)


@pages.post("/password/<token>")
def choose_password(token: str) -> Any:
    person, form = _of_link(token), NewPasswordForm(request.form)
    if not form.validate() or not _accepted(form, person):
        return render_template("people/new_password.html", form=form, person=person, token=token), 422
    audit.note("choose_password", "person", person.id)
    throttle.forget(person.email)
    db.session.commit()
    let_in(person)
    return redirect(url_for("accounts.home"), 303)


@pages.get("/account")
def account() -> str:
    """One's own name, language and password."""
    return _account_page(OwnNameForm(name=current_user.name), ChangePasswordForm())


@pages.post("/account")
def rename() -> Any:
    form = OwnNameForm(request.form)
    if not form.validate():
        return _account_page(form, ChangePasswordForm()), 422
    current_user.name = form.name.data
    audit.note("rename", "person", current_user.id)
    db.session.commit()
    return _account_page(form, ChangePasswordForm(), _("Your name is changed."))


@pages.post("/account/password")
def change_password() -> Any:
    """The present password first; then every other session ends, and this one goes on."""
    form, moment, address = ChangePasswordForm(request.form), clock.now(), request.remote_addr or "?"
    throttle.refuse_when_too_many(current_user.email, address, moment)
    person = db.session.merge(current_user._get_current_object())
    complete = form.validate()
    right = complete and matches(form.current.data or "", person.password_hash)
    if complete and not right:
        throttle.note_failure(person.email, address, moment)
        db.session.commit()
        form.current.errors = [_("This is not your present password.")]
    if not right or not _accepted(form, person):
        return _account_page(OwnNameForm(name=person.name), form), 422
    audit.note("change_password", "person", person.id)
    db.session.commit()
    let_in(person)
    done = _("Your password is changed. Other devices must sign in again.")
    return _account_page(OwnNameForm(name=person.name), ChangePasswordForm(), done)


def _invitation(code: str) -> Invitation:
    found = find_open(code, clock.now())
    if found is None:
        raise Problem("link_over")
    return found


def _of_link(token: str) -> Person:
    found = person_of_link(token)
    if found is None:
        raise Problem("link_over")
    return found


def _accepted(form: NewPasswordForm, person: Person) -> bool:
    try:
        set_password(person, form.password.data or "")
    except Refused as refused:
        form.password.errors = [str(refused)]
        return False
    return True


def _already(form: JoinForm) -> str:
    return _("%(email)s has an account already.", email=form.email.data)


def _join_page(invitation: Invitation, form: JoinForm) -> str:
    return render_template("people/join.html", form=form, invitation=invitation)


def _account_page(name: OwnNameForm, password: ChangePasswordForm, done: str = "") -> str:
    return render_template("people/account.html", name=name, password=password, done=done)
