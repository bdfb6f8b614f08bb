"""Loading the demonstration through the doors that everybody uses."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select

from shadowing.authoring.library.models import LibraryItem
from shadowing.authoring.strategy.models import Principle, Strategy
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.i18n import words
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import Words
from shadowing.journeys.assumed import confirm_figures
from shadowing.journeys.draft import Draft
from shadowing.journeys.editing import touchpoints
from shadowing.journeys.models import Journey, JourneyVersion, Persona
from shadowing.journeys.packs import load
from shadowing.journeys.publishing import create_journey
from shadowing.operations.demo.cast import MEMBERS, ZONE, bring_in, forget_sign_ins, kept_sign_ins
from shadowing.operations.demo.decisions import decide
from shadowing.operations.demo.drawings import draw
from shadowing.operations.demo.planned import plan_around_today, plan_what_was_walked
from shadowing.operations.demo.walks import NAMESPACE, DemoVisit, walks
from shadowing.people.accounts import Refused
from shadowing.people.invitations import invite
from shadowing.people.models import Person, Site
from shadowing.phone.sync.receive import Sent, receive
from shadowing.visits.media.intake import keep, take_in
from shadowing.visits.media.kinds import PHOTO
from shadowing.visits.models.bodies import PhotoBody
from shadowing.visits.models.plan import Plan

PACK = "hospital_outpatient"
FIXED_DAYS_AGO = 20


def load_demo(language: str = "en") -> None:
    """A hospital with people in four roles, plans for today and 40 visits. Commits.

    language: of what people say, note and write there, and of their names; maps have both.
    """
    now = clock.now()
    people, sites = bring_in(language)
    pack = _with_principles(load(PACK), people["lena@demo.example"].department_id)
    journey = create_journey(pack, "pack", now - timedelta(days=170), pack=PACK)
    confirm_figures(journey, people["wei@demo.example"].id, now - timedelta(days=165))
    _plan_today(journey, people, sites, now, language)
    _fill_library(people["wei@demo.example"], now)
    _say_strategy(people["wei@demo.example"], now)
    plan_around_today(journey, people, sites, now, language)
    _invite(people, now, language)
    db.session.commit()
    shadowers = [member for member in MEMBERS if member.leniency is not None]
    fixed = now - timedelta(days=FIXED_DAYS_AGO)
    snapshot = db.session.get_one(JourneyVersion, (journey.id, 1)).snapshot
    personas = list(db.session.scalars(select(Persona.id).order_by(Persona.id).limit(4)))
    made = walks(snapshot, journey.id, [site.id for site in sites], personas, shadowers, now, fixed, language)
    for after, group in groupby(made, key=lambda walk: datetime.fromisoformat(walk.visit["started_at"]) >= fixed):
        for walk in group:
            _take_in(walk, people[walk.member.email])
            people[walk.member.email].last_seen_at = datetime.fromisoformat(walk.visit["ended_at"])
        db.session.commit()
        current_app.extensions["worker"].drain()
        if not after:
            decide(people, now, language)
            current_app.extensions["worker"].drain()
    plan_what_was_walked(people, now)
    db.session.commit()


def remove_demo() -> None:
    """Empty the database. Raises Refused unless it holds the demonstration."""
    if not kept_sign_ins():
        raise Refused("This database is not a demonstration; it stays as it is.")
    for table in reversed(db.metadata.sorted_tables):
        db.session.execute(table.delete())
    db.session.commit()
    forget_sign_ins()


def sign_ins() -> list[str]:
    """Lines for the terminal; none where there is no demonstration."""
    kept = kept_sign_ins()
    if not kept:
        return []
    width = max(len(entry["email"]) for entry in kept)
    lines = [f"  {entry['role']:<10} {entry['email']:<{width}}  {entry['password']}" for entry in kept]
    return ["Sign in to the demonstration as", *lines, ""]


def in_the_other_language(loaded: str) -> str:
    """A line for the terminal: how whoever reads the other language gets the demonstration in theirs."""
    if loaded == "zh":
        return "In English: make demo SHADOWING_DEMO=en\n"
    return "要看中文的演示：make demo SHADOWING_DEMO=zh\n"


def _take_in(walk: DemoVisit, person: Person) -> None:
    moment = datetime.fromisoformat(walk.visit["ended_at"]) + timedelta(minutes=5)
    for observation in walk.observations:
        picture = walk.pictures.get(observation["id"])
        if picture:
            observation["photos"] = [_photograph(observation["id"], picture, person, moment)]
    sent = [*(Sent("observation", seen) for seen in walk.observations), Sent("visit", walk.visit)]
    for answer in receive(sent, person, moment):
        if isinstance(answer, Problem):
            raise answer


def _photograph(observation_id: str, picture: str, person: Person, moment: datetime) -> PhotoBody:
    photo_id = uuid.uuid5(NAMESPACE, f"photo {observation_id}")
    raw = draw(picture, photo_id.int % 10_000)
    sha256 = hashlib.sha256(raw).hexdigest()
    take_in(keep(PHOTO, photo_id, raw, sha256), uuid.UUID(observation_id), person.id, moment)
    return {"id": str(photo_id), "sha256": sha256, "bytes": len(raw)}


def _invite(people: dict[str, Person], now: datetime, language: str) -> None:
    """Two posters, one much used; observers were here when they last walked."""
    department = people["lena@demo.example"].department_id
    nursing = invite(words(INVITED[0], language), "observer", 20, 14, people["wei@demo.example"], now, department)
    nursing.used = 14
    invite(words(INVITED[1], language), "executive", 6, 1, people["max@demo.example"], now).used = 5


#: What the posters are called.
INVITED = (Words(en="Nursing, autumn", zh="护理部，秋季"), Words(en="Board", zh="院办"))
#: Principle -> standards of the pack that serve it.
PRINCIPLES = (
    ({"en": "Nobody is a number", "zh": "没有人只是一个号"}, ("greets_amount",)),
    ({"en": "Your time is worth as much as ours", "zh": "您的时间和我们的一样宝贵"}, ("within_10min", "three_in_line")),
    ({"en": "Nobody has to ask twice", "zh": "不用问第二遍"}, ("next_step", "where_collect")),
)


def _with_principles(pack: Draft, department_id: int | None) -> Draft:
    """The principles, and which standards serve each; where they are, belongs to a department."""
    for name, keys in PRINCIPLES:
        principle = Principle(name=name)
        db.session.add(principle)
        db.session.flush()
        for _kind, touchpoint in touchpoints(pack):
            for standard in touchpoint["standards"]:
                if standard["id"] in keys:
                    standard["principle"], touchpoint["department"] = str(principle.id), department_id
    return pack


def _say_strategy(lead: Person, now: datetime) -> None:
    db.session.add(
        Strategy(
            id=1,
            business={"en": "Every outpatient is seen and treated the same day", "zh": "门诊患者当天看完、当天治疗"},
            brand={"en": "The hospital where nobody is lost", "zh": "不会让人迷路的医院"},
            customer={"en": "To know what is wrong, and to be taken seriously", "zh": "弄清病因，被认真对待"},
            revision=1,
            changed_at=now,
            changed_by=lead.id,
        )
    )


def _fill_library(lead: Person, now: datetime) -> None:
    """What this hospital says in the same words everywhere."""
    greeting = {"text": {"en": "Greets, and says their own name", "zh": "先问候并报上自己的姓名"}, "level": "delight"}
    kept = (
        ("standard", {**greeting, "kind": "standard", "limit_seconds": None, "where": None, "answer": None}),
        ("phrase", {"en": "Nobody at the desk", "zh": "台前没有人"}),
        ("phrase", {"en": "Was told the wrong floor", "zh": "被告知了错误的楼层"}),
    )
    for kind, document in kept:
        db.session.add(LibraryItem(kind=kind, document=document, changed_at=now, changed_by=lead.id))


#: Of each of today's visits: how the person is called, the scenario, a note.
TODAY = (
    (Words(en="Ms Chen", zh="陈女士"), Words(en="First visit", zh="初诊"), None),
    (Words(en="Mr Lopez", zh="罗先生"), None, None),
    (None, None, Words(en="Starts at the registration kiosk.", zh="从自助登记机开始。")),
)


def times_today(now: datetime) -> list[datetime]:
    """In 38 minutes, 2 hours and a quarter later, 4 hours later; closer together in the evening, never tomorrow."""
    local = clock.local(now, ZoneInfo(ZONE))
    left = local.replace(hour=23, minute=59, second=59, microsecond=0) - local
    share = min(1.0, left / timedelta(minutes=38 + 240))
    return [local + share * timedelta(minutes=38 + later) for later in (0, 135, 240)]


def _plan_today(journey: Journey, people: dict[str, Person], sites: list[Site], now: datetime, language: str) -> None:
    """Three visits for the observer who signs in, the next one always ahead of the clock."""
    observer = people["lena@demo.example"]
    first, second, third = times_today(now)
    plans = zip((first, second, third), sites, TODAY, strict=True)
    for starts_at, site, (label, scenario, note) in plans:
        db.session.add(
            Plan(
                journey_id=journey.id,
                site_id=site.id,
                starts_at=starts_at,
                observer_id=observer.id,
                customer_label=words(label, language) or None,
                scenario=words(scenario, language) or None,
                note=words(note, language) or None,
            )
        )
