"""Cards move by one press, and a step is taken back by one."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.backlog.board.forms import MoveForm
from shadowing.backlog.board.wording import came_late
from shadowing.backlog.bulk.answering import answer_several
from shadowing.backlog.bulk.forms import SeveralForm
from shadowing.backlog.changing import change
from shadowing.backlog.forms import AT_FIELDS
from shadowing.backlog.history.undoing import undo_change
from shadowing.backlog.pages import item_or_404
from shadowing.backlog.schemas import read
from shadowing.backlog.showing import answer_of, filled_form, offer_to_undo, show_backlog, show_item
from shadowing.backlog.states import may_follow
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.forms import put_errors
from shadowing.core.i18n import language
from shadowing.core.ids import our_id
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.problems import Problem
from shadowing.core.routes import LEADS, Routes
from shadowing.core.sentences import plain
from shadowing.people.reader import signed_in_reader

pages = Routes("board", __name__)


@pages.post("/improvements", roles=LEADS)
def move() -> ResponseReturnValue:
    """A card to another column, or several of the list; the address says what is looked at.

    What the step of a card still needs, its page asks for.
    """
    sent, reader, several = MoveForm(request.form), signed_in_reader(), SeveralForm(request.form)
    if several.several.data:
        return answer_several(several, current_user, reader, _same_board())
    item = item_or_404(our_id(sent.item.data) or 0, to_change=True)
    id = item.id
    if sent.state.data == "shipped" and may_follow(item.state, "shipped"):
        return redirect(url_for("verifying.show", id=id), 303)  # its page asks since when, where and who looks again
    try:
        change(
            item, read({"revision": sent.revision.data, "state": sent.state.data or None}), current_user, clock.now()
        )
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        if problem.code != "invalid":
            said = plain(came_late(), language()) if problem.code == "stale" else problem.sentence
            flash(said, "under")
            return show_backlog(reader), problem.status
        return _refused(id, problem), problem.status
    wake_worker()
    offer_to_undo(item_or_404(id))
    return redirect(_same_board(), 303)


@pages.post("/improvements/<int(max=2147483647):id>/undo", roles=LEADS)
def undo(id: int) -> ResponseReturnValue:
    """The step that was just made by this person, while nothing else has changed."""
    item, sent = item_or_404(id, to_change=True), MoveForm(request.form)
    try:
        undo_change(item, our_id(sent.revision.data) or 0, current_user, clock.now())
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        return _refused(id, problem), problem.status
    wake_worker()
    flash(_("Taken back."))
    on_board = "view" in request.args
    return redirect(_same_board() if on_board else answer_of(item_or_404(id), signed_in_reader()), 303)


def _refused(id: int, problem: Problem) -> str:
    """The page of the improvement, where what the step needs can be said."""
    item = item_or_404(id)
    form = filled_form(item)
    put_errors(form, problem, AT_FIELDS)
    return show_item(item, signed_in_reader(), form)


def _same_board() -> str:
    """As it was looked at."""
    return f"{url_for('backlog.index')}?{request.query_string.decode('ascii', 'ignore')}"
