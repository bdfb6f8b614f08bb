"""/improvements and /improvements/<id>, as pages and as JSON."""

from __future__ import annotations

from flask import Response, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from shadowing.backlog.changing import change
from shadowing.backlog.documents import document
from shadowing.backlog.forms import AT_FIELDS, ImprovementForm
from shadowing.backlog.models import Improvement
from shadowing.backlog.pages import backlog_page, item_or_404
from shadowing.backlog.schemas import read
from shadowing.backlog.showing import offer_to_undo, show_backlog, show_item
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.forms import put_errors
from shadowing.core.http import json_object
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.problems import Problem
from shadowing.core.routes import LEADS, READERS, Routes, api_routes
from shadowing.core.undo import offer_undo
from shadowing.people.reader import signed_in_reader

pages = Routes("backlog", __name__)
api = api_routes("backlog")

BODY_BYTES = 256 * 1024


@pages.get("/improvements", roles=READERS)
def index() -> str:
    """The backlog in order, base of the pyramid first."""
    return show_backlog(signed_in_reader())


@pages.get("/improvements/<int(max=2147483647):id>", roles=READERS)
def show(id: int) -> str:
    """One improvement: did it work, lenses, evidence, history."""
    return show_item(item_or_404(id), signed_in_reader())


@pages.post("/improvements/<int(max=2147483647):id>", endpoint="change", roles=LEADS)
def change_by_form(id: int) -> ResponseReturnValue:
    """The same change as by PATCH, from a form. A refusal shows the page again with what was typed."""
    item, form = item_or_404(id, to_change=True), ImprovementForm(request.form)
    before, titles = item.state, item.titles
    try:
        change(item, read(form.document()), current_user, clock.now())
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        put_errors(form, problem, AT_FIELDS)
        return show_item(item_or_404(id), signed_in_reader(), form), problem.status
    wake_worker()
    item = item_or_404(id)
    if item.state != before:
        offer_to_undo(item)
    elif item.titles != titles:
        offer_undo(_("Saved."), url_for("board.undo", id=id), _("Undo"), revision=item.revision)
    return redirect(url_for("backlog.show", id=id), 303)


@api.get("/improvements", endpoint="index", roles=READERS)
def index_json() -> Response:
    """All improvements that the filter selects, open ones in the order of the backlog."""
    page = backlog_page(request.args, signed_in_reader())
    query = select(Improvement).options(selectinload(Improvement.taken_in))
    items = {str(item.id): item for item in db.session.scalars(query)}
    return jsonify(improvements=[document(items[id]) for id in page.whole])


@api.get("/improvements/<int(max=2147483647):id>", endpoint="show", roles=READERS)
def show_json(id: int) -> Response:
    return jsonify(document(item_or_404(id)))


@api.patch("/improvements/<int(max=2147483647):id>", endpoint="change", roles=LEADS)
def change_json(id: int) -> Response:
    """{revision, state?, owner?, due?, effort?, cost?, lenses?, reason?, …}: stale 409, illegal step 422."""
    item = item_or_404(id, to_change=True)
    change(item, read(json_object(BODY_BYTES)), current_user, clock.now())
    db.session.commit()
    wake_worker()
    return jsonify(document(item))
