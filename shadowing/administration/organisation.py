"""/setup, the first run; /settings, the same later; the mark; /more, what a phone's tab bar has no room for."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Response, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.administration.forms import MailForm, OrganisationForm
from shadowing.administration.logo import BadMark
from shadowing.administration.packs import add_pack
from shadowing.administration.settings import (
    keep_mail,
    keep_organisation,
    mail_form,
    mail_is_given,
    mark_bytes,
    mark_sentence,
    organisation_form,
    send_test_mail,
)
from shadowing.core import clock
from shadowing.core.database import advisory_lock, db
from shadowing.core.i18n import language, words
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import ADMINS, ANYBODY, READERS, Routes
from shadowing.journeys.packs import offered
from shadowing.people import audit, throttle
from shadowing.people.accounts import (
    Refused,
    add_person,
    add_site,
    anybody_there,
    anywhere,
    organisation,
    refuse_weak,
)
from shadowing.people.entrance import let_in
from shadowing.people.forms import FirstPersonForm
from shadowing.people.links import base_address, is_setup_code

pages = Routes("organisation", __name__)

TESTED = "mail_test"


@pages.get("/setup", roles=ANYBODY, secret=True)
def setup() -> ResponseReturnValue:
    """Nobody has an account: who are you? Then the organisation, once. After that there is /settings."""
    if not anybody_there():
        form = FirstPersonForm(data={"code": request.args.get("code")})
        return render_template("administration/first.html", form=form)
    if current_user.is_authenticated and current_user.role == "admin":
        return redirect(url_for("organisation.settings")) if organisation().set_up_at else _setup_page()
    return redirect(url_for("accounts.home"))


@pages.post("/setup/you", roles=ANYBODY, secret=True)
def first_person() -> ResponseReturnValue:
    """The first administrator, who can read the server's terminal."""
    moment, address = clock.now(), request.remote_addr or "?"
    throttle.refuse_address_when_too_many(address, moment)
    advisory_lock("first person")
    if anybody_there():
        raise Problem("link_over")
    form = FirstPersonForm(request.form)
    fine = form.validate()
    if fine and not is_setup_code(form.code.data or ""):
        throttle.note_address(address, moment)
        db.session.commit()
        form.code.errors = [_("This is not the code that the server printed when it started.")]
        fine = False
    if not fine or not _made(form):
        return render_template("administration/first.html", form=form), 422
    return redirect(url_for("organisation.setup"), 303)


@pages.post("/setup", roles=ANYBODY, secret=True)
def set_up() -> ResponseReturnValue:
    """step: mail (send a test), came (it came), or open (done)."""
    if not (current_user.is_authenticated and current_user.role == "admin") or organisation().set_up_at:
        return redirect(url_for("accounts.home"), 303)
    form, post = _sent()
    answer = _keep(form, post, _setup_page)
    if answer is not None:
        return answer
    if form.step.data != "open":
        return _after_mail(form, "organisation.setup")
    if form.pack.data:
        add_pack(form.pack.data, clock.now())
    if not anywhere():
        add_site(organisation().name)  # a visit needs a place; this one can be renamed
    organisation().set_up_at = clock.now()
    audit.note("set_up", "organisation", organisation().id)
    db.session.commit()
    flash(_("Ready. Invite the first colleagues here, or walk the first visit yourself."))
    return redirect(url_for("inviting.index"), 303)


@pages.get("/settings", roles=ADMINS)
def settings() -> str:
    return _settings_page()


@pages.post("/settings", roles=ADMINS)
def change() -> ResponseReturnValue:
    """step: save, mail or came."""
    form, post = _sent()
    answer = _keep(form, post, _settings_page)
    if answer is not None:
        return answer
    if form.step.data in ("mail", "came"):
        return _after_mail(form, "organisation.settings")
    flash(_("Saved."))
    return redirect(url_for("organisation.settings"), 303)


@pages.get("/mark.png", roles=ANYBODY)
def mark() -> Response:
    """The organisation's own picture; customers see it too."""
    raw = mark_bytes()
    if raw is None:
        raise Problem("not_found")
    reply = Response(raw, mimetype="image/png")
    reply.set_etag(hashlib.sha256(raw).hexdigest()[:32])
    reply.headers["Cache-Control"] = "public, max-age=300"
    reply.make_conditional(request)
    return reply


@pages.get("/more", roles=READERS)
def more() -> str:
    return render_page("administration/more.html")


def _made(form: FirstPersonForm) -> bool:
    """Makes the first administrator and lets them in; or says on the form what is wrong."""
    name, email, password = form.name.data or "", form.email.data or "", form.password.data or ""
    try:
        refuse_weak(password, email, name)
        person = add_person(email, name, "admin", password, locale=language())
    except Refused as refused:
        db.session.rollback()
        form.form_errors.append(str(refused))
        return False
    db.session.flush()
    audit.note("first_person", "person", person.id)
    db.session.commit()
    let_in(person)
    return True


def _sent() -> tuple[OrganisationForm, MailForm]:
    return organisation_form(request.form), mail_form(request.form)


def _keep(form: OrganisationForm, post: MailForm, page: Any) -> ResponseReturnValue | None:
    """Keeps what was filled in and commits; or the page again with what needs another look."""
    if not all([form.validate(), post.validate()]):  # both, so that each fault is said at once
        return page(form, post), 422
    try:
        home = keep_organisation(form, request.files.get("mark"))
    except BadMark as bad:
        db.session.rollback()
        form.form_errors.append(mark_sentence(bad))
        return page(form, post), 422
    if not mail_is_given():
        keep_mail(post)
    db.session.flush()
    audit.note("change", "organisation", home.id)
    db.session.commit()
    return None


def _after_mail(form: OrganisationForm, endpoint: str) -> ResponseReturnValue:
    if form.step.data == "came":
        organisation().mail_came_at = clock.now()
        db.session.commit()
        session.pop(TESTED, None)
    else:
        session[TESTED] = send_test_mail(current_user, clock.now())
    return redirect(url_for(endpoint, _anchor="mail"), 303)


def _setup_page(form: OrganisationForm | None = None, post: MailForm | None = None) -> str:
    chosen = form.pack.data if form else None
    return render_template("administration/setup.html", packs=offered(), chosen=chosen, **_shown(form, post))


def _settings_page(form: OrganisationForm | None = None, post: MailForm | None = None) -> str:
    return render_page("administration/settings.html", **_shown(form, post))


def _shown(form: OrganisationForm | None, post: MailForm | None) -> dict[str, Any]:
    home = organisation()
    return {
        "form": form or organisation_form(),
        "post": post or mail_form(),
        "home": home,
        "letter": words(home.name)[:1].upper(),
        "mail_given": mail_is_given(),
        "links_work": bool(base_address()),
        "tested": session.get(TESTED),
    }
