"""Proposals that wait, the one in hand, where items come from, and what became of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import cast

from sqlalchemy import select

from shadowing.backlog.evidence import seen_observations
from shadowing.backlog.figures import ImprovementRow, ListedItem
from shadowing.backlog.models import Improvement, ImprovementEvent
from shadowing.backlog.owners import owner_choices
from shadowing.backlog.pages import backlog_page, improvement_page
from shadowing.backlog.rows import Facts
from shadowing.backlog.same_cause.pages import same_causes
from shadowing.backlog.triage.deciding import others_to_merge_into
from shadowing.backlog.triage.figures import Answered, ComesFrom, InHand, RelatedItem, TriagePage
from shadowing.backlog.triage.origins import OF_OBSERVATIONS, Origin
from shadowing.backlog.triage.proposing import observation_seen
from shadowing.backlog.triage.snooze import offered_days
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.vocabulary import Words
from shadowing.journeys.models import Area, Touchpoint
from shadowing.people.reader import Reader
from shadowing.people.zones import home_zone
from shadowing.scoring.queries import STAGES, journeys_by_visits
from shadowing.scoring.shapes import Estimate
from shadowing.visits.figures import SeenObservation
from shadowing.visits.models.visit import Observation

WAITED_LONG = timedelta(days=7)
#: So long stands what became of one's own proposals.
ANSWERS = timedelta(days=30)


def triage_page(wanted: Mapping[str, str], reader: Reader) -> TriagePage:
    """/improvements/triage. wanted: the filter, and `item`, else the first in order."""
    plain = {name: said for name, said in wanted.items() if name not in ("rank", "only", "view")}
    listed = backlog_page(plain, reader, whole=True)
    waiting = [item for item in listed.open if item.state == "proposed" and item.snoozed_until is None]
    queue = tuple(listed.rows[item.id] for item in waiting)
    places = [number for number, row in enumerate(queue, start=1) if row.id == wanted.get("item")]
    number = places[0] if places else min(1, len(queue))
    today = clock.today(home_zone())
    return TriagePage(
        queue=queue,
        in_hand=in_hand(queue[number - 1], reader) if queue else None,
        number=number,
        waited_long=_waited_long(waiting),
        snoozed=tuple((RelatedItem(row.id, row.title), cast(date, row.snoozed_until)) for row in listed.snoozed),
        days=offered_days(today),
        owners=owner_choices(),
    )


def in_hand(row: ImprovementRow, reader: Reader) -> InHand:
    item = db.session.get_one(Improvement, int(row.id))
    facts = Facts([item])
    score = facts.scores(item).get(item.level)
    candidate = facts.candidate(item)
    return InHand(
        page=improvement_page(item, reader),
        estimate=Estimate(score.score, score.se, score.target) if score else None,
        probability=candidate.probability,
        rows=candidate.rows,
        others=tuple(_related(each, item) for each in others_to_merge_into(item)),
        came_from=comes_from(item, reader),
        reach=round(candidate.reach) if candidate.reach_measured else None,
        same_causes=same_causes(item, reader, clock.now()),
    )


def comes_from(item: Improvement, reader: Reader) -> ComesFrom:
    """What is kept of its beginning, and how it was merged or split."""
    merged = db.session.get(Improvement, item.merged_into_id) if item.merged_into_id else None
    parent = db.session.get(Improvement, item.split_from_id) if item.split_from_id else None
    here = db.session.scalars(select(Improvement).filter_by(merged_into_id=item.id).order_by(Improvement.id))
    off = db.session.scalars(select(Improvement).filter_by(split_from_id=item.id).order_by(Improvement.id))
    return ComesFrom(
        origin=cast(Origin | None, item.origin),
        author=item.author.name if item.author else None,
        at=item.raised_at,
        why=item.why or "",
        seen=noted_observation(item.origin_ref, reader) if item.origin in OF_OBSERVATIONS else None,
        promise=item.origin_ref or "" if item.origin == "promise" else "",
        merged_into=_related(merged) if merged else None,
        merged_here=tuple(_related(each) for each in here),
        split_from=_related(parent) if parent else None,
        split_off=tuple(_related(each) for each in off),
    )


def noted_observation(ref: str | None, reader: Reader) -> SeenObservation | None:
    """The observation a proposal names, as this reader may see it."""
    found = observation_seen(ref, reader)
    return seen_observations((Observation.id == found.id,), reader, 1)[0] if found else None


def offered_areas() -> tuple[tuple[Words, tuple[Area, ...]], ...]:
    """By journey, in its order: every area of its map, also the healthy ones and those nobody has seen."""
    journeys = [journey for journey, _ in journeys_by_visits() if journey.origin != "import"]
    query = select(Area).join(Touchpoint).where(Area.offered.is_(True), Touchpoint.removed_at.is_(None))
    found = db.session.scalars(query.where(Touchpoint.journey_id.in_([journey.id for journey in journeys]))).all()
    ordered = sorted(found, key=lambda a: (STAGES.index(a.touchpoint.stage), a.touchpoint.position, a.id))
    return tuple(
        (journey.name, tuple(area for area in ordered if area.touchpoint.journey_id == journey.id))
        for journey in journeys
    )


def answers_for(reader: Reader) -> tuple[Answered, ...]:
    """What others decided lately about proposals of this reader, newest first."""
    query = (
        select(Improvement, ImprovementEvent)
        .join(ImprovementEvent, ImprovementEvent.improvement_id == Improvement.id)
        .where(
            Improvement.author_id == reader.person_id,
            ImprovementEvent.kind == "state",
            ImprovementEvent.before == "proposed",
            ImprovementEvent.after.in_(("accepted", "declined", "merged")),
            ImprovementEvent.person_id != reader.person_id,
            ImprovementEvent.at > clock.now() - ANSWERS,
        )
        .order_by(ImprovementEvent.id.desc())
    )
    newest: dict[int, Answered] = {}
    for item, event in db.session.execute(query):
        if event.after == item.state or event.after == "accepted":
            who = event.person.name if event.person else ""
            told = Answered(str(item.id), item.names, event.after or "", who, event.at, event.words or "")
            newest.setdefault(item.id, told)
    return tuple(newest.values())


def _waited_long(queue: Sequence[ListedItem]) -> int:
    since = clock.now() - WAITED_LONG
    return sum(item.raised_at < since for item in queue)


def _related(item: Improvement, to: Improvement | None = None) -> RelatedItem:
    owner, same_area = item.owner.name if item.owner else None, to is None or to.area_id == item.area_id
    return RelatedItem(str(item.id), item.names, owner, item.area.channel, same_area)
