"""From what needs a word to the questions as a reader may see them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from shadowing.areas.area_page import said_at
from shadowing.areas.beside.counted import Said, clocks
from shadowing.authoring.promises.pages import Promise, promises
from shadowing.backlog.decisions.figures import DecisionRow
from shadowing.backlog.decisions.models import Decision
from shadowing.backlog.decisions.queries import decisions_on_improvements, replies_to
from shadowing.backlog.evidence import seen_observations
from shadowing.backlog.models import Evidence, Improvement
from shadowing.backlog.owners import open_without_owner
from shadowing.backlog.pages import Facts
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import LOW_RATING, RATINGS, Level
from shadowing.journeys.assumed import assumed
from shadowing.journeys.models import Journey
from shadowing.people.reader import Reader
from shadowing.people.zones import home_zone
from shadowing.scoring.filter import Asked
from shadowing.scoring.models import AreaResult
from shadowing.scoring.queries import AreaWithResult
from shadowing.scoring.shapes import Estimate
from shadowing.scoring.statistics.grade import grade
from shadowing.scoring.statistics.proportions import Share, enough_for_a_share, wilson
from shadowing.summary.questions.candidates import asked_this_week, is_asked, need_of
from shadowing.summary.questions.figures import BestProof, Cost, Question, WeekAsked
from shadowing.summary.questions.week import IMPROVEMENT, PROMISE, Name
from shadowing.visits.figures import SeenObservation
from shadowing.visits.models.visit import Observation

#: So far back one looks for a photo and a quote.
LOOKED_THROUGH = 40
ASK = "ask"


def week_of(journey: Journey, reader: Reader, now: datetime) -> WeekAsked:
    """What the page, and whoever writes about it, asks in this week."""
    names = asked_this_week(journey, now)
    found = questions_named(names, reader, now)
    return WeekAsked(tuple(found[name] for name in names if name in found), open_without_owner(journey.id))


def question_or_404(kind: str, ref: str, reader: Reader, now: datetime) -> Question:
    """Also one that this week does not ask: links stay good."""
    found = questions_named(((kind, ref),), reader, now).get((kind, ref))
    if found is None:
        raise Problem("not_found")
    return found


def questions_named(names: tuple[Name, ...], reader: Reader, now: datetime) -> dict[Name, Question]:
    """Those that are there."""
    ids = {our_id(ref) for kind, ref in names if kind == IMPROVEMENT}
    items = list(db.session.scalars(select(Improvement).where(Improvement.id.in_(ids)))) if ids else []
    refs = {ref for kind, ref in names if kind == PROMISE}
    known = [each for each in promises(reader) if each.name in refs] if refs else []
    return _about_items(items, reader, now) | {(PROMISE, each.name): _about_promise(each) for each in known}


def _about_items(items: list[Improvement], reader: Reader, now: datetime) -> dict[Name, Question]:
    facts, decided = Facts(items), decisions_on_improvements([item.id for item in items])
    of_item = {item.id: [row for row in decided if row.improvement_id == item.id] for item in items}
    return {(IMPROVEMENT, str(item.id)): _about_item(item, facts, of_item[item.id], reader, now) for item in items}


def _about_item(item: Improvement, facts: Facts, decided: list[DecisionRow], reader: Reader, now: datetime) -> Question:
    row, area = facts.row(item), item.area
    result = facts.results.get((item.panel_id, item.area_id))
    score = facts.scores(item).get(item.level)
    place = AreaWithResult(area, area.touchpoint, result)
    seen = _that_speaks(item, reader)
    return Question(
        kind=IMPROVEMENT,
        ref=str(item.id),
        need=need_of(item, clock.day_at(now, home_zone())),
        title=item.names,
        touchpoint=area.touchpoint.name,
        channel=area.channel,
        journey_id=area.touchpoint.journey_id,
        revision=item.revision,
        since=item.raised_at,
        cost=_cost(
            place,
            item.level,
            said_at(item.panel_id, place, Asked(), reader, now),
            reader,
            Estimate(score.score, score.se, score.target) if score else None,
        ),
        proof=_proof(result, now),
        area_id=area.id,
        level=item.level,
        state=item.state,
        serious=item.serious,
        owner=row.owner,
        due_on=item.due_on,
        overdue=row.overdue,
        price=item.cost,
        photo=next((each.photos[0] for each in seen if each.photos), ""),
        quote=next((each.quote for each in seen if each.quote), ""),
        decided=next((row for row in decided if row.option != ASK), None),
        asked=_still_asked(decided),
    )


def _proof(result: AreaResult | None, now: datetime) -> BestProof:
    """Its grade is that of the area's page."""
    if result is None or result.last_at is None:
        return BestProof(0, grade="D")
    age = (now - result.last_at).days
    return BestProof(result.visits, result.observers, grade(result.rows, result.observers, result.days, age))


