"""/data: bring in a spreadsheet, match its columns, try it, take it in, take it back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.layout import render_page
from shadowing.core.problems import Problem
from shadowing.core.routes import LEADS, Routes
from shadowing.core.table_errors import FILE_REASONS, ROW_REASONS, BadFile
from shadowing.core.tables import Source, as_text
from shadowing.imports.answers import answered
from shadowing.imports.forms import MatchForm
from shadowing.imports.guess_columns import open_questions
from shadowing.imports.pages import data_page, draft_page
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


@pages.post("/data", roles=LEADS)
def upload() -> ResponseReturnValue:
    """Keep a file and show its columns; a file that cannot be read says why."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _index(gettext("Choose a file first.")), 422
    try:
        draft = bring(Source(file.filename.replace("\x00", ""), file.read()), current_user.id, clock.now())
    except BadFile as bad:
        db.session.rollback()
        return _index(gettext(FILE_REASONS[bad.code]) % bad.details), 422
    db.session.commit()
    return redirect(url_for("imports.show", id=draft.id), 303)


@pages.get("/data/<int(max=2147483647):id>", roles=LEADS)
def show(id: int) -> str:
    """Matching, waiting or result, whatever the draft has come to."""
    return _page(draft_or_404(id, signed_in_reader()))


@pages.post("/data/<int(max=2147483647):id>", roles=LEADS)
def match(id: int) -> ResponseReturnValue:
    """Keep what was said about the columns; then try, or take in once every question is answered."""
    draft = draft_or_404(id, signed_in_reader())
    if draft.state != "matching":
        return redirect(url_for("imports.show", id=id), 303)
    form = MatchForm(request.form)
    columns, imports = answered(columns_in(draft), form.answers), form.step.data == "import"
    draft.columns = [column.document() for column in columns]
    draft.journey_name = form.journey_name.data or draft.journey_name
    draft.day = _day(form.day.data)
    draft.outcome = draft.outcome if imports else None
    if open_questions(columns):
        db.session.commit()
        told = gettext("Answer the questions first; the file cannot say it by itself.")
        return _page(draft_or_404(id, signed_in_reader()), told), 422
    ask_worker(draft, "import" if imports else "try", clock.now())
    db.session.commit()
    wake_worker()
    return redirect(url_for("imports.show", id=id), 303)


@pages.get("/data/<int(max=2147483647):id>/refused.csv", roles=LEADS)
def refused(id: int) -> Response:
    """The refused rows, to be corrected."""
    draft = draft_or_404(id, signed_in_reader())
    reply = Response(_refused_lines(draft), mimetype="text/csv")
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
        return _page(draft, told), 403
    take_back(record, clock.now())
    audit.note("take_back", "import", record.id)
    db.session.commit()
    return redirect(url_for("imports.index"), 303)


def _index(complaint: str = "") -> str:
    return render_page("imports/index.html", page=data_page(signed_in_reader(), complaint))


def _page(draft: ImportDraft, complaint: str = "") -> str:
    page = draft_page(draft, complaint)
    template = "imports/result.html" if draft.state == "done" else "imports/match.html"
    return render_page(template, page=page, form=MatchForm(data={"journey_name": page.journey_name, "day": page.day}))


def _day(said: str | None) -> date | None:
    try:
        return clock.parse_day(said) if said else None
    except ValueError:
        return None


def _refused_lines(draft: ImportDraft) -> Iterator[str]:
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow([gettext("Row"), gettext("Column"), gettext("Value"), gettext("Why"), gettext("What you can do")])
    for refusal in draft.outcome["refusals"] if draft.outcome else ():
        why = ROW_REASONS[refusal["code"]]
        sentence = gettext(why.sentence) % {name: value for name, value in refusal["details"]}
        column, value = as_text(refusal["column"]), as_text(refusal["value"])
        lines.writerow([refusal["row"], column, value, sentence, gettext(why.remedy)])
    yield "\ufeff" + out.getvalue()
