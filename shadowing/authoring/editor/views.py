"""/journeys: which there are; /journeys/<id>: one, written on one page and published as a version."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from shadowing.authoring.editor.drafts import discard, draft_of, duplicate, publish_draft, published, set_archived
from shadowing.authoring.editor.figures import JourneysPage
from shadowing.authoring.editor.files import MIME, UnreadableFile, read_file, write_file
from shadowing.authoring.editor.filled_in import filled_in
from shadowing.authoring.editor.forms import ArchiveForm, DraftForm, MapForm, NewJourneyForm
from shadowing.authoring.editor.models import JourneyDraft
from shadowing.authoring.editor.pages import journeys_page, map_page, seen_at
from shadowing.authoring.editor.prompts import confirm_rewritten
from shadowing.authoring.editor.publish_checks import complaints
from shadowing.authoring.editor.reading import Wrong, read_journey, read_touchpoint
from shadowing.authoring.editor.save_draft import ID, changed, journey_or_404
from shadowing.core import clock
from shadowing.core.database import advisory_lock, db
from shadowing.core.i18n import words
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import LEADS, Routes
from shadowing.core.vocabulary import Words
from shadowing.journeys import editing
from shadowing.journeys.assumed import assumed
from shadowing.journeys.defaults import inherited_by, own_defaults
from shadowing.journeys.differences import differences
from shadowing.journeys.editing import Draft
from shadowing.journeys.models import Journey
from shadowing.journeys.packs import available, load
from shadowing.journeys.personas import set_served
from shadowing.journeys.publishing import create_journey
from shadowing.people import audit
from shadowing.people.reader import signed_in_reader

pages = Routes("editor", __name__)


@pages.get("/journeys", roles=LEADS)
def index() -> str:
    return _index(journeys_page(), NewJourneyForm())


@pages.post("/journeys", roles=LEADS, once=True)
def new() -> ResponseReturnValue:
    """From a pack, from a file, or empty with a name."""
    form = NewJourneyForm(request.form)
    try:
        begun = _begun(form)
    except UnreadableFile as bad:
        return _index(journeys_page(tuple(bad.sentences), file=True), form), bad.status
    if begun is None:
        return _index(journeys_page(), form), 422
    draft, pack = begun
    journey = create_journey(draft, "pack" if pack else "own", clock.now(), pack=pack)
    audit.note("add", "journey", journey.id)
    db.session.commit()
    return redirect(url_for("editor.show", id=journey.id), 303)


@pages.get(f"/journeys/{ID}", roles=LEADS)
def show(id: int) -> str:
    """?t= names the touchpoint in hand; without, the journey itself is."""
    return _page(journey_or_404(id), request.args.get("t", ""))


@pages.post(f"/journeys/{ID}/touchpoints/<key>", roles=LEADS)
def change_touchpoint(id: int, key: str) -> ResponseReturnValue:
    """do: save, add_standard, or remove_standard:<id>. Everything that was filled in is kept first."""
    wrong, fields, (do, which) = Wrong(), filled_in(), DraftForm(request.form).deed

    def work(draft: Draft) -> str:
        touchpoint = editing.find(draft, key)
        wrong.update(read_touchpoint(touchpoint, fields, fields.getlist("channels")))
        if do == "add_standard":
            editing.add_standard(touchpoint)
        _serve(draft, key, fields)
        if do == "remove_standard":
            touchpoint["standards"] = [each for each in touchpoint["standards"] if each["id"] != which]
        return key

    return _changed(journey_or_404(id), key, work, wrong)


@pages.post(f"/journeys/{ID}/whole", roles=LEADS)
def change_journey(id: int) -> ResponseReturnValue:
    """Names, need, consent, anchors, lists, names of stages."""
    wrong = Wrong()

    def work(draft: Draft) -> str:
        wrong.update(read_journey(draft, filled_in()))
        return ""

    return _changed(journey_or_404(id), "", work, wrong)


@pages.post(f"/journeys/{ID}/map", roles=LEADS)
def change_map(id: int) -> ResponseReturnValue:
    """do: add:<stage>, up:<key>, down:<key>, remove:<key>, or place with key, stage and before."""
    form = MapForm(request.form)
    (what, which), in_hand = form.deed, form.t.data or ""

    def work(draft: Draft) -> str:
        if what == "add":
            targets = {level: above.value for level, above in inherited_by(id, own_defaults()).items()}
            return editing.add(draft, which, Words(en="New touchpoint", zh="新触点"), targets)
        if what in ("up", "down"):
            editing.step(draft, which, -1 if what == "up" else 1)
        elif what == "remove":
            editing.remove(draft, which)
        elif what == "place":
            editing.place_before(draft, form.key.data or "", form.stage.data or "", form.before.data or None)
        return in_hand

    return _changed(journey_or_404(id), in_hand, work)


@pages.get(f"/journeys/{ID}/publish", roles=LEADS)
def look(id: int) -> ResponseReturnValue:
    """What publishing would change."""
    journey = journey_or_404(id)
    draft, revision = draft_of(journey)
    if not revision:
        return redirect(url_for("editor.show", id=id))
    changes, faults = differences(published(journey), draft), complaints(draft)
    return render_page(
        "authoring/editor/publish.html",
        journey=journey,
        changes=changes,
        faults=faults,
        revision=revision,
        seen=seen_at(journey),
    )


@pages.post(f"/journeys/{ID}/publish", roles=LEADS)
def publish(id: int) -> ResponseReturnValue:
    """The draft that was looked at, and no other, becomes the next version."""
    advisory_lock(f"draft:{id}")
    journey = journey_or_404(id)
    kept = db.session.get(JourneyDraft, id)
    if kept is None or str(kept.revision) != DraftForm(request.form).revision.data:
        raise Problem("stale")
    if complaints(kept.document) or not differences(published(journey), kept.document):
        return redirect(url_for("editor.look", id=id), 303)
    confirm_rewritten(journey, published(journey), kept.document, current_user, clock.now())
    version = publish_draft(journey, kept, clock.now())
    audit.note("publish", "journey", id, {"version": version.number})
    db.session.commit()
    flash(_("Version %(n)s is published. Visits under way keep theirs.", n=version.number))
    return redirect(url_for("editor.show", id=id), 303)


@pages.post(f"/journeys/{ID}/draft/removal", roles=LEADS)
def forget_draft(id: int) -> ResponseReturnValue:
    discard(journey_or_404(id))
    audit.note("discard_draft", "journey", id)
    db.session.commit()
    flash(_("The draft is gone; the journey is as published."))
    return redirect(url_for("editor.show", id=id), 303)


@pages.post(f"/journeys/{ID}/archive", roles=LEADS)
def archive(id: int) -> ResponseReturnValue:
    """step: archive or open."""
    journey, away = journey_or_404(id), ArchiveForm(request.form).step.data == "archive"
    set_archived(journey, clock.now() if away else None)
    audit.note("archive" if away else "open", "journey", id)
    db.session.commit()
    flash(_("Archived. What was seen stays.") if away else _("The journey is offered again."))
    return redirect(url_for("editor.index"), 303)


@pages.post(f"/journeys/{ID}/copy", roles=LEADS, once=True)
def copy(id: int) -> ResponseReturnValue:
    journey = journey_or_404(id)
    draft, pack = duplicate(journey), journey.pack if assumed(id) else None  # a copied assumption is still one
    draft["name"] = Words(
        en=_copied(draft["name"]["en"], "copy"),
        zh=_copied(draft["name"]["zh"], "副本"),
    )
    made = create_journey(draft, "pack" if pack else "own", clock.now(), pack=pack)
    audit.note("copy", "journey", made.id, {"of": id})
    db.session.commit()
    return redirect(url_for("editor.show", id=made.id), 303)


@pages.get(f"/journeys/{ID}/journey.<any(json, csv, xlsx):kind>", roles=LEADS)
def download(id: int, kind: str) -> Response:
    """The journey as a file that another installation, or this one, can bring in."""
    reply = Response(write_file(duplicate(journey_or_404(id)), kind), content_type=MIME[kind])
    reply.headers["Content-Disposition"] = f"attachment; filename=journey-{id}.{kind}"
    return reply


@pages.post(f"/journeys/{ID}/file", roles=LEADS)
def bring_back(id: int) -> ResponseReturnValue:
    """A file becomes the draft: touchpoints with a key of this journey stay the same thing."""
    journey, file = journey_or_404(id), request.files.get("file")
    try:
        if file is None or not file.filename:
            raise UnreadableFile([_("Choose a file first.")])
        brought = read_file(file)
    except UnreadableFile as bad:
        return _page(journey, "", refused=tuple(bad.sentences)), bad.status

    def work(draft: Draft) -> str:
        editing.keep_links(draft, brought)
        cast("dict[str, Any]", draft).clear()
        draft.update(brought)
        return ""

    return _changed(journey, "", work)


def _begun(form: NewJourneyForm) -> tuple[Draft, str | None] | None:
    """What a new journey begins with, and its pack; None when the form says what is missing. Raises UnreadableFile."""
    source, file = form.source.data or "", request.files.get("file")
    if file is not None and file.filename:
        return read_file(file), None
    if source in available():
        return load(source), source
    if not form.validate():
        return None
    name = form.name.data or ""
    return editing.empty_draft(Words(en=name, zh=name)), None


def _index(page: JourneysPage, form: NewJourneyForm) -> str:
    return render_page("authoring/editor/index.html", page=page, form=form)


def _copied(name: str, word: str) -> str:
    return f"{name[:110]} ({word})"


def _serve(draft: Draft, key: str, form: Any) -> None:
    """Whose needs are served here; a form without the question leaves that as it is."""
    if "serves" in form:
        set_served(draft, key, form.getlist("serves"))


def _changed(
    journey: Journey, key: str, work: Callable[[Draft], str], wrong: Wrong | None = None
) -> ResponseReturnValue:
    """key: what is in hand before, "" = the journey itself."""
    return changed(
        journey,
        current_user,
        work,
        partial(_page, journey, key),
        lambda chosen: url_for("editor.show", id=journey.id, t=chosen or None, _anchor=chosen or None),
        wrong,
    )


def _page(
    journey: Journey,
    key: str,
    wrong: Wrong | None = None,
    told: str = "",
    mine: Any = None,
    given: Any = None,
    refused: tuple[str, ...] = (),
) -> str:
    draft, revision = draft_of(journey)
    if mine is not None and key:
        try:
            read_touchpoint(editing.find(draft, key), mine, mine.getlist("channels"))
            _serve(draft, key, mine)
        except editing.NotThere:
            told = _("%(name)s was removed meanwhile.", name=words(draft["name"]))
    elif mine is not None and "name_en" in mine:
        read_journey(draft, mine)
    page = map_page(journey, signed_in_reader(), draft, revision, key, wrong or {}, told, given or {})
    return render_page("authoring/editor/show.html", page=page, refused=refused)
