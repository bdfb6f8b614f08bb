"""`python -m tests.bench.backlog_fill ITEMS`: a chain with so many improvements on its board, in all states.

`python -m tests.bench.backlog_fill drafting`: how long the backlog takes to follow 1,000 new observations.
"""

from __future__ import annotations

import json
import random
import sys
import time
import uuid

from sqlalchemy import insert, select

from shadowing.app import create_app
from shadowing.backlog.drafting import draft_changed, note_event, raise_by_person
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.vocabulary import LENSES, LEVELS
from shadowing.journeys.models import Area
from shadowing.people.models import Person
from shadowing.scoring.refresh import refresh_panel
from shadowing.visits.models.totals import Panel
from shadowing.visits.models.visit import Observation, Visit
from tests.bench.areas_fill import fill

ROWS, AREAS, SITES, NEW = 50_000, 300, 10, 1000
STATES = ("proposed", "proposed", "accepted", "in_progress", "reopened", "declined")
SPEAKING = 0.2


def fill_backlog(items: int) -> int:
    """Returns one of the items."""
    chance, panel = random.Random(11), fill(ROWS, AREAS, SITES)
    _let_speak(chance)
    refresh_panel(panel)
    areas = list(db.session.scalars(select(Area).where(Area.offered).order_by(Area.id).limit(AREAS)))
    people = list(db.session.scalars(select(Person).limit(40)))
    now = clock.now()
    for number in range(items):
        area, author = areas[number % len(areas)], chance.choice(people)
        item = raise_by_person(
            area, panel, chance.choice(tuple(LEVELS)), f"Idea {number} for it", "Look\nDo", None, author, now
        )
        item.state, item.owner = chance.choice(STATES), chance.choice((None, chance.choice(people)))
        item.lenses = {lens: chance.choice((-0.5, 0.0, 0.5, 1.0)) for lens in LENSES}
        item.effort = chance.choice(("S", "M", "L", None))
        note_event(item, "state", now, before="proposed", after=item.state)
    db.session.commit()
    draft_changed(panel)
    return item.id


def _let_speak(chance: random.Random) -> None:
    """Every fifth observation has words."""
    for seen in db.session.scalars(select(Observation)):
        seen.speaks = chance.random() < SPEAKING
    db.session.commit()


def drafting() -> float:
    """Seconds to bring the backlog in step after 1,000 more observations that speak and rate low."""
    panel = db.session.scalars(select(Panel.id).filter_by(kind="live")).one()
    visit = db.session.scalars(select(Visit).limit(1)).one()
    areas, now = list(db.session.scalars(select(Area.id).where(Area.offered).limit(AREAS))), clock.now()
    like = {"visit_id": visit.id, "person_id": visit.person_id, "panel_id": panel, "site_id": visit.site_id}
    said = {
        "body": {},
        "counted": {},
        "marks": [],
        "scored": True,
        "speaks": True,
        "observed_at": now,
        "received_at": now,
    }
    rated = dict.fromkeys(LEVELS, 1)
    rows = [{"id": uuid.uuid4(), "area_id": areas[n % len(areas)], **like, **said, **rated} for n in range(NEW)]
    db.session.execute(insert(Observation), rows)
    db.session.commit()
    refresh_panel(panel)
    started = time.perf_counter()
    draft_changed(panel, {visit.id})
    return time.perf_counter() - started


def main(what: str) -> None:
    with create_app().app_context():
        print(json.dumps(drafting() if what == "drafting" else fill_backlog(int(what))))


if __name__ == "__main__":
    main(sys.argv[1])
