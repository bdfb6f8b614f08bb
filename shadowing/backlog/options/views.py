"""/improvements/compare."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.backlog.options.choosing import choose_option
from shadowing.backlog.options.forms import ChoiceOfTwoForm
from shadowing.backlog.options.pages import option_named, options_page
from shadowing.core import clock
from shadowing.core.database import advisory_lock, db
from shadowing.core.forms import put_errors
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import LEADS, READERS, Routes

pages = Routes("options", __name__)


@pages.get("/improvements/compare", roles=READERS)
def show() -> str:
    """Two options for one area: gain, effort, cost, lenses and place in the order."""
    return render_page("backlog/options/show.html", page=options_page(request.args), form=ChoiceOfTwoForm())


@pages.post("/improvements/compare", roles=LEADS)
def choose() -> ResponseReturnValue:
    """The chosen one goes on; the other is declined with the reason."""
    advisory_lock("triage")
    form = ChoiceOfTwoForm(request.form)
    chosen, other = (option_named(said, to_change=True) for said in (form.chosen.data, form.other.data))
    seen = (form.revision.data or "", form.other_revision.data or "")
    try:
        choose_option(chosen, other, seen, form.reason.data or "", current_user, clock.now())
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        if problem.code != "invalid":
            raise
        put_errors(form, problem)
        wanted = {"a": form.chosen.data or "", "b": form.other.data or ""}
        return render_page("backlog/options/show.html", page=options_page(wanted), form=form), problem.status
    wake_worker()
    flash(_("Chosen. The other one is declined, with the reason."))
    return redirect(url_for("backlog.show", id=chosen.id), 303)
