"""/improvements/mine: what somebody owns, whatever their role."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from shadowing.backlog.access import reads
from shadowing.backlog.mine.pages import mine_page, owns_something
from shadowing.backlog.pages import item_or_404
from shadowing.backlog.showing import show_item
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import EVERYONE, Routes
from shadowing.people.reader import signed_in_reader

pages = Routes("mine", __name__)


@pages.get("/improvements/mine", roles=EVERYONE)
def index() -> str:
    """To do now, waiting for proof, done; and the steps that are due."""
    reader = signed_in_reader()
    return render_page("backlog/mine/index.html", page=mine_page(reader), reads=reads(reader))


@pages.get("/improvements/mine/<int(max=2147483647):id>", roles=EVERYONE)
def show(id: int) -> ResponseReturnValue:
    """One of them for who does not read the others: plan and history, no scores and no evidence (DECISIONS 41)."""
    item, reader = item_or_404(id), signed_in_reader()
    if reads(reader):
        return redirect(url_for("backlog.show", id=id))
    if not owns_something(item, reader):
        raise Problem("not_found")
    return show_item(item, reader)
