"""/decisions, as a page, as a table and as JSON."""

from __future__ import annotations

from flask import Response, jsonify, request, session

from shadowing.core import clock
from shadowing.core.i18n import language
from shadowing.core.layout import render_page
from shadowing.core.routes import READERS, Routes, api_routes
from shadowing.core.tables import as_csv
from shadowing.people import audit
from shadowing.people.reader import signed_in_reader
from shadowing.people.zones import home_zone
from shadowing.summary.decided.documents import document, table
from shadowing.summary.decided.figures import DecisionsPage
from shadowing.summary.decided.pages import register_page

pages = Routes("decided", __name__)
api = api_routes("decided")


@pages.get("/decisions", roles=READERS)
def index() -> str:
    """What was decided, by whom, on which evidence, and what became of it."""
    return render_page("summary/decided/index.html", page=_page(), now=clock.now())


@pages.get("/decisions.csv", roles=READERS)
def export() -> Response:
    """What the filter selects, one decision a line. Who took it away is in the trail."""
    rows = _page().rows
    audit.note_read("decisions", "csv", {"lines": len(rows)})
    reply = Response(as_csv(table(rows, language())), mimetype="text/csv")
    day = clock.today(home_zone()).isoformat()
    reply.headers["Content-Disposition"] = f"attachment; filename=decisions-{day}.csv"
    return reply


@api.get("/decisions", endpoint="index", roles=READERS)
def index_json() -> Response:
    """Filters: answer, outcome, days."""
    return jsonify(decisions=[document(row) for row in _page().rows])


def _page() -> DecisionsPage:
    return register_page(request.args, session.get("journey"), signed_in_reader(), clock.now())
