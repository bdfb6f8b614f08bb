"""What every page that changes a draft answers: saved, wrong, somebody else was first, too much."""

from __future__ import annotations

from collections.abc import Callable

from flask import jsonify, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from shadowing.authoring.editor.drafts import Stale, change
from shadowing.authoring.editor.filled_in import filled_in
from shadowing.authoring.editor.forms import DraftForm
from shadowing.authoring.editor.pages import WRONG
from shadowing.authoring.editor.reading import Wrong
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.journeys import editing
from shadowing.journeys.editing import Draft
from shadowing.journeys.models import Journey
from shadowing.people.models import Person

ID = "<int(max=2147483647):id>"


def journey_or_404(id: int) -> Journey:
    """One that is written here. Raises not_found."""
    journey = db.session.get(Journey, id)
    if journey is None or journey.origin == "import":
        raise Problem("not_found")
    return journey


def changed(
    journey: Journey,
    by: Person,
    work: Callable[[Draft], str],
    page: Callable[..., str],
    done: Callable[[str], str],
    wrong: Wrong | None = None,
) -> ResponseReturnValue:
    """Do it to the draft and show the page again; a script that saves by itself gets JSON.

    work: changes the draft, returns what is in hand afterwards; done: the address for that; page: draws the page with
    `wrong`, `told`, `given` (the form, for fields that are wrong) or `mine` (the form, to be laid over the draft).
    """
    wrong = Wrong() if wrong is None else wrong
    try:
        kept, chosen = change(journey, _base(), by, clock.now(), work)
    except Stale as stale:
        db.session.rollback()
        return _told(stale, page)
    except editing.NotThere as gone:
        raise Problem("not_found") from gone
    except editing.TooMany:
        db.session.rollback()
        return page(told=_too_many()), 422
    db.session.commit()
    if _by_script():
        sentences = {field: str(WRONG[what]) for field, what in wrong.items()}
        return jsonify(revision=kept.revision, wrong=sentences), 422 if wrong else 200
    if wrong:
        return page(wrong=wrong, given=filled_in()), 422
    return redirect(done(chosen), 303)


def _too_many() -> str:
    return _("A journey has 300 touchpoints and 40 personas at most, a touchpoint 30 standards. Nothing was added.")


def _base() -> int:
    said = our_id(DraftForm(request.form).revision.data)
    return -1 if said is None else said


def _told(stale: Stale, page: Callable[..., str]) -> ResponseReturnValue:
    sentence = _("%(who)s changed this draft too. What you wrote is below; look at it and save again.", who=stale.who)
    if _by_script():
        return jsonify(revision=stale.draft.revision, told=sentence), 409
    return page(told=sentence, mine=filled_in()), 409


def _by_script() -> bool:
    return request.headers.get("X-Saved-By") == "script"
