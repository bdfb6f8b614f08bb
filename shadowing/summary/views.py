"""/summary, as a page and as JSON."""

from __future__ import annotations

from flask import Response, jsonify, request, session

from shadowing.core.layout import render_page
from shadowing.core.routes import READERS, Routes, api_routes
from shadowing.people.reader import signed_in_reader
from shadowing.summary.documents import summary_document
from shadowing.summary.pages import summary_page

pages = Routes("summaries", __name__)
api = api_routes("summaries")


@pages.get("/summary", roles=READERS)
def show() -> str:
    """The executive page: two minutes, two sheets of A4."""
    summary = summary_page(request.args, session.get("journey"), signed_in_reader())
    if request.args.get("journey"):
        session["journey"] = request.args["journey"]
    return render_page("summary/show.html", summary=summary)


@api.get("/summary", endpoint="show", roles=READERS)
def show_json() -> Response:
    """The figures of the page. Filter: journey."""
    return jsonify(summary_document(summary_page(request.args, None, signed_in_reader())))
