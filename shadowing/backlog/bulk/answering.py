"""Several improvements from the list: what was sent is carried out, and the answer said in a sentence."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from shadowing.backlog.bulk.change_several import Outcome, change_several, undo_several
from shadowing.backlog.bulk.forms import SeveralForm
from shadowing.backlog.bulk.wording import came_late, done, taken_back
from shadowing.backlog.showing import show_backlog
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.forms import put_errors
from shadowing.core.i18n import language
from shadowing.core.problems import Problem
from shadowing.core.sentences import Told, plain
from shadowing.core.undo import offer_undo
from shadowing.people.models import Person
from shadowing.people.reader import Reader


def answer_several(form: SeveralForm, person: Person, reader: Reader, address: str) -> ResponseReturnValue:
    """Commits. address: the list as it was looked at."""
    deed = form.several.data or ""
    try:
        if deed == "undo":
            return _taken_back(form, person, address)
        said = (form.given_to.data or "", form.because.data or "")
        outcome = change_several(form.looked_at(), deed, *said, person, clock.now())
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        put_errors(form, problem)
        return show_backlog(reader, form), problem.status
    _say(outcome)
    return redirect(address, 303)


def _taken_back(form: SeveralForm, person: Person, address: str) -> ResponseReturnValue:
    try:
        count = undo_several(form.looked_at(), person, clock.now())
        db.session.commit()
    except Problem:
        db.session.rollback()
        flash(_written(came_late()), "under")
    else:
        flash(_written(taken_back(count)))
    return redirect(address, 303)


def _say(outcome: Outcome) -> None:
    said = _written(done(outcome.deed, len(outcome.done), outcome.stale, outcome.illegal))
    if not outcome.done:
        flash(said, "under")
        return
    items = [f"{id}.{revision}" for id, revision in outcome.done]
    offer_undo(said, url_for("backlog.index"), _("Undo"), several="undo", items=items)


def _written(told: Told) -> str:
    return plain(told, language())
