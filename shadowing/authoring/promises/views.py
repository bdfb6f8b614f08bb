"""/promises: what we promise and whether it is kept; a promise is kept or corrected, under a name."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.authoring.promises.decisions import decide
from shadowing.authoring.promises.new_promise import add, adding_page
from shadowing.authoring.promises.pages import promise_named, register_page
from shadowing.core import clock
from shadowing.core.database import db
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
    return render_page("authoring/promises/index.html", page=register_page(request.args, signed_in_reader()))


@pages.post("/promises", roles=READERS)
def decision() -> ResponseReturnValue:
    """Keep or correct the promise named by p."""
    promise = promise_named(request.form.get("p", ""), signed_in_reader())
    if promise is None:
        raise Problem("not_found")
    try:
        made = decide(promise, request.form, current_user, clock.now())
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        if problem.code == "stale":
            error = _("Somebody decided meanwhile. Look at it and decide again.")
        else:
            error = " ".join(str(message) for _field, message in problem.errors)
        page = register_page({"p": promise.name}, signed_in_reader(), error=error, given=request.form)
        return render_page("authoring/promises/index.html", page=page), problem.status
    wake_worker()
    if made.improvement_id is None:
        flash(_("Decided. There is no improvement yet, because nothing was seen there."))
    return redirect(url_for("promises.index", p=promise.name), 303)


@pages.get("/promises/new", roles=LEADS)
def new() -> str:
    return render_page("authoring/promises/new.html", page=adding_page(request.args))


@pages.post("/promises/new", roles=LEADS)
def create() -> ResponseReturnValue:
    """Into the draft of its journey; it counts once that is published."""
    journey, key, wrong = add(request.form, current_user, clock.now())
    if wrong or journey is None:
        db.session.rollback()
        return render_page("authoring/promises/new.html", page=adding_page(request.form, wrong)), 422
    audit.note("add_promise", "journey", journey.id)
    db.session.commit()
    flash(_("The promise stands in the draft. Publish it, and observers check it from then on."))
    return redirect(url_for("editor.show", id=journey.id, t=key, _anchor=key), 303)