def _about_promise(promise: Promise) -> Question:
    asked = _asked_about(promise)
    return Question(
        kind=PROMISE,
        ref=promise.name,
        need="promise" if is_asked(promise) else None,
        title=promise.text,
        touchpoint=promise.touchpoint,
        channel=promise.channels[0] if promise.channels else "",
        journey_id=promise.journey_id,
        revision=promise.decision.id if promise.decision else 0,
        since=None,
        cost=Cost(share=enough_for_a_share(promise.seen.broken, promise.seen.answers)),
        proof=BestProof(promise.seen.answers, broken=promise.seen.broken, days=len(promise.seen.days)),
        decided=_decision_on(promise),
        asked=asked,
    )


def _cost(place: AreaWithResult, level: Level, said: Said, reader: Reader, score: Estimate | None) -> Cost:
    """A wait that is too long, where that is what fails; else how often the level was rated low."""
    touchpoint = place.touchpoint
    waited = next((each for each in clocks(said, touchpoint.longest_wait_seconds) if each.kind == "wait"), None)
    whole = reader.sites is None  # a part of those who come is nobody's to multiply
    waits_too_long = level == "utility" and waited and waited.over and waited.over.enough and waited.over.count
    return Cost(
        share=waited.over if waited and waits_too_long else _low(said.get(level, {})),
        limit=waited.limit if waited and waits_too_long else None,
        a_month=touchpoint.reach if whole else None,
        assumed=assumed(touchpoint.journey_id),
        estimate=score,
    )


def _low(said: Mapping[str, int]) -> Share | None:
    """Of the ratings, those that are low; None below five."""
    low = sum(said.get(str(rating), 0) for rating in RATINGS if rating <= LOW_RATING)
    total = sum(said.get(str(rating), 0) for rating in RATINGS)
    share = wilson(low, total)
    return share if share.enough and share.count else None


def _that_speaks(item: Improvement, reader: Reader) -> tuple[SeenObservation, ...]:
    known = select(Evidence.observation_id).where(Evidence.improvement_id == item.id)
    return seen_observations((Observation.id.in_(known), Observation.scored.is_(True)), reader, LOOKED_THROUGH)


def _still_asked(decided: list[DecisionRow]) -> DecisionRow | None:
    """What was asked back since the last word, the newest of it. decided: the newest first."""
    newest = decided[0] if decided else None
    return newest if newest and newest.option == ASK else None


def _asked_about(promise: Promise) -> DecisionRow | None:
    query = select(Decision).filter_by(kind=PROMISE, about_id=promise.touchpoint_id, about_key=promise.key, option=ASK)
    asked = db.session.scalar(query.order_by(Decision.id.desc()).limit(1))
    if asked is None or (promise.decision and promise.decision.at > asked.decided_at):
        return None
    return promise_row(promise, ASK, asked.reason, asked.person.name, asked.decided_at, asked)


def _decision_on(promise: Promise) -> DecisionRow | None:
    made = promise.decision
    return promise_row(promise, made.what, made.words, made.who, made.at) if made else None


def promise_row(
    promise: Promise, option: str, reason: str, who: str, at: datetime, asked: Decision | None = None
) -> DecisionRow:
    return DecisionRow(
        kind=PROMISE,
        option=option,
        title=promise.text,
        touchpoint=promise.touchpoint,
        channel="",
        reason=reason,
        who=who,
        at=at,
        promise=promise.name,
        id=asked.id if asked else 0,
        replies=replies_to(asked) if asked else (),
    )
