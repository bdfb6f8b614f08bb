"""Coverage as JSON; its page is the plan's."""

from __future__ import annotations

from flask import Response, jsonify, request

from shadowing.core import clock
from shadowing.core.routes import READERS, api_routes
from shadowing.coverage.consistency import consistency_of
from shadowing.coverage.documents import coverage_document
from shadowing.coverage.figures import Consistency
from shadowing.coverage.filter import journey_of
from shadowing.coverage.pages import coverage_of
from shadowing.coverage.path_arrays import paths_asked
from shadowing.coverage.suggesting import suggestions
from shadowing.people.reader import signed_in_reader
from shadowing.scoring.filter import read

api = api_routes("coverage")
SUGGESTED = 10


@api.get("/coverage", endpoint="show", roles=READERS)
def show_json() -> Response:
    """What was seen, what was overlooked, what next. Filters: journey, site, persona, scenario, since."""
    now, reader = clock.now(), signed_in_reader()
    asked = read(request.args, reader)
    journey = journey_of(request.args)
    paths = paths_asked(journey, asked, now) if journey else None
    consistency = consistency_of(journey, paths, now, reader) if journey else Consistency()
    looks = suggestions([journey], now, asked.site_id, SUGGESTED) if journey else []
    return jsonify(coverage_document(coverage_of(journey, asked, paths, now, reader), consistency, looks))
