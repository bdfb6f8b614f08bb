"""/journeys/<id>/personas: for whom the journey is, what they need, and how it goes for each."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from shadowing.authoring.editor.drafts import draft_of
from shadowing.authoring.editor.filled_in import filled_in
from shadowing.authoring.editor.forms import DraftForm
from shadowing.authoring.editor.persona_pages import personas_page
from shadowing.authoring.editor.reading import Wrong, read_personas
from shadowing.authoring.editor.save_draft import ID, changed, journey_or_404
from shadowing.core.layout import render_page
from shadowing.core.routes import LEADS, Routes
from shadowing.core.vocabulary import Words
from shadowing.journeys.editing import Draft
from shadowing.journeys.models import Journey
from shadowing.journeys.personas import add_persona, remove_persona
from shadowing.people.reader import signed_in_reader

pages = Routes("personas", __name__)


@pages.get(f"/journeys/{ID}/personas", roles=LEADS)
def show(id: int) -> str:
    return _page(journey_or_404(id))


@pages.post(f"/journeys/{ID}/personas", roles=LEADS)
def change(id: int) -> ResponseReturnValue:
    """do: save, add, or remove:<key>. Everything that was filled in is kept first."""
    wrong, journey = Wrong(), journey_or_404(id)
    do, which = DraftForm(request.form).deed

    def work(draft: Draft) -> str:
        wrong.update(read_personas(draft, filled_in()))
        if do == "add":
            return add_persona(draft, Words(en="New persona", zh="新画像"))
        if do == "remove":
            remove_persona(draft, which)
        return ""

    return changed(
        journey,
        current_user,
        work,
        partial(_page, journey),
        lambda chosen: url_for("personas.show", id=id, _anchor=chosen or None),
        wrong,
    )


def _page(journey: Journey, wrong: Wrong | None = None, told: str = "", mine: Any = None, given: Any = None) -> str:
    draft, revision = draft_of(journey)
    if mine is not None:
        read_personas(draft, mine)
    page = personas_page(journey, signed_in_reader(), draft, revision, wrong or {}, told, given or {})
    return render_page("authoring/editor/personas.html", page=page)
