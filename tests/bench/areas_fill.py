"""`python -m tests.bench.areas_fill ROWS AREAS SITES`: a chain's half year straight into the tables, then scored.

Observers mostly watch their own site, sites and areas differ, and every tenth visit is shared: what a fit finds hard.
"""

from __future__ import annotations

import json
import random
import sys
import time
import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import insert, select

from shadowing.app import create_app
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.vocabulary import LEVELS, Words
from shadowing.journeys.models import Area, Journey, Touchpoint
from shadowing.people.accounts import add_person, add_site
from shadowing.scoring.refresh import refresh_panel
from shadowing.visits.models.totals import Panel
from shadowing.visits.models.visit import Observation, Visit
from tests.bench.processes import peak_megabytes

STEPS, OBSERVERS, DAYS = 13, 200, 179
AT_HOME = 0.9
AT_ONCE = 2000


@dataclass(frozen=True)
class Chain:
    """What the made-up chain is like, by id: how an area, a site and an observer rate above the rest."""

    panel: int
    journey: int
    areas: dict[int, float]
    sites: dict[int, float]
    observers: dict[int, float]


def fill(rows: int, areas: int, sites: int) -> int:
    """Returns the panel."""
    chance = random.Random(7)
    chain = _chain(areas, sites, chance)
    visits: list[dict] = []
    seen: list[dict] = []
    for _ in range(rows // STEPS):
        visit, rated = _visit(chain, chance)
        visits.append(visit)
        seen += rated
        if len(visits) >= AT_ONCE:
            _write(visits, seen)
    _write(visits, seen)
    db.session.commit()
    return chain.panel


def _chain(areas: int, sites: int, chance: random.Random) -> Chain:
    journey = db.session.scalars(select(Journey)).one()
    first = db.session.scalars(select(Touchpoint)).all()
    have = len(db.session.scalars(select(Area)).all())
    for number in range(max(0, areas - have)):
        like = first[number % len(first)]
        made = Touchpoint(
            journey_id=journey.id,
            key=f"bench-{number}",
            name=Words(en=f"Place {number}", zh=f"环节{number}"),
            stage=like.stage,
            position=100 + number,
            channels=["on_site"],
            volume=chance.choice((None, 300, 900, 4000)),
        )
        db.session.add(made)
        db.session.flush()
        db.session.add(Area(touchpoint_id=made.id, channel="on_site"))
    people = [add_person(f"o{n}@bench.example", f"O{n}", "observer", None) for n in range(OBSERVERS)]
    places = [add_site(Words(en=f"S{n}", zh=f"S{n}")) for n in range(sites)]
    panel = Panel(kind="live")
    db.session.add(panel)
    db.session.flush()
    known = list(db.session.scalars(select(Area.id).where(Area.offered).order_by(Area.id)))[:areas]
    return Chain(
        panel=panel.id,
        journey=journey.id,
        areas={id: chance.gauss(0, 0.4) for id in known},
        sites={site.id: chance.gauss(0, 0.2) for site in places},
        observers={person.id: chance.gauss(0, 0.35) for person in people},
    )


def _visit(chain: Chain, chance: random.Random) -> tuple[dict, list[dict]]:
    people, places = list(chain.observers), list(chain.sites)
    number = chance.randrange(len(people))
    site = places[number % len(places)] if chance.random() < AT_HOME else chance.choice(places)
    start = clock.now() - timedelta(days=DAYS * chance.random())
    visit = {
        "id": uuid.UUID(int=chance.getrandbits(128)),
        "person_id": people[number],
        "panel_id": chain.panel,
        "journey_id": chain.journey,
        "journey_version": 1,
        "site_id": site,
        "body": {},
        "status": "done",
        "started_at": start,
        "received_at": start,
    }
    mood = 3.8 + chain.observers[people[number]] + chain.sites[site] + chance.gauss(0, 0.25)
    areas = chance.sample(list(chain.areas), STEPS)
    return visit, [_observation(visit, area, step, mood + chain.areas[area], chance) for step, area in enumerate(areas)]


def _observation(visit: dict, area: int, step: int, expected: float, chance: random.Random) -> dict:
    at = visit["started_at"] + timedelta(minutes=7 * step)
    ratings = {level: min(5, max(1, round(expected + chance.gauss(0, 0.8)))) for level in LEVELS}
    counted = {"panel": visit["panel_id"], "area": area, "site": visit["site_id"], "day": at.date().isoformat()}
    return {
        "id": uuid.UUID(int=chance.getrandbits(128)),
        "visit_id": visit["id"],
        "person_id": visit["person_id"],
        "panel_id": visit["panel_id"],
        "area_id": area,
        "site_id": visit["site_id"],
        "body": ratings,
        **ratings,
        "emotion": chance.choice((-2, -1, 0, 0, 1, 2, None)),
        "observed_at": at,
        "scored": True,
        "counted": {**counted, "facts": []},
        "marks": [],
        "received_at": at,
    }


def _write(visits: list[dict], seen: list[dict]) -> None:
    db.session.execute(insert(Visit), visits)
    db.session.execute(insert(Observation), seen)
    visits.clear()
    seen.clear()


def main(rows: str, areas: str, sites: str) -> None:
    with create_app().app_context():
        panel = fill(int(rows), int(areas), int(sites))
        started = time.perf_counter()
        refresh_panel(panel)
        print(json.dumps({"panel": panel, "scores": time.perf_counter() - started, "peak": peak_megabytes()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
