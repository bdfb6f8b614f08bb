"""/summary, as a page and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response, jsonify, request, session

from shadowing.core.layout import render_page
from shadowing.core.routes import READERS, Routes, api_routes
from shadowing.people.reader import signed_in_reader
from shadowing.scoring.statistics.proportions import Share
from shadowing.summary.pages import summary_page

pages = Routes("summaries", __name__)
api = api_routes("summaries")


@pages.get("/summary", roles=READERS)
def show() -> str:
    """The executive page: two minutes, two sheets of A4."""
    if request.args.get("journey"):
        session["journey"] = request.args["journey"]
    return render_page(
        "summary/show.html", summary=summary_page(request.args, session.get("journey"), signed_in_reader())
    )


@api.get("/summary", endpoint="show", roles=READERS)
def show_json() -> Response:
    """The figures of the page. Filter: journey."""
    page = summary_page(request.args, None, signed_in_reader())
    return jsonify(
        journey=page.journey,
        visits=page.visits,
        observers=page.observers,
        areas={"offered": page.areas_offered, "seen": page.areas_seen, "underperforming": page.failing},
        coverage={"seen_weight": page.coverage.matrix.seen_weight, "fresh_share": page.coverage.matrix.fresh_share},
        got_what_they_came_for=_share(page.got),
        satisfied=_share(page.satisfied),
        come_again=_share(page.come_again),
        index=asdict(page.index) if page.index else None,
        furthest=[_furthest(row) for row in page.furthest],
        unknown=[asdict(unknown) for unknown in page.unknown],
        open_improvements=page.open_improvements,
    )


def _share(share: Share | None) -> dict[str, Any] | None:
    return None if share is None else asdict(share)


def _furthest(row: Any) -> dict[str, Any]:
    estimate = row.estimate
    return {
        "area_id": row.id,
        "touchpoint": row.touchpoint,
        "channel": row.channel,
        "verdict": row.verdict,
        "level": row.level,
        "score": estimate.score if estimate else None,
        "target": estimate.target if estimate else None,
        "p_below": row.probability,
    }
