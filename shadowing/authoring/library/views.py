"""/journeys/library: what is written once; taken into journeys, changed everywhere or only here."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.authoring.editor.drafts import change_newest
from shadowing.authoring.editor.filled_in import filled_in
from shadowing.authoring.editor.reading import read_touchpoint
from shadowing.authoring.editor.save_draft import ID, journey_or_404
from shadowing.authoring.library.forms import KeepingForm, LibraryItemForm, TakingForm, item_form
from shadowing.authoring.library.models import ItemDocument, ItemKind, LibraryItem
from shadowing.authoring.library.pages import change_item, item_or_404, item_page, library_page, make, read
from shadowing.authoring.library.placements import put_standard, put_touchpoint, take
from shadowing.authoring.library.wording import changed
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.forms import apart, put_errors
from shadowing.core.i18n import language
from shadowing.core.ids import our_id
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import LEADS, Routes
from shadowing.core.sentences import plain
from shadowing.journeys.editing import Draft, NotThere, TooMany, find
from shadowing.people import audit

pages = Routes("library", __name__)
WRITTEN_HERE: dict[str, ItemKind] = {"standard": "standard", "phrase": "phrase"}


@pages.get("/journeys/library", roles=LEADS)
def index() -> str:
    return _index()


@pages.post("/journeys/library", roles=LEADS, once=True)
def add() -> ResponseReturnValue:
    """kind: standard or phrase; touchpoints come from a journey."""
    form = LibraryItemForm(request.form)
    kind = WRITTEN_HERE.get(form.kind.data or "")
    if kind is None:
        raise Problem("not_found")
    try:
        item = make(kind, form, current_user, clock.now())
    except Problem as problem:
        db.session.rollback()
        put_errors(form, problem)
        return _index(form), problem.status
    audit.note("add", "library", item.id)
    db.session.commit()
    return redirect(url_for("library.show", id=item.id), 303)


@pages.get(f"/journeys/library/{ID}", roles=LEADS)
def show(id: int) -> ResponseReturnValue:
    gone = db.session.get(LibraryItem, id)
    if gone is not None and gone.retired_at is not None:
        flash(_("This is no longer in the library. Journeys keep what they took from it."))
        return redirect(url_for("library.index"))
    return _item(item_or_404(id))


@pages.post(f"/journeys/library/{ID}", endpoint="change", roles=LEADS)
def change_one(id: int) -> ResponseReturnValue:
    """scope: here (the library only) or everywhere (also the drafts of the journeys listed)."""
    item, form = item_or_404(id), LibraryItemForm(request.form)
    if form.revision.data != str(item.revision):
        form.form_errors.append(_("Somebody changed it meanwhile. What you wrote is below; look at it and save again."))
        return _item(item, form), 409
    try:
        document = read(item.kind, item.document, form)
    except Problem as problem:
        db.session.rollback()
        put_errors(form, problem)
        return _item(item_or_404(id), form), problem.status
    places = change_item(item, document, form.scope.data == "everywhere", current_user, clock.now())
    audit.note("change", "library", id, {"places": places})
    db.session.commit()
    flash(plain(changed(places), language()))
    return redirect(url_for("library.show", id=id), 303)


@pages.post(f"/journeys/library/{ID}/taking", roles=LEADS, once=True)
def take_over(id: int) -> ResponseReturnValue:
    """place: <journey>:<touchpoint or stage>. It stands in the draft of that journey afterwards."""
    item, form = item_or_404(id), TakingForm(request.form)
    number, _colon, place = (form.place.data or "").partition(":")
    journey_id = our_id(number)
    if journey_id is None:
        return _not_taken(id, form, _("Choose where it goes."))
    journey = journey_or_404(journey_id)
    try:
        key = change_newest(
            journey,
            current_user,
            clock.now(),
            lambda draft: take(draft, item.kind, str(item.id), item.document, place),
        )
    except NotThere:
        return _not_taken(id, form, _("That place was removed meanwhile. Choose another one."))
    except TooMany:
        return _not_taken(id, form, _("There is no more room at that place."))
    audit.note("take", "library", id, {"journey": journey.id})
    db.session.commit()
    return redirect(url_for("editor.show", id=journey.id, t=key, _anchor=key), 303)


@pages.post(f"/journeys/library/{ID}/removal", roles=LEADS)
def retire(id: int) -> ResponseReturnValue:
    """Journeys keep what they took."""
    item = item_or_404(id)
    item.retired_at = clock.now()
    audit.note("retire", "library", id)
    db.session.commit()
    flash(_("Out of the library. Journeys keep what they took from it."))
    return redirect(url_for("library.index"), 303)


@pages.post(f"/journeys/{ID}/library", roles=LEADS, once=True)
def keep(id: int) -> ResponseReturnValue:
    """From a journey into the library. t: touchpoint; standard: id of one of its standards, or empty.

    Whatever else is filled in on the touchpoint's page is kept too.
    """
    journey, form, fields = journey_or_404(id), KeepingForm(request.form), filled_in()
    place, standard = form.t.data or "", form.standard.data or ""
    kind: ItemKind = "standard" if standard else "touchpoint"
    item = LibraryItem(kind=kind, document={}, changed_at=clock.now(), changed_by=current_user.id)
    db.session.add(item)
    db.session.flush()

    def work(draft: Draft) -> ItemDocument:
        if "name_en" in fields:
            read_touchpoint(find(draft, place), fields, fields.getlist("channels"))
        if standard:
            return put_standard(draft, place, standard, str(item.id))
        return put_touchpoint(draft, place, str(item.id))

    try:
        item.document = change_newest(journey, current_user, clock.now(), work)
    except NotThere as gone:
        raise Problem("not_found") from gone
    audit.note("add", "library", item.id)
    db.session.commit()
    flash(_("It stands in the library now."))
    return redirect(url_for("library.show", id=item.id), 303)


def _index(wrong: LibraryItemForm | None = None) -> str:
    forms = {kind: LibraryItemForm(data={"kind": kind}) for kind in WRITTEN_HERE}
    if wrong is not None:
        forms[wrong.kind.data or ""] = wrong
    forms = {kind: apart(form, kind) for kind, form in forms.items()}
    return render_page("authoring/library/index.html", page=library_page(), forms=forms)


def _item(item: LibraryItem, form: LibraryItemForm | None = None, taking: TakingForm | None = None) -> str:
    return render_page(
        "authoring/library/item.html",
        page=item_page(item),
        form=apart(form or item_form(item.kind, item.document), "item"),
        taking=taking or TakingForm(),
    )


def _not_taken(id: int, form: TakingForm, sentence: str) -> ResponseReturnValue:
    db.session.rollback()
    form.place.errors = [sentence]
    return _item(item_or_404(id), taking=form), 422
