"""/areas, /areas/compare and /areas/<id>, as pages and as JSON."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, jsonify, redirect, request, session
from flask.typing import ResponseReturnValue

from shadowing.areas.area_page import area_page
from shadowing.areas.comparison.documents import compare_document
from shadowing.areas.comparison.pages import compare_page
from shadowing.areas.documents import area_document
from shadowing.areas.observations import observations_page
from shadowing.areas.pages import areas_page
from shadowing.backlog.pages import items_of_area
from shadowing.core import clock
from shadowing.core.carried import within
from shadowing.core.database import db
from shadowing.core.ids import our_id
from shadowing.core.jobs.wake import wake_worker
from shadowing.core.layout import render_page
from shadowing.core.routes import READERS, Routes, api_routes
from shadowing.people.reader import signed_in_reader
from shadowing.scoring.asked_areas import applicable, area_with_levels, areas_with_levels
from shadowing.scoring.filter import Asked, read
from shadowing.scoring.periods import ask_for, live_panel, period_state, refuse_unready
from shadowing.scoring.queries import area_or_404, choose_journey, journeys_by_visits, panel_of_journey

pages = Routes("areas", __name__)
api = api_routes("areas")


@pages.get("/areas", roles=READERS)
def index() -> str:
    """Areas that need attention, one list grouped by verdict."""
    page = areas_page(request.args, session.get("journey"), signed_in_reader())
    if request.args.get("journey"):
        session["journey"] = request.args["journey"]
    return render_page("areas/index.html", page=page)


@pages.get("/areas/compare", roles=READERS)
def compare() -> str:
    """Two sites or two channels side by side."""
    page = compare_page(request.args, session.get("journey"), signed_in_reader())
    return render_page("areas/compare.html", page=page)


@pages.post("/areas/period", roles=READERS, once=True)
def ask_for_period() -> ResponseReturnValue:
    """Have a period outside the window computed, and back to where it was asked for."""
    _ask_for_period()
    area = our_id(request.args.get("area"))
    return redirect(within("areas.index") if area is None else within("areas.show", id=area), 303)


@pages.get("/areas/<int(max=2147483647):id>", roles=READERS)
def show(id: int) -> str:
    """One area: the sentence, sites, ratings, standards, factors, what was seen."""
    page = replace(area_page(id, request.args, signed_in_reader()), items=items_of_area(id))
    return render_page("areas/show.html", page=page)


@pages.get("/areas/<int(max=2147483647):id>/observations", roles=READERS)
def observations(id: int) -> str:
    """Every observation behind its numbers, by rating and site, thirty at a time."""
    page = observations_page(id, request.args, signed_in_reader())
    return render_page("areas/observations.html", page=page)


@api.get("/areas", endpoint="index", roles=READERS)
def index_json() -> Response:
    """Scores of a journey's areas under the filter."""
    journey = choose_journey([j for j, _ in journeys_by_visits()], request.args.get("journey"))
    asked = read(request.args, signed_in_reader())
    if journey is None:
        return jsonify(journey=None, areas=[])
    refuse_unready(panel_of_journey(journey), applicable(asked, journey))
    found, scores = areas_with_levels(journey, asked, clock.now())
    return jsonify(
        journey={"id": str(journey.id), "name": journey.name},
        areas=[area_document(p, scores.get(p.area.id, {})) for p in found],
    )


@api.get("/areas/compare", endpoint="compare", roles=READERS)
def compare_json() -> Response:
    """Two sites or two channels side by side, with the intervals of their differences."""
    return jsonify(compare_document(compare_page(request.args, None, signed_in_reader())))


@api.post("/areas/period", endpoint="ask_for_period", roles=READERS)
def ask_for_period_json() -> ResponseReturnValue:
    """Have a period outside the window computed."""
    asked = _ask_for_period()
    state = period_state(live_panel(), asked)
    return jsonify(since=asked.day.isoformat() if asked.day else None, state=state or "ready"), 202 if state else 200


@api.get("/areas/<int(max=2147483647):id>", endpoint="show", roles=READERS)
def show_json(id: int) -> Response:
    """One area with its three levels."""
    found = area_or_404(id)
    asked = applicable(read(request.args, signed_in_reader()), found.touchpoint.journey)
    refuse_unready(panel_of_journey(found.touchpoint.journey), asked)
    place, scores = area_with_levels(found, asked, clock.now())
    return jsonify(area_document(place, scores.get(id, {})))


def _ask_for_period() -> Asked:
    """Commits. What lies inside the window is answered without being asked for."""
    asked = read(request.args, signed_in_reader())
    if asked.outside and asked.day is not None:
        ask_for(asked.day, clock.now())
        db.session.commit()
        wake_worker()
    return asked
