"""/improvements/mine: what somebody owns, whatever their role."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from shadowing.backlog.access import reads
from shadowing.backlog.mine.pages import mine_page, owns_something
from shadowing.backlog.notices.forms import NewsForm, OwnerMailForm
from shadowing.backlog.notices.news import mark_seen, unseen, want_mail
from shadowing.backlog.pages import item_or_404
from shadowing.backlog.showing import show_item
from shadowing.core import clock
from shadowing.core.database import db
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


@pages.post("/improvements/mine/seen", roles=EVERYONE)
def seen() -> ResponseReturnValue:
    """What stood under New is no longer new; what came since is."""
    mark_seen(current_user.id, NewsForm(request.form).until.data or 0)
    db.session.commit()
    return redirect(url_for("mine.index"), 303)


@pages.post("/improvements/mine/mail", roles=EVERYONE)
def choose_mail() -> ResponseReturnValue:
    """Whether mail is wanted about what somebody owns."""
    want_mail(current_user.id, OwnerMailForm(request.form).mails.data)
    db.session.commit()
    return redirect(url_for("mine.index"), 303)


@pages.get("/improvements/mine/<int(max=2147483647):id>", roles=EVERYONE)
def show(id: int) -> ResponseReturnValue:
    """One of them for who does not read the others: plan and history, no scores and no evidence (DECISIONS 41)."""
    item, reader = item_or_404(id), signed_in_reader()
    if reads(reader):
        return redirect(url_for("backlog.show", id=id))
    if not owns_something(item, reader):
        raise Problem("not_found")
    return show_item(item, reader)


def count_news() -> int:
    """For the rail: what happened to what is theirs, and they have not seen."""
    return unseen(current_user.id, clock.now()) if current_user.is_authenticated else 0
