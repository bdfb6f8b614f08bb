"""That a serious failure was put right with the customer is recorded; how many wait is told beside the backlog."""

from __future__ import annotations

from flask import redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from shadowing.backlog.pages import item_or_404
from shadowing.backlog.serious.forms import PutRightForm
from shadowing.backlog.serious.pages import clocks, to_put_right
from shadowing.backlog.serious.putting_right import put_right
from shadowing.backlog.showing import answer_of, show_item
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.forms import put_errors
from shadowing.core.problems import Problem
from shadowing.core.routes import LEADS, Routes
from shadowing.people.reader import signed_in_reader

pages = Routes("serious", __name__)


@pages.post("/improvements/<int(max=2147483647):id>/put-right", roles=LEADS)
def record(id: int) -> ResponseReturnValue:
    """When, and what was done. Leads of another site do not see the clock, and set none."""
    item, form, reader = item_or_404(id, to_change=True), PutRightForm(request.form), signed_in_reader()
    if id not in clocks([item], reader):
        raise Problem("not_found")
    try:
        said = (form.on.data or "", form.at.data or "", form.words.data or "")
        put_right(item, *said, current_user, clock.now())
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        put_errors(form, problem)
        return show_item(item_or_404(id), reader, right_form=form), problem.status
    return redirect(answer_of(item_or_404(id), reader, "put-right"), 303)


def waiting_to_be_put_right() -> tuple[int, int]:
    """For the rail: how many clocks run and how many have run out, of those whom it concerns."""
    if not (current_user.is_authenticated and current_user.leads):
        return 0, 0
    return to_put_right(signed_in_reader())
