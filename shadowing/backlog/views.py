"""/improvements and /improvements/<id>, as pages and as JSON."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from flask_login import current_user
from sqlalchemy import select

from shadowing import clock
from shadowing.backlog.changing import change, read
from shadowing.backlog.composing import backlog_page, improvement_page, item_or_404
from shadowing.backlog.models import Improvement
from shadowing.database import db
from shadowing.desk import render_desk
from shadowing.jobs.wake import wake_worker
from shadowing.problems import Problem
from shadowing.web import api_blueprint, json_object

pages = Blueprint("backlog", __name__)
api = api_blueprint("backlog")

#: What the form of the page may set; an empty field says nothing.
FORM_FIELDS = ("state", "owner", "due", "effort", "reason", "title", "shipped_on")
BODY_BYTES = 256 * 1024


@pages.get("/improvements")
def index() -> str:
    """The backlog in order, base of the pyramid first."""
    return render_desk("backlog/index.html", page=backlog_page())


@pages.get("/improvements/<int:item_id>")
def show(item_id: int) -> str:
    """One improvement: did it work, lenses, evidence, history."""
    return render_desk("backlog/show.html", page=improvement_page(item_or_404(item_id)))


@pages.post("/improvements/<int:item_id>")
def change_from_page(item_id: int) -> Any:
    """The same change as by PATCH, from a form. A refusal shows the page again with its sentence."""
    item = item_or_404(item_id)
    given: dict[str, Any] = {name: request.form[name] for name in FORM_FIELDS if request.form.get(name)}
    given["revision"] = request.form.get("revision", "0")
    try:
        change(item, read(given), current_user, clock.now())
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        sentence = " ".join(str(message) for _, message in problem.errors) or problem.sentence
        page = improvement_page(item_or_404(item_id), error=sentence)
        return render_desk("backlog/show.html", page=page), problem.status
    wake_worker()
    return redirect(url_for("backlog.show", item_id=item_id), 303)


@api.get("/improvements", endpoint="index")
def index_json() -> Response:
    """All improvements, open ones in the order of the backlog."""
    order = [row.id for row in backlog_page().items]
    items = {str(item.id): item for item in db.session.scalars(select(Improvement))}
    ranked = [items.pop(id) for id in order]
    return jsonify(improvements=[document(item) for item in (*ranked, *items.values())])


@api.get("/improvements/<int:item_id>", endpoint="show")
def show_json(item_id: int) -> Response:
    return jsonify(document(item_or_404(item_id)))


@api.patch("/improvements/<int:item_id>", endpoint="change")
def change_json(item_id: int) -> Response:
    """{revision, state?, owner?, due?, effort?, cost?, lenses?, reason?, …}: stale 409, illegal step 422."""
    item = item_or_404(item_id)
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
