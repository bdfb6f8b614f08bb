"""/improvements/new and /improvements/triage; POST /improvements as JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, flash, jsonify, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.backlog.documents import document
from shadowing.backlog.models import Improvement
from shadowing.backlog.pages import item_or_404
from shadowing.backlog.showing import show_item
from shadowing.backlog.triage.asking import ask as ask_for_improvements
from shadowing.backlog.triage.deciding import carry_out, put_back, remembered
from shadowing.backlog.triage.forms import AT_FIELDS, ProposalForm, TriageForm
from shadowing.backlog.triage.pages import noted_observation, offered_areas, triage_page
from shadowing.backlog.triage.proposing import observation_seen, propose
from shadowing.backlog.triage.schemas import read_proposal
from shadowing.backlog.views import BODY_BYTES
from shadowing.core import clock
from shadowing.core.carried import within
from shadowing.core.database import advisory_lock, db
from shadowing.core.forms import put_errors
from shadowing.core.http import json_object
from shadowing.core.i18n import language
from shadowing.core.ids import our_id
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import LEADS, Routes, api_routes
from shadowing.core.sentences import plain
from shadowing.core.undo import offer_undo
from shadowing.core.vocabulary import LEVELS, LOW_RATING
from shadowing.journeys.wording import place
from shadowing.people.reader import signed_in_reader

pages = Routes("triage", __name__)
api = api_routes("triage")

UNDO = "triage_undo"


@pages.get("/improvements/new", roles=LEADS)
def new() -> str:
    """Propose an improvement: for any area, filled in from what was seen where the address says so."""
    said = {name: request.args[parameter] for name, parameter in _SAID if parameter in request.args}
    return _proposal(ProposalForm(data={**_from_observation(), **said}))


@pages.post("/improvements/new", roles=LEADS, once=True)
def create() -> ResponseReturnValue:
    form = ProposalForm(request.form)
    try:
        item = propose(read_proposal(form.document()), signed_in_reader(), current_user, clock.now())
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        put_errors(form, problem, AT_FIELDS)
        return _proposal(form), problem.status
    wake_worker()
    return redirect(url_for("backlog.show", id=item.id), 303)


@api.post("/improvements", endpoint="create", roles=LEADS)
def create_json() -> tuple[Response, int]:
    """{area_id, level, title, why, origin?, ref?, owner?}: 201 with the improvement."""
    item = propose(read_proposal(json_object(BODY_BYTES)), signed_in_reader(), current_user, clock.now())
    db.session.commit()
    wake_worker()
    return jsonify(document(item)), 201


@pages.post("/improvements/of/<int(max=2147483647):journey_id>", roles=LEADS)
def ask(journey_id: int) -> ResponseReturnValue:
    """What is below target in this imported journey is to be proposed, too."""
    ask_for_improvements(journey_id, clock.now())
    db.session.commit()
    wake_worker()
    flash(_("Noted: what is below its target there stands here within a minute."))
    return redirect(url_for("backlog.index", journey=journey_id), 303)


@pages.get("/improvements/triage", roles=LEADS)
def index() -> str:
    """Proposals, one at a time."""
    return _page(request.args, TriageForm())


@pages.post("/improvements/<int(max=2147483647):id>/triage", roles=LEADS)
def decide(id: int) -> ResponseReturnValue:
    """What becomes of this one; then the next."""
    advisory_lock("triage")
    item, form = item_or_404(id, to_change=True), TriageForm(request.form)
    before, said = remembered(item), form.said(current_user.id)
    try:
        carry_out(item, said, current_user, clock.now())
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        put_errors(form, problem, AT_FIELDS)
        return _page({**request.args, "item": str(id)}, form), problem.status
    wake_worker()
    if said.verb == "split":
        flash(_("Split: the second one waits to be decided, too."))
        return redirect(within("triage.index", item=id), 303)
    session[UNDO] = {"id": id, "revision": item.revision, "verb": said.verb, "before": before}
    flash(_DONE[said.verb]())
    return redirect(within("triage.index"), 303)


@pages.post("/improvements/<int(max=2147483647):id>/merge", roles=LEADS)
def merge(id: int) -> ResponseReturnValue:
    """At one press, from the page of either: the same merging as by deciding, and taken back the same way."""
    advisory_lock("triage")
    item, form = item_or_404(id, to_change=True), TriageForm(request.form)
    before, said = remembered(item), form.said(current_user.id)
    into = our_id(said.into)
    try:
        carry_out(item, replace(said, verb="merge"), current_user, clock.now())
        db.session.commit()
    except Problem as problem:
        db.session.rollback()
        flash(problem.sentence, "under")
        return show_item(item_or_404(id), signed_in_reader()), problem.status
    wake_worker()
    session[UNDO] = {"id": id, "revision": item.revision, "verb": "merge", "before": before}
    offer_undo(_("Merged."), url_for("triage.undo", id=id), _("Undo"))
    return redirect(url_for("backlog.show", id=into), 303)


@pages.post("/improvements/<int(max=2147483647):id>/triage/undo", roles=LEADS)
def undo(id: int) -> ResponseReturnValue:
    """Take back the last verdict of this browser, while nothing else happened to it."""
    advisory_lock("triage")
    item, known = item_or_404(id, to_change=True), session.pop(UNDO, None)
    if known is None or known["id"] != id:
        raise Problem("stale", current={"revision": item.revision, "state": item.state})
    put_back(item, known["revision"], known["before"], current_user, clock.now())
    db.session.commit()
    wake_worker()
    flash(_("Taken back: it waits to be decided again."))
    return redirect(within("triage.index", item=id), 303)


_DONE = {
    "accept": lambda: _("Accepted."),
    "merge": lambda: _("Merged."),
    "snooze": lambda: _("Put off. It comes back by itself."),
    "decline": lambda: _("Declined, with the reason."),
}
#: Field of the form -> its name in an address.
_SAID = (("area_id", "area"), ("level", "level"), ("title", "title"), ("origin", "from"), ("ref", "ref"))


def _from_observation() -> dict[str, Any]:
    """What is known of the observation that the address names."""
    seen = observation_seen(request.args.get("ref"), signed_in_reader())
    if seen is None:
        return {}
    low = [level for level in LEVELS if (getattr(seen, level) or LOW_RATING + 1) <= LOW_RATING]
    return {"area_id": str(seen.area_id), "level": low[0] if low else ""}


def _proposal(form: ProposalForm) -> str:
    form.offer()
    places = [
        (journey, [(str(area.id), plain(place(area.touchpoint.name, area.channel), language())) for area in areas])
        for journey, areas in offered_areas()
    ]
    seen = noted_observation(form.ref.data, signed_in_reader())
    return render_page("backlog/triage/new.html", form=form, places=places, seen=seen)


def _page(wanted: Any, form: TriageForm) -> str:
    page = triage_page(wanted, signed_in_reader())
    if wanted.get("item") and (page.in_hand is None or page.in_hand.page.item.id != wanted["item"]):
        errors, form = form.form_errors, TriageForm()  # it is decided: what was typed for it belongs to no other
        form.form_errors = errors
    form.offer(page.owners)
    return render_page("backlog/triage/index.html", page=page, form=form, undo=_undo())


def _undo() -> dict[str, Any] | None:
    """The last verdict, with its improvement, while it may be taken back."""
    known: dict[str, Any] = session.get(UNDO) or {}
    item = db.session.get(Improvement, known["id"]) if known else None
    if item is None or item.revision != known["revision"]:
        return None
    return {"id": item.id, "title": item.title_in(language()), "verb": known["verb"]}
