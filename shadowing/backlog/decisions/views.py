"""A reply to what was asked about an improvement, from its page."""

from __future__ import annotations

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.backlog.access import may_write
from shadowing.backlog.decisions.asking import ASK, reply
from shadowing.backlog.decisions.forms import ReplyForm
from shadowing.backlog.decisions.models import Decision
from shadowing.backlog.decisions.recording import IMPROVEMENT
from shadowing.backlog.pages import item_or_404
from shadowing.backlog.showing import answer_of, show_item
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.forms import put_errors
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.problems import Problem
from shadowing.core.routes import EVERYONE, Routes
from shadowing.people.reader import signed_in_reader

pages = Routes("asking", __name__)


@pages.post("/decisions/<int(max=2147483647):id>/reply", roles=EVERYONE, once=True)
def answer(id: int) -> ResponseReturnValue:
    """By whoever may write about the improvement: leads, executives, its owner."""
    decision, reader, form = db.session.get(Decision, id), signed_in_reader(), ReplyForm(request.form)
    if decision is None or decision.option != ASK or decision.kind != IMPROVEMENT:
        raise Problem("not_found")
    item = item_or_404(decision.about_id)
    if not may_write(reader, item.owner_id):
        raise Problem("not_found")
    try:
        reply(decision, form.words.data or "", current_user, clock.now())
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        put_errors(form, problem)
        return show_item(item_or_404(decision.about_id), reader, reply_form=(id, form)), problem.status
    wake_worker()
    flash(_("Your answer stands beside the question."))
    return redirect(answer_of(item_or_404(decision.about_id), reader, "asked"), 303)
