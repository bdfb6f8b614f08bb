"""A password of one's own, chosen over a link: the link is asked for here, or an administrator hands it over."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.problems import Problem
from shadowing.core.routes import ANYBODY
from shadowing.people import audit, throttle
from shadowing.people.accounts import find_person
from shadowing.people.entrance import accept_password, let_in, pages
from shadowing.people.forms import ForgottenForm, NewPasswordForm
from shadowing.people.letters import can_send_links, promise_link
from shadowing.people.links import person_of_link
from shadowing.people.models import Person


@pages.get("/forgotten", roles=ANYBODY)
def forgotten() -> str:
    return render_template("people/forgotten.html", form=ForgottenForm(), by_mail=can_send_links(), sent=False)


@pages.post("/forgotten", roles=ANYBODY)
def ask_for_link() -> ResponseReturnValue:
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


@pages.get("/password/<token>", roles=ANYBODY, secret=True)
def choosing_password(token: str) -> str:
    return render_template("people/new_password.html", form=NewPasswordForm(), person=_of_link(token), token=token)


@pages.post("/password/<token>", roles=ANYBODY, secret=True)
def choose_password(token: str) -> ResponseReturnValue:
    person, form = _of_link(token), NewPasswordForm(request.form)
    if not form.validate() or not accept_password(form, person):
        return render_template("people/new_password.html", form=form, person=person, token=token), 422
    audit.note("choose_password", "person", person.id)
    throttle.forget(person.email)
    db.session.commit()
    let_in(person)
    return redirect(url_for("accounts.home"), 303)


def _of_link(token: str) -> Person:
    found = person_of_link(token)
    if found is None:
        raise Problem("link_over")
    return found
