"""What the API answers about the restored installation, and the first lines of what can be downloaded.

Shapes, not numbers: a line a path, with the kinds of value seen there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from shadowing.core.database import db
from shadowing.visits.models.imported import ImportDraft
from shadowing.visits.models.visit import Observation
from tests.golden.making import LEAD, OBSERVER, client_of

READ_BY_LEADS = ("session", "areas", "coverage", "improvements", "plans", "summary")
BYTE_ORDER_MARK = "\ufeff"
#: What has words or numbers for keys is one kind of place.
KEYED = ("targets", "standards", "levels")


def read_all(app: Flask) -> dict[str, list[str]]:
    """Surface -> lines."""
    lead, observer = client_of(app, LEAD), client_of(app, OBSERVER)
    visit = db.session.scalars(select(Observation.visit_id).order_by(Observation.id)).first()
    first = {name: lead.get(f"/api/v1/{name}").get_json()[name][0]["id"] for name in ("areas", "improvements")}
    answers = {f"GET {name}": lead.get(f"/api/v1/{name}").get_json() for name in READ_BY_LEADS}
    answers |= {f"GET {name}/": lead.get(f"/api/v1/{name}/{id}").get_json() for name, id in first.items()}
    answers |= {f"GET {name}": observer.get(f"/api/v1/{name}").get_json() for name in ("carry", "echo")}
    answers["GET receipt"] = lead.get(f"/api/v1/visits/{visit}/receipt").get_json()
    answers["POST sync"] = observer.post("/api/v1/sync", json={"visits": [{"id": "no"}], "observations": []}).get_json()
    answers["problem"] = observer.put("/api/v1/visits/x", json={}).get_json()
    documents = [f"{door} {line}" for door, answer in answers.items() for line in shape(answer)]
    return {"documents": documents, "columns": list(columns(lead))}


def shape(document: Any) -> list[str]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for path, value in _walk(document, ""):
        kinds[path].add(type(value).__name__)
    return [f"{path or '.'}: {' '.join(sorted(found))}" for path, found in sorted(kinds.items())]


def _walk(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        yield path, value
        for each in value:
            yield from _walk(each, f"{path}[]")
    elif isinstance(value, dict):
        yield path, value
        open_keys = path.rpartition(".")[2] in KEYED
        for key, inner in value.items():
            yield from _walk(inner, f"{path}.{'*' if open_keys else key}")
    else:
        yield path, value


def columns(lead: FlaskClient) -> Iterator[str]:
    draft = db.session.scalars(select(ImportDraft.id)).first()
    for address in ("/journeys/1/journey.csv", f"/data/{draft}/refused.csv"):
        answer = lead.get(address)
        assert answer.status_code == 200, address
        yield f"{address}: {answer.text.lstrip(BYTE_ORDER_MARK).splitlines()[0]}"
