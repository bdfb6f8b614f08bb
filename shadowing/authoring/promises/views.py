"""/promises: what we promise and whether it is kept; a promise is kept or corrected, under a name."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.authoring.promises.decisions import decide
from shadowing.authoring.promises.forms import DecisionForm, NewPromiseForm
from shadowing.authoring.promises.new_promise import add, offered_places
from shadowing.authoring.promises.pages import promise_named, register_page
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.forms import apart, put_errors
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import LEADS, READERS, Routes
from shadowing.people import audit
from shadowing.people.reader import signed_in_reader

pages = Routes("promises", __name__)


@pages.get("/promises", roles=READERS)
def index() -> str:
    """Filters: journey, source, state; ?p= names the promise in hand."""
    return _register(request.args, DecisionForm())


@pages.post("/promises", roles=READERS, once=True)
def decision() -> ResponseReturnValue:
    """Keep or correct the promise named by p."""
    form = DecisionForm(request.form)
    promise = promise_named(form.p.data or "", signed_in_reader())
    if promise is None:
        raise Problem("not_found")
    if not form.validate():
        return _register({"p": promise.name}, form), 422
    try:
        made = decide(promise, form.data, current_user, clock.now())
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        if problem.code == "stale":
            form.form_errors.append(_("Somebody decided meanwhile. Look at it and decide again."))
        else:
            put_errors(form, problem)
        return _register({"p": promise.name}, form), problem.status
    wake_worker()
    if made.improvement_id is None:
        flash(_("Decided. There is no improvement yet, because nothing was seen there."))
    return redirect(url_for("promises.index", p=promise.name), 303)


@pages.get("/promises/new", roles=LEADS)
def new() -> str:
    return _new(NewPromiseForm(request.args))


@pages.post("/promises/new", roles=LEADS, once=True)
def create() -> ResponseReturnValue:
    """Into the draft of its journey; it counts once that is published."""
    form = NewPromiseForm(request.form)
    if not form.validate():
        return _new(form), 422
    try:
        journey = add(form, current_user, clock.now())
    except Problem as problem:
        db.session.rollback()
        put_errors(form, problem)
        return _new(form), problem.status
    audit.note("add_promise", "journey", journey.id)
    db.session.commit()
    flash(_("The promise stands in the draft. Publish it, and observers check it from then on."))
    _id, key = form.touchpoint
    return redirect(url_for("editor.show", id=journey.id, t=key, _anchor=key), 303)


def _register(wanted: Mapping[str, str], form: DecisionForm) -> str:
    page = register_page(wanted, signed_in_reader())
    form.asked.choices = [("", _("nobody yet")), *((str(id), name) for id, name in page.people)]
    return render_page("authoring/promises/index.html", page=page, form=apart(form, "decision"))


def _new(form: NewPromiseForm) -> str:
    return render_page("authoring/promises/new.html", form=form, places=offered_places())
