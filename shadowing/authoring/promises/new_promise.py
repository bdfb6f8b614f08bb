"""A promise from the register into a journey's draft, where a visit will check it. Callers commit."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import select

from shadowing.authoring.editor.drafts import change_newest, draft_of
from shadowing.authoring.editor.pages import WRONG
from shadowing.authoring.promises.forms import NewPromiseForm
from shadowing.core.database import db
from shadowing.core.forms import both
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import Level, Words
from shadowing.journeys.editing import Draft, NotThere, TooMany, add_standard, find, touchpoints
from shadowing.journeys.models import Journey
from shadowing.people.models import Person


def offered_places() -> list[tuple[Words, list[tuple[str, Words]]]]:
    """By journey: (value of the choice, touchpoint)."""
    journeys = db.session.scalars(
        select(Journey).where(Journey.archived_at.is_(None), Journey.origin != "import").order_by(Journey.id)
    ).all()
    places = []
    for journey in journeys:
        draft, _revision = draft_of(journey)
        places.append(
            (draft["name"], [(f"{journey.id}:{each['key']}", each["name"]) for _, each in touchpoints(draft)])
        )
    return places


def add(form: NewPromiseForm, by: Person, now: datetime) -> Journey:
    """The journey in whose draft it stands now. Raises Problem invalid at the place."""
    id, key = form.touchpoint
    journey = None if id is None else db.session.get(Journey, id)
    if journey is None or journey.origin == "import":
        raise Problem("invalid", [("place", WRONG["choice"])])

    def work(draft: Draft) -> None:
        touchpoint = find(draft, key)
        add_standard(touchpoint)
        standard = touchpoint["standards"][-1]
        standard["text"], standard["where"] = cast("Words", both(form, "text")), both(form, "where")
        standard["kind"], standard["level"] = "promise", cast("Level", form.level.data or "utility")
        if form.source.data:
            standard["source"] = form.source.data

    try:
        change_newest(journey, by, now, work)
    except NotThere as gone:
        raise Problem("invalid", [("place", WRONG["choice"])]) from gone
    except TooMany as many:
        raise Problem("invalid", [("place", WRONG["many"])]) from many
    return journey
