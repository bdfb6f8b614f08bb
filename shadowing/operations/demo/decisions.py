"""What the people of the demonstration made of the first improvements, told with believable dates."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from shadowing.authoring.promises.models import PromiseDecision
from shadowing.backlog.changing import change
from shadowing.backlog.models import Improvement
from shadowing.backlog.schemas import read
from shadowing.backlog.steps.checklist import add_step, tick
from shadowing.backlog.steps.schemas import StepChange
from shadowing.backlog.training.planning import Chosen, plan_training
from shadowing.core.database import db
from shadowing.core.i18n import words
from shadowing.core.vocabulary import Words
from shadowing.journeys.models import Area, Touchpoint
from shadowing.people.models import Person
from shadowing.scoring.models import AreaFlag

RAISED_DAYS_AGO = 55
WRITTEN = ("title", "reason")
#: Touchpoint key -> steps: (days ago, what is sent). `owner` is an e-mail; what is WRITTEN is there in both languages.
STORIES: dict[str, list[tuple[int, dict[str, Any]]]] = {
    "wayfinding": [
        (
            48,
            {
                "state": "accepted",
                "owner": "james@demo.example",
                "title": Words(en="Volunteer at the lift, 8 to 11", zh="8 点到 11 点，电梯口安排志愿者"),
                "effort": "S",
            },
        ),
        (44, {"lenses": {"customer": 1, "brand": 0.5, "business": -0.5}, "effort_days": 4}),
        (
            41,
            {
                "state": "in_progress",
                "reason": Words(
                    en="Ruth Adeyemi: twelve weeks on trial, paid by Quality.",
                    zh="安如慧：先试行十二周，费用由质量部承担。",
                ),
            },
        ),
        (20, {"state": "shipped"}),
    ],
    "waiting_room": [
        (
            46,
            {
                "state": "accepted",
                "owner": "lena@demo.example",
                "title": Words(en="Say the waiting time, every 10 minutes", zh="每 10 分钟播报一次还要等多久"),
            },
        ),
        (45, {"effort": "S", "lenses": {"customer": 1, "brand": 1, "business": 0}}),
        (30, {"state": "in_progress"}),
    ],
    "payment": [
        (
            40,
            {
                "title": Words(en="One queue, five windows", zh="五个窗口排一条队"),
                "effort": "M",
                "lenses": {"customer": 1, "brand": 0, "business": 0.5},
            },
        ),
    ],
}

#: Touchpoint, promise, decision and its words.
PROMISES = (
    (
        "waiting_room",
        "never_over_30",
        "keep",
        Words(en="Slots of 20 minutes instead of 10 on Mondays", zh="周一每个号从 10 分钟放宽到 20 分钟"),
    ),
    (
        "adverts",
        "no_long_wait",
        "correct",
        Words(en="“Most patients are seen within the hour”", zh="“多数患者一小时内看上医生”"),
    ),
)


#: Touchpoint key -> the steps of its plan, said so many days ago; so many of them are done, one every few days.
PLANS: dict[str, tuple[Words, ...]] = {
    "wayfinding": (
        Words(en="Two volunteers, mornings", zh="上午安排两位志愿者"),
        Words(en="Yellow vests and a floor map", zh="备好黄马甲和楼层图"),
        Words(en="Brief reception on the hand-over", zh="向前台说明如何交接"),
        Words(en="Decide on funding after the proof", zh="复核之后再定经费"),
    ),
}
#: Touchpoint key -> what was trained, which standards it should lift, and so many days ago.
TRAININGS: dict[str, tuple[Words, tuple[str, ...], int]] = {
    "waiting_room": (
        Words(en="Say a delay before anybody asks", zh="不等人问，主动说明还要等多久"),
        ("delay_told", "order_visible"),
        34,
    ),
}
PLANNED, DONE_STEPS, FIRST_DONE, BETWEEN = 43, 3, 38, 6


def decide(people: dict[str, Person], now: datetime, language: str) -> None:
    """Play the stories on whatever the rule has raised by now, written in this language. Commits."""
    lead, stories, plans, trainings = people["wei@demo.example"], dict(STORIES), dict(PLANS), dict(TRAININGS)
    rows = select(Improvement, Touchpoint.key).join(Area, Area.id == Improvement.area_id).join(Touchpoint)
    for item, key in db.session.execute(rows.order_by(Improvement.id)).all():
        _backdate(item, now - timedelta(days=RAISED_DAYS_AGO))
        for days, step in stories.pop(key, []) if item.state == "proposed" else []:
            _do(item, _in(language, step), lead, people, now - timedelta(days=days))
            _name(item, step, language)
        if item.state != "proposed":
            _plan(item, [words(step, language) for step in plans.pop(key, ())], lead, now)
            if key in trainings:
                _train(item, *trainings.pop(key), lead, now, language)
    _decide_promises(lead, now, language)
    db.session.execute(update(AreaFlag).values(raised_at=now - timedelta(days=RAISED_DAYS_AGO)))
    db.session.commit()


def _in(language: str, step: dict[str, Any]) -> dict[str, Any]:
    return step | {name: words(step[name], language) for name in WRITTEN if name in step}


def _do(item: Improvement, step: dict[str, Any], lead: Person, people: dict[str, Person], moment: datetime) -> None:
    said = {**step, "revision": item.revision}
    if "owner" in step:
        said["owner"] = str(people[step["owner"]].id)
    change(item, read(said), lead, moment)
    db.session.flush()


def _name(item: Improvement, step: dict[str, Any], language: str) -> None:
    """In the other language, too. No fact of its own: a history tells it as it was said."""
    if "title" in step:
        item.titles = {code: said for code, said in step["title"].items() if code != language}


def _plan(item: Improvement, steps: list[str], lead: Person, now: datetime) -> None:
    for what in steps:
        add_step(item, StepChange(what=what), lead, now - timedelta(days=PLANNED))
    db.session.flush()
    for number, step in enumerate(item.plan_steps[:DONE_STEPS]):
        tick(item, step, True, lead, now - timedelta(days=FIRST_DONE - number * BETWEEN))


def _train(
    item: Improvement, what: Words, standards: tuple[str, ...], days: int, lead: Person, now: datetime, language: str
) -> None:
    department = item.area.touchpoint.department_id or lead.department_id
    chosen = Chosen((str(department),) if department else (), standards)
    step = plan_training(item, StepChange(what=words(what, language)), chosen, lead, now - timedelta(days=PLANNED))
    db.session.flush()
    tick(item, step, True, lead, now - timedelta(days=days))


def _decide_promises(lead: Person, now: datetime, language: str) -> None:
    """One is kept, with the improvement that is open there; another is corrected."""
    for days, (place, key, what, said) in enumerate(PROMISES, 12):
        touchpoint = db.session.scalars(select(Touchpoint).where(Touchpoint.key == place)).one()
        open_item = select(Improvement.id).join(Area, Area.id == Improvement.area_id)
        item = db.session.scalar(open_item.where(Area.touchpoint_id == touchpoint.id).order_by(Improvement.id).limit(1))
        db.session.add(
            PromiseDecision(
                touchpoint_id=touchpoint.id,
                standard_key=key,
                decision=what,
                words=words(said, language),
                improvement_id=item,
                person_id=lead.id,
                decided_at=now - timedelta(days=days),
            )
        )


def _backdate(item: Improvement, moment: datetime) -> None:
    item.raised_at = item.changed_at = moment
    for event in item.events:
        event.at = moment
