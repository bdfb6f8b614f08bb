"""`python -m tests.bench.coverage_fill ROWS`: a hospital's half year of visits straight into the tables, then scored.

How they came in is measured elsewhere; here only what pages about coverage find.
"""

from __future__ import annotations

import json
import random
import sys
import time
import uuid
from datetime import timedelta

from sqlalchemy import insert, select

from shadowing.app import create_app
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.vocabulary import HANDOVERS, LEVELS, Words
from shadowing.coverage.path_summary import keep_up
from shadowing.journeys.models import Area, Journey, Persona, Touchpoint
from shadowing.people.accounts import add_person, add_site
from shadowing.scoring.refresh import rebuild_paths, refresh_panel
from shadowing.visits.models.totals import Panel
from shadowing.visits.models.visit import Observation, Visit

STEPS, OBSERVERS, SITES, DAYS = 13, 60, 10, 179
SCENARIOS = ("First visit", "Returning", "In a hurry", None)
AT_ONCE = 2000


def fill(rows: int) -> int:
    """Returns the number of visits."""
    chance, now = random.Random(7), clock.now()
    journey = db.session.scalars(select(Journey)).one()
    people = [add_person(f"o{n}@bench.example", f"O{n}", "observer", None) for n in range(OBSERVERS)]
    sites = [add_site(Words(en=f"S{n}", zh=f"S{n}")) for n in range(SITES)]
    personas = [Persona(journey_id=journey.id, name=Words(en=f"P{n}", zh=f"P{n}")) for n in range(5)]
    panel = Panel(kind="live")
    db.session.add_all([*personas, panel])
    db.session.flush()
    areas = db.session.execute(select(Area.id, Touchpoint.position).join(Touchpoint).where(Area.offered)).all()
    places = [area for area, _ in sorted(areas, key=lambda pair: pair[1])]
    visits, seen = [], []
    total = rows // STEPS
    for _ in range(total):
        start = now - timedelta(days=DAYS * chance.random())
        scenario = chance.choice(SCENARIOS)
        visit = {
            "id": uuid.UUID(int=chance.getrandbits(128)),
            "person_id": chance.choice(people).id,
            "panel_id": panel.id,
            "journey_id": journey.id,
            "journey_version": 1,
            "site_id": chance.choice(sites).id,
            "persona_id": chance.choice(personas).id,
            "body": {"scenario": scenario} if scenario else {},
            "status": "done",
            "started_at": start,
            "received_at": start,
        }
        visits.append(visit)
        for step, area in enumerate(sorted(chance.sample(places, STEPS))):
            seen.append(_observation(visit, area, start + timedelta(minutes=7 * step), chance))
        if len(visits) >= AT_ONCE:
            _write(visits, seen)
    _write(visits, seen)
    db.session.commit()
    return total


def _observation(visit: dict, area: int, at, chance: random.Random) -> dict:
    handover = chance.choices((*HANDOVERS, None), (70, 12, 4, 14))[0]
    ratings = {level: chance.choices((1, 2, 3, 4, 5), (4, 10, 24, 40, 22))[0] for level in LEVELS}
    counted = {"panel": visit["panel_id"], "area": area, "site": visit["site_id"], "day": at.date().isoformat()}
    return {
        "id": uuid.UUID(int=chance.getrandbits(128)),
        "visit_id": visit["id"],
        "person_id": visit["person_id"],
        "panel_id": visit["panel_id"],
        "area_id": area,
        "site_id": visit["site_id"],
        "body": {**ratings, "handover": handover},
        **ratings,
        "observed_at": at,
        "scored": True,
        "counted": {**counted, "facts": [["handover", handover]] if handover else []},
        "note": "Waited beside the kiosk until somebody came and showed where to press."
        if chance.random() < 0.3
        else None,
        "marks": [],
        "received_at": at,
    }


def _write(visits: list[dict], seen: list[dict]) -> None:
    db.session.execute(insert(Visit), visits)
    db.session.execute(insert(Observation), seen)
    visits.clear()
    seen.clear()


def main(rows: str) -> None:
    with create_app().app_context():
        visits = fill(int(rows))
        started = time.perf_counter()
        refresh_panel(db.session.scalars(select(Panel.id)).one())
        scored = time.perf_counter()
        rebuild_paths()
        keep_up([db.session.scalars(select(Panel.id)).one()])
        done = time.perf_counter()
    print(json.dumps({"visits": visits, "scores": scored - started, "paths": done - scored}))


if __name__ == "__main__":
    main(sys.argv[1])
