"""A promise from the register into a journey's draft, where a visit will check it. Callers commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from shadowing.authoring.editor.drafts import change_newest, draft_of
from shadowing.authoring.editor.pages import WRONG
from shadowing.authoring.editor.reading import MOST_TEXT
from shadowing.core.database import db
from shadowing.core.ids import our_id
from shadowing.core.vocabulary import LEVELS, PROMISE_SOURCES, Words
from shadowing.journeys.editing import Draft, NotThere, TooMany, add_standard, find, tidy, touchpoints
from shadowing.journeys.models import Journey
from shadowing.people.models import Person


@dataclass(frozen=True)
class AddingPage:
    """places: by journey, (value of the choice, touchpoint); wrong: field -> sentence; given: what was filled in."""

    places: tuple[tuple[Words, tuple[tuple[str, Words], ...]], ...]
    given: Mapping[str, str]
    wrong: dict[str, str] = field(default_factory=dict)


def adding_page(given: Mapping[str, str], wrong: dict[str, str] | None = None) -> AddingPage:
    journeys = db.session.scalars(
        select(Journey).where(Journey.archived_at.is_(None), Journey.origin != "import").order_by(Journey.id)
    ).all()
    places = []
    for journey in journeys:
        draft, _revision = draft_of(journey)
        rows = tuple((f"{journey.id}:{each['key']}", each["name"]) for _kind, each in touchpoints(draft))
        places.append((draft["name"], rows))
    return AddingPage(tuple(places), given, {name: str(WRONG[what]) for name, what in (wrong or {}).items()})


def add(form: Mapping[str, str], by: Person, now: datetime) -> tuple[Journey | None, str, dict[str, str]]:
    """(journey, key of the touchpoint, what is wrong)."""
    wrong: dict[str, str] = {}
    text, where = _both(form, "text", wrong), _both(form, "where", wrong)
    if text is None and not wrong:
        wrong["text_en"] = "name"
    number, _colon, key = form.get("place", "").partition(":")
    id = our_id(number)
    journey = None if id is None else db.session.get(Journey, id)
    if journey is None or journey.origin == "import":
        wrong["place"] = "choice"
    if wrong or journey is None:
        return journey, key, wrong
    level, source = form.get("level", ""), form.get("source", "")

    def work(draft: Draft) -> None:
        touchpoint = find(draft, key)
        add_standard(touchpoint)
        touchpoint["standards"][-1].update(
            text=text, where=where, kind="promise", level=level if level in LEVELS else "utility"
        )
        if source in PROMISE_SOURCES:
            touchpoint["standards"][-1]["source"] = source

    try:
        change_newest(journey, by, now, work)
    except NotThere:
        wrong["place"] = "choice"
    except TooMany:
        wrong["place"] = "many"
    return journey, key, wrong


def _both(form: Mapping[str, str], name: str, wrong: dict[str, str]) -> Words | None:
    en, zh = (tidy(form.get(f"{name}_{language}", "")) for language in ("en", "zh"))
    for language, said in (("en", en), ("zh", zh)):
        if len(said) > MOST_TEXT:
            wrong[f"{name}_{language}"] = "long"
    return Words(en=en or zh, zh=zh or en) if en or zh else None
