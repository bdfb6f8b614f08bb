"""What the people of the demonstration made of the first improvements, told with believable dates."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from shadowing.authoring.promises.models import PromiseDecision
from shadowing.backlog.changing import change
from shadowing.backlog.models import Improvement
from shadowing.backlog.schemas import read
from shadowing.core.database import db
from shadowing.journeys.models import Area, Touchpoint
from shadowing.people.models import Person
from shadowing.scoring.models import AreaFlag

RAISED_DAYS_AGO = 55
#: Touchpoint key -> steps: (days ago, what is sent). `owner` is an e-mail.
STORIES: dict[str, list[tuple[int, dict[str, Any]]]] = {
    "wayfinding": [
        (
            48,
            {
                "state": "accepted",
                "owner": "james@demo.example",
                "title": "Volunteer at the lift, 8 to 11",
                "effort": "S",
            },
        ),
        (44, {"lenses": {"customer": 1, "brand": 0.5, "business": -0.5}}),
        (41, {"state": "in_progress", "reason": "Ruth Adeyemi: twelve weeks on trial, paid by Quality."}),
        (20, {"state": "shipped"}),
    ],
    "waiting_room": [
        (46, {"state": "accepted", "owner": "lena@demo.example", "title": "Say the waiting time, every 10 minutes"}),
        (45, {"effort": "S", "lenses": {"customer": 1, "brand": 1, "business": 0}}),
        (30, {"state": "in_progress"}),
    ],
    "payment": [
        (
            40,
            {"title": "One queue, five windows", "effort": "M", "lenses": {"customer": 1, "brand": 0, "business": 0.5}},
        ),
    ],
}

#: Touchpoint, promise, decision and its words.
PROMISES = (
    ("waiting_room", "never_over_30", "keep", "Slots of 20 minutes instead of 10 on Mondays"),
    ("adverts", "no_long_wait", "correct", "“Most patients are seen within the hour”"),
)


def decide(people: dict[str, Person], now: datetime) -> None:
    """Play the stories on whatever the rule has raised by now. Commits."""
    lead, stories = people["wei@demo.example"], dict(STORIES)
    rows = select(Improvement, Touchpoint.key).join(Area, Area.id == Improvement.area_id).join(Touchpoint)
    for item, key in db.session.execute(rows.order_by(Improvement.id)).all():
        _backdate(item, now - timedelta(days=RAISED_DAYS_AGO))
        for days, step in stories.pop(key, []) if item.state == "proposed" else []:
            _do(item, step, lead, people, now - timedelta(days=days))
    _decide_promises(lead, now)
    db.session.execute(update(AreaFlag).values(raised_at=now - timedelta(days=RAISED_DAYS_AGO)))
    db.session.commit()


def _do(item: Improvement, step: dict[str, Any], lead: Person, people: dict[str, Person], moment: datetime) -> None:
    said = {**step, "revision": item.revision}
    if "owner" in step:
        said["owner"] = str(people[step["owner"]].id)
    change(item, read(said), lead, moment)
    db.session.flush()


def _decide_promises(lead: Person, now: datetime) -> None:
    """One is kept, with the improvement that is open there; another is corrected."""
    for days, (place, key, what, words) in enumerate(PROMISES, 12):
        touchpoint = db.session.scalars(select(Touchpoint).where(Touchpoint.key == place)).one()
        open_item = select(Improvement.id).join(Area, Area.id == Improvement.area_id)
        item = db.session.scalar(open_item.where(Area.touchpoint_id == touchpoint.id).order_by(Improvement.id).limit(1))
        db.session.add(
            PromiseDecision(
                touchpoint_id=touchpoint.id,
                standard_key=key,
                decision=what,
                words=words,
                improvement_id=item,
                person_id=lead.id,
                decided_at=now - timedelta(days=days),
            )
        )


def _backdate(item: Improvement, moment: datetime) -> None:
    item.raised_at = item.changed_at = moment
    for event in item.events:
        event.at = moment
