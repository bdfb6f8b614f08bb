"""Sign-in, sign-out, the way to each role's first page, the choice of language; GET /session for phones."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.http import local_target
from shadowing.core.i18n import language, remember
from shadowing.core.problems import Problem
from shadowing.core.routes import ANYBODY, Routes, api_routes
from shadowing.people import audit, known_browsers, sessions, throttle
from shadowing.people.accounts import anybody_there, find_person
from shadowing.people.entrance import let_in
from shadowing.people.forms import LanguageForm, SignInForm
from shadowing.people.models import Person
from shadowing.people.passwords import hash_password, matches, needs_rehash

pages = Routes("accounts", __name__)
api = api_routes("accounts")

FIRST_PAGES = {"observer": "/app", "lead": "/areas", "admin": "/areas", "executive": "/summary"}


@pages.get("/", roles=ANYBODY)
def home() -> ResponseReturnValue:
    """Each role's own first page."""
    if not current_user.is_authenticated:
        return redirect(url_for("accounts.sign_in"))
    return redirect(FIRST_PAGES[current_user.role])


@pages.get("/sign-in", roles=ANYBODY)
def sign_in() -> ResponseReturnValue:
    target = request.args.get("next", "")
    if current_user.is_authenticated and "again" not in request.args:
        return redirect(local_target(target, url_for("accounts.home")))
    if not anybody_there():
        return redirect("/setup")
    return render_template("people/sign_in.html", form=SignInForm(next=target))


@pages.post("/sign-in", roles=ANYBODY)
def sign_in_post() -> ResponseReturnValue:
    form = SignInForm(request.form)
    if not form.validate():
        return render_template("people/sign_in.html", form=form), 422
    person = _authenticate(form.email.data or "", form.password.data or "")
    if person is None:
        form.password.errors = [_("E-mail and password do not match. Check both, or ask whoever invited you.")]
        return render_template("people/sign_in.html", form=form), 422
    let_in(person)
    return redirect(local_target(form.next.data, url_for("accounts.home")))


@pages.post("/sign-out", roles=ANYBODY)
def sign_out() -> ResponseReturnValue:
    """Pages with names leave the browser's cache; never its storage or cookies, where unsent records lie."""
    sessions.leave()
    db.session.commit()
    answer = redirect(url_for("accounts.sign_in"))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@pages.post("/language", roles=ANYBODY)
def choose_language() -> Response:
    """Keep the language: with the person when somebody is signed in, else on this device."""
    form = LanguageForm(request.form)
    if not form.validate():
        raise Problem("invalid", [("language", form.language.errors[0])])
    chosen = form.language.data or ""
    if current_user.is_authenticated:
        current_user.locale = chosen
        db.session.commit()
    return remember(chosen, local_target(form.next.data, url_for("accounts.home")))


@api.get("/session", endpoint="session", roles=ANYBODY)
def session_state() -> Response:
    """Who is signed in here, by which session, who left by choice, and the server's clock. Never 401."""
    person = current_user if current_user.is_authenticated else None
    response = jsonify(
        user=_public(person),
        session=sessions.name() if person else None,
        left=None if person else sessions.who_left(),
        server_time=clock.now().isoformat(),
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _authenticate(email: str, password: str) -> Person | None:
    """The person, or None. Commits the count of failures. Raises too_many_tries."""
    moment, address = clock.now(), request.remote_addr or "?"
    person = find_person(email)
    browser = known_browsers.mark_for(person)
    throttle.refuse_when_too_many(email, address, moment, browser)
    if not matches(password, person.password_hash if person and person.is_active else None):
        throttle.note_failure(email, address, moment, browser)
        audit.note("sign_in_failed", "person", person.id if person else "", {"from": throttle.network(address)})
        db.session.commit()
        return None
    if person is not None and needs_rehash(person.password_hash or ""):
        person.password_hash = hash_password(password)
    throttle.forget(email)
    audit.note("sign_in", "person", person.id if person else "")
    db.session.commit()
    return person


def _public(person: Person | None) -> dict[str, Any] | None:
    if person is None:
        return None
    return {
        "id": str(person.id),
        "name": person.name,
        "email": person.email,
        "role": person.role,
        "locale": person.locale or language(),
        "department": person.department.name if person.department else None,
    }
