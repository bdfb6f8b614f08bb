"""/improvements and /improvements/<id>, as pages and as JSON."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from shadowing.backlog.changing import change
from shadowing.backlog.models import Improvement
from shadowing.backlog.pages import backlog_page, improvement_page, item_or_404
from shadowing.backlog.schemas import read
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.http import json_object
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import LEADS, READERS, Routes, api_routes
from shadowing.people.reader import signed_in_reader

pages = Routes("backlog", __name__)
api = api_routes("backlog")

#: Fields of the page's form and what they are in a change; an emptied field clears the value ...
FORM_FIELDS = {"owner_id": "owner", "due_on": "due", "effort": "effort", "title": "title", "plan": "plan"}
#: ... but these say nothing when empty.
FORM_STEP = ("state", "reason", "shipped_on")
BODY_BYTES = 256 * 1024


@pages.get("/improvements", roles=READERS)
def index() -> str:
    """The backlog in order, base of the pyramid first."""
    return render_page("backlog/index.html", page=backlog_page())


@pages.get("/improvements/<int(max=2147483647):id>", roles=READERS)
def show(id: int) -> str:
    """One improvement: did it work, lenses, evidence, history."""
    return render_page("backlog/show.html", page=improvement_page(item_or_404(id), signed_in_reader()))


@pages.post("/improvements/<int(max=2147483647):id>", endpoint="change", roles=LEADS)
def change_by_form(id: int) -> ResponseReturnValue:
    """The same change as by PATCH, from a form. A refusal shows the page again with its sentence."""
    item = item_or_404(id, to_change=True)
    given: dict[str, Any] = {name: request.form[name] for name in FORM_STEP if request.form.get(name)}
    given |= {name: request.form[field] or None for field, name in FORM_FIELDS.items() if field in request.form}
    given["revision"] = request.form.get("revision", "0")
    try:
        change(item, read(given), current_user, clock.now())
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        sentence = " ".join(str(message) for _, message in problem.errors) or problem.sentence
        page = improvement_page(item_or_404(id), signed_in_reader(), error=sentence)
        return render_page("backlog/show.html", page=page), problem.status
    wake_worker()
    return redirect(url_for("backlog.show", id=id), 303)


@api.get("/improvements", endpoint="index", roles=READERS)
def index_json() -> Response:
    """All improvements, open ones in the order of the backlog."""
    order = [row.id for row in backlog_page().items]
    items = {str(item.id): item for item in db.session.scalars(select(Improvement))}
    ranked = [items.pop(number) for number in order]
    return jsonify(improvements=[document(item) for item in (*ranked, *items.values())])


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


def document(item: Improvement) -> dict[str, Any]:
    """An improvement as integrations read it."""
    return {
        "id": str(item.id),
        "revision": item.revision,
        "area_id": str(item.area_id),
        "touchpoint": item.area.touchpoint.name,
        "channel": item.area.channel,
        "level": item.level,
        "title": item.title,
        "state": item.state,
        "raised_by": item.raised_by,
        "serious": item.serious,
        "owner": {"id": str(item.owner_id), "name": item.owner.name} if item.owner else None,
        "due": item.due_on.isoformat() if item.due_on else None,
        "effort": item.effort,
        "effort_days": item.effort_days,
        "cost": item.cost,
        "lenses": item.lenses,
        "reason": item.declined_reason,
        "no_longer_flagged": item.no_longer_flagged,
        "raised_at": item.raised_at.isoformat(),
        "shipped_at": item.shipped_at.isoformat() if item.shipped_at else None,
        "before": item.before,
    }
