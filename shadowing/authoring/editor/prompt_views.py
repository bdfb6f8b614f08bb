"""Answers to what a lead is asked beside a journey."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.authoring.editor.drafts import change_newest, draft_of
from shadowing.authoring.editor.forms import NeedForm, OffMapForm
from shadowing.authoring.editor.prompts import channels_of, confirm, decide_off_map, due, off_the_map
from shadowing.authoring.editor.save_draft import ID, journey_or_404
from shadowing.core import clock
from shadowing.core.database import advisory_lock, db
from shadowing.core.problems import Problem
from shadowing.core.routes import LEADS, Routes
from shadowing.core.vocabulary import Words
from shadowing.journeys.assumed import assumed, confirm_figures
from shadowing.journeys.defaults import inherited_by, own_defaults
from shadowing.journeys.editing import Draft, TooMany, add, find
from shadowing.people import audit
from shadowing.people.reader import signed_in_reader

pages = Routes("upkeep", __name__)


@pages.post(f"/journeys/{ID}/off-map", roles=LEADS, once=True)
def off_map(id: int) -> ResponseReturnValue:
    """do: take or dismiss; label: of the proposal; stage: where it goes."""
    advisory_lock(f"off-map:{id}")
    journey, form, now = journey_or_404(id), OffMapForm(request.form), clock.now()
    label, taken = form.label.data, form.do.data == "take"
    proposal = next((each for each in off_the_map(journey, signed_in_reader(), now) if each.normal == label), None)
    if proposal is None:
        raise Problem("not_found")

    def work(draft: Draft) -> str:
        targets = {level: above.value for level, above in inherited_by(id, own_defaults()).items()}
        key = add(draft, form.stage.data or "core", Words(en=proposal.name, zh=proposal.name), targets)
        find(draft, key)["channels"] = channels_of(proposal)
        return key

    key = ""
    if taken:
        try:
            key = change_newest(journey, current_user, now, work)
        except TooMany as many:
            raise Problem("invalid", [("label", _("There is no more room at that place."))]) from many
    decide_off_map(journey, proposal, taken, current_user, now)
    audit.note("take_in" if taken else "dismiss", "off_map", id, {"label": label})
    db.session.commit()
    if not taken:
        flash(_("It will not be proposed again. What was seen stays."))
    return redirect(url_for("editor.show", id=id, t=key or None, _anchor=key or None), 303)


@pages.post(f"/journeys/{ID}/figures", endpoint="confirm", roles=LEADS)
def confirm_numbers(id: int) -> ResponseReturnValue:
    """The numbers that came with the ready journey are right for us. Saying it twice says it once."""
    journey = journey_or_404(id)
    if assumed(id):
        confirm_figures(journey, current_user.id, clock.now())
        audit.note("confirm_figures", "journey", id)
        db.session.commit()
        flash(_("Noted: these numbers are yours now."))
    return redirect(url_for("editor.show", id=id), 303)


@pages.post(f"/journeys/{ID}/need", roles=LEADS)
def still_the_need(id: int) -> ResponseReturnValue:
    """t: key of the touchpoint, empty for the journey itself."""
    journey, form, now = journey_or_404(id), NeedForm(request.form), clock.now()
    key = form.t.data or ""
    if key not in [each.key for each in due(journey, draft_of(journey)[0], now)]:
        raise Problem("not_found")
    confirm(journey, key, current_user, now)
    audit.note("confirm_need", "journey", id, {"touchpoint": key})
    db.session.commit()
    flash(_("Noted. You are asked again in a year."))
    return redirect(url_for("editor.show", id=id, t=key or None), 303)
