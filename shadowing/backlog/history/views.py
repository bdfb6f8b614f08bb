"""Comments on an improvement, by the page and by the API."""

from __future__ import annotations

from flask import Response, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from shadowing.backlog.access import may_write
from shadowing.backlog.history.comments import comment, take_back
from shadowing.backlog.history.forms import CommentForm
from shadowing.backlog.models import Improvement
from shadowing.backlog.pages import item_or_404
from shadowing.backlog.showing import answer_of, show_item
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.forms import put_errors
from shadowing.core.http import json_object
from shadowing.core.problems import Problem
from shadowing.core.routes import EVERYONE, Routes, api_routes
from shadowing.people.reader import signed_in_reader

pages = Routes("comments", __name__)
api = api_routes("comments")

BODY_BYTES = 64 * 1024


@pages.post("/improvements/<int(max=2147483647):id>/comments", roles=EVERYONE, once=True)
def add(id: int) -> ResponseReturnValue:
    """A comment of whoever may read it, or owns it."""
    item, form = _item(id), CommentForm(request.form)
    try:
        comment(item, form.words.data, current_user, clock.now())
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        put_errors(form, problem)
        return show_item(item_or_404(id), signed_in_reader(), comment_form=form), problem.status
    return redirect(answer_of(item_or_404(id), signed_in_reader(), "history"), 303)


@pages.post("/improvements/<int(max=2147483647):id>/comments/<int(max=2147483647):event_id>", roles=EVERYONE)
def back(id: int, event_id: int) -> ResponseReturnValue:
    """Taken back by who said it, within ten minutes."""
    item = _item(id)
    try:
        take_back(item, event_id, current_user, clock.now())
        db.session.commit()
    except Problem as problem:
        if problem.code != "illegal_transition":
            raise
        db.session.rollback()
        form = CommentForm()
        put_errors(form, problem)
        return show_item(item_or_404(id), signed_in_reader(), comment_form=form), problem.status
    return redirect(answer_of(item_or_404(id), signed_in_reader(), "history"), 303)


@api.post("/improvements/<int(max=2147483647):id>/comments", endpoint="add", roles=EVERYONE)
def add_json(id: int) -> tuple[Response, int]:
    """{words}: 201 with the comment."""
    said = comment(_item(id), json_object(BODY_BYTES).get("words"), current_user, clock.now())
    db.session.commit()
    document = {"id": str(said.id), "at": said.at.isoformat(), "words": said.words, "author": current_user.name}
    return jsonify(document), 201


def _item(id: int) -> Improvement:
    """Raises Problem not_found, not_allowed."""
    item = item_or_404(id)
    if not may_write(signed_in_reader(), item.owner_id):
        raise Problem("not_allowed")
    return item
