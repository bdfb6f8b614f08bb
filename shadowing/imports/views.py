"""/data: bring in a spreadsheet, match its columns, try it, take it in, take it back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from shadowing.core import clock
from shadowing.core.database import canonical, db
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import LEADS, Routes
from shadowing.core.table_errors import FILE_REASONS, BadFile
from shadowing.core.tables import Source, as_csv, as_text
from shadowing.imports.answers import answered
from shadowing.imports.forms import ColumnsForm, MatchForm
from shadowing.imports.guess_columns import Column, open_questions
from shadowing.imports.pages import data_page, draft_page, refused_rows
from shadowing.imports.undo import others_in, take_back
from shadowing.imports.uploads import ask_worker, bring, columns_in, draft_or_404
from shadowing.people import audit
from shadowing.people.reader import signed_in_reader
from shadowing.visits.models.imported import Import, ImportDraft

pages = Routes("imports", __name__)


@pages.get("/data", roles=LEADS)
def index() -> str:
    """What was brought in, and where to bring in more."""
    return _index()


@pages.post("/data", roles=LEADS, once=True)
def upload() -> ResponseReturnValue:
    """Keep a file and show its columns; a file that cannot be read says why."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _index(gettext("Choose a file first.")), 422
    try:
        draft = bring(Source(file.filename.replace("\x00", ""), file.read()), current_user.id, clock.now())
    except BadFile as bad:
        db.session.rollback()
        return _index(gettext(FILE_REASONS[bad.code], **bad.details)), bad.status
    db.session.commit()
    wake_worker()
    return redirect(url_for("imports.show", id=draft.id), 303)


@pages.get("/data/<int(max=2147483647):id>", roles=LEADS)
def show(id: int) -> str:
    """Matching, waiting or result, whatever the draft has come to. ?q=, ?only= and ?page= choose among many columns."""
    return _page(draft_or_404(id, signed_in_reader()), ColumnsForm(request.args))


@pages.post("/data/<int(max=2147483647):id>", roles=LEADS)
def match(id: int) -> ResponseReturnValue:
    """Keep what was said about the columns; then show others, try, or take in once every question is answered."""
    draft, form = draft_or_404(id, signed_in_reader()), MatchForm(request.form)
    if draft.state == "failed":
        return _asked(draft, "read", form)
    if draft.state != "matching":
        return redirect(url_for("imports.show", id=id), 303)
    columns, imports = answered(columns_in(draft), form.answers), form.step.data == "import" and not form.go.data
    sound = form.validate()
    _keep(draft, columns, form, imports)
    if form.go.data and sound:
        db.session.commit()
        return redirect(_address(draft, form), 303)
    if sound and not open_questions(columns):
        return _asked(draft, "import" if imports else "try", form)
    db.session.commit()
    told = gettext("Answer the questions first; the file cannot say it by itself.") if sound else ""
    return _page(draft_or_404(id, signed_in_reader()), form, told), 422


@pages.get("/data/<int(max=2147483647):id>/refused.csv", roles=LEADS)
def refused(id: int) -> Response:
    """The refused rows, to be corrected."""
    draft = draft_or_404(id, signed_in_reader())
    reply = Response(as_csv(_refused_rows(draft)), mimetype="text/csv")
    reply.headers["Content-Disposition"] = f"attachment; filename=refused-{id}.csv"
    return reply


@pages.post("/data/<int(max=2147483647):id>/removal", roles=LEADS)
def remove(id: int) -> ResponseReturnValue:
    """Take the import back."""
    reader = signed_in_reader()
    draft = draft_or_404(id, reader)
    record = db.session.get(Import, draft.import_id or 0)
    if record is None:
        raise Problem("not_found")
    if reader.role != "admin" and others_in(record):
        told = gettext("Files of other people lie in the same journey and would go too; an administrator can do that.")
        return _page(draft, ColumnsForm(), told), 403
    take_back(record, clock.now())
    audit.note("take_back", "import", record.id)
    db.session.commit()
    return redirect(url_for("imports.index"), 303)


def _index(complaint: str = "") -> str:
    return render_page("imports/index.html", page=data_page(signed_in_reader(), complaint))


def _keep(draft: ImportDraft, columns: list[Column], form: MatchForm, imports: bool) -> None:
    """What was said, into the draft; the last trial stands as long as it says the same."""
    before = draft.columns, draft.journey_name, draft.day
    draft.columns = [column.document() for column in columns]
    draft.journey_name = form.journey_name.data or draft.journey_name
    draft.day = draft.day if form.day.errors else form.on
    same = canonical(before[0]) == canonical(draft.columns) and before[1:] == (draft.journey_name, draft.day)
    draft.outcome = draft.outcome if imports or form.go.data and same else None


def _asked(draft: ImportDraft, wanted: str, form: MatchForm) -> ResponseReturnValue:
    ask_worker(draft, wanted, clock.now())
    db.session.commit()
    wake_worker()
    return redirect(_address(draft, form), 303)


def _address(draft: ImportDraft, form: MatchForm) -> str:
    view: dict[str, Any] = form.view()
    return url_for("imports.show", id=draft.id, **view)


def _page(draft: ImportDraft, view: ColumnsForm, complaint: str = "") -> str:
    page = draft_page(draft, view, complaint)
    template = "imports/result.html" if draft.state == "done" else "imports/match.html"
    form = MatchForm(data={"journey_name": page.journey_name, "day": page.day})
    if isinstance(view, MatchForm) and view.day.errors:
        form.day = view.day  # as it was typed, with what is wrong
    return render_page(template, page=page, form=form)


def _refused_rows(draft: ImportDraft) -> Iterator[list[object]]:
    yield [gettext("Row"), gettext("Column"), gettext("Value"), gettext("Why"), gettext("What you can do")]
    for row in refused_rows(draft):
        yield [row.row, as_text(row.column), as_text(row.value), row.why, row.remedy]
