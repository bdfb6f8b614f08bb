"""Joining by an invitation: whoever scanned a poster says who they are and has an account."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.i18n import language
from shadowing.core.problems import Problem
from shadowing.core.routes import ANYBODY
from shadowing.people import audit, throttle
from shadowing.people.accounts import Refused
from shadowing.people.entrance import let_in, pages
from shadowing.people.forms import JoinForm
from shadowing.people.invitations import find_open, join
from shadowing.people.models import Invitation


@pages.get("/join/<code>", roles=ANYBODY, secret=True)
def joining(code: str) -> str:
    """Who scanned a poster says who they are."""
    return _join_page(_invitation(code), JoinForm())


@pages.post("/join/<code>", roles=ANYBODY, secret=True)
def join_in(code: str) -> ResponseReturnValue:
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


def _invitation(code: str) -> Invitation:
    found = find_open(code, clock.now())
    if found is None:
        raise Problem("link_over")
    return found


def _already(form: JoinForm) -> str:
    return _("%(email)s has an account already.", email=form.email.data)


def _join_page(invitation: Invitation, form: JoinForm) -> str:
    return render_template("people/join.html", form=form, invitation=invitation)
