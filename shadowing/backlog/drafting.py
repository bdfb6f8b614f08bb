"""Improvements raised by rule: base first, one open item per area, evidence joined (METHOD 2, DECISIONS 21)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Select, and_, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from shadowing.backlog.models import OPEN_STATES, Evidence, Improvement, ImprovementEvent
from shadowing.backlog.serious.limits import due_at
from shadowing.backlog.shipping import is_unseen
from shadowing.backlog.states import silenced
from shadowing.backlog.triage.snooze import clearly_worse
from shadowing.core import clock
from shadowing.core.database import Moment, advisory_lock, db, upsert
from shadowing.core.vocabulary import LEVELS, LOW_RATING, ImprovementState, Level
from shadowing.journeys.models import Area, AreaEpoch, Journey, KeptVerdict, Touchpoint
from shadowing.people.models import Person
from shadowing.scoring.models import ALL, AreaResult
from shadowing.scoring.statistics.verdicts import HEALTHY, LEAST_ROWS, UNDERPERFORMING
from shadowing.visits.models.totals import Panel
from shadowing.visits.models.visit import Observation
from shadowing.visits.tallies import LIVE

DRAFTS = ("proposed", "accepted", "reopened")
PROVING = ("shipped", "verifying")
MOST_EVIDENCE = 200


def draft_changed(panel_id: int, visits: Collection[UUID] | None = None) -> None:
    """Bring the backlog in step with a panel's scores. Safe to repeat. Commits.

    visits: the only ones that changed; elsewhere there is no new evidence to look for.
    """
    panel = db.session.get_one(Panel, panel_id)
    if panel.kind == "competitor":
        return
    now = clock.now()
    advisory_lock(f"backlog:{panel_id}")
    items, silent = _items_by_area(panel_id), _silent_areas(panel_id)
    for result in db.session.scalars(select(AreaResult).filter_by(panel_id=panel_id, scope=ALL)).all():
        _draft(result, items[result.area_id], result.area_id in silent, now)
    _open_serious(panel_id, silent, now)
    db.session.flush()
    _join_evidence(now, Improvement.panel_id == panel_id, None if visits is None else _areas_seen(visits))
    db.session.commit()


def note_event(item: Improvement, kind: str, now: datetime, **facts: Any) -> ImprovementEvent:
    """A fact in the life of the item; every fact raises its revision but the first."""
    item.changed_at = now
    event = ImprovementEvent(improvement_id=item.id, at=now, kind=kind, **facts)
    db.session.add(event)
    return event


def verdicts_of(item: Improvement, concluded: bool = True) -> dict[Level, KeptVerdict] | None:
    """What was seen since its fix, by level. concluded: None until a verdict has taken over."""
    if item.before is None:
        return None
    opened = db.session.get(AreaEpoch, (item.area_id, item.before["epoch"] + 1))
    if opened is None or opened.standing is None or (concluded and opened.taken_over_at is None):
        return None
    return opened.standing.get("verdicts")


def since_proof(item: Improvement) -> KeptVerdict | None:
    """What was seen after its fix was proven, held against the proof; None while too little is."""
    opened = db.session.get(AreaEpoch, (item.area_id, item.area.epoch)) if item.before else None
    return opened.standing.get("since") if opened and opened.standing else None


def goes_on_as(item: Improvement) -> Improvement:
    """Where its work is done: itself, or what it was merged into."""
    while item.merged_into_id is not None:
        item = db.session.get_one(Improvement, item.merged_into_id)
    return item


def raise_by_person(
    area: Area, panel_id: int, level: Level, title: str, plan: str, owner: Person | None, author: Person, now: datetime
) -> Improvement:
    """An item somebody proposes, beside those raised by rule, with what speaks for it. The caller commits."""
    item = _raise(area.id, panel_id, area.epoch, level, "person", now)
    _join_evidence(now, Improvement.id == item.id)
    item.title, item.plan, item.author_id = title, plan or None, author.id
    item.owner_id = owner.id if owner else None
    return item


def _draft(result: AreaResult, items: list[Improvement], silent: bool, now: datetime) -> None:
    open_items = [item for item in items if item.raised_by == "rule" and item.is_open]
    for item in items:
        _wake(item, result, now)
        _follow_fix(item, result, now)
    for item in open_items:
        _follow(item, result, now)
    if silent or result.binding_level is None or result.reshadowing or open_items or _carried_elsewhere(items):
        return
    declined = [(item.epoch, item.level) for item in items if goes_on_as(item).state == "declined"]
    if not silenced(declined, result.epoch, result.binding_level, tuple(LEVELS)):
        _raise(result.area_id, result.panel_id, result.epoch, result.binding_level, "rule", now)


def _wake(item: Improvement, result: AreaResult, now: datetime) -> None:
    """What was put off comes back before its day when its area got clearly worse."""
    if item.state != "proposed" or item.snoozed_until is None:
        return
    if clearly_worse(item.level, item.snoozed_floor, result.binding_level, result.shown_level, result.score):
        note_event(item, "woken", now)
        item.snoozed_until = item.snoozed_floor = None
        item.revision += 1


def _carried_elsewhere(items: list[Improvement]) -> bool:
    """Whether what a rule raised here was merged into an item that is still open, of this area or another."""
    return any(item.raised_by == "rule" and goes_on_as(item).is_open for item in items if item.state == "merged")


def _follow_fix(item: Improvement, result: AreaResult, now: datetime) -> None:
    """Whoever raised it: what is live is seen again, proven or open again, and watched."""
    if item.state == "shipped" and result.epoch > item.epoch and not is_unseen(item):
        _move(item, "verifying", now)
    if item.state in PROVING and result.epoch > item.epoch:
        _conclude(item, result, now)
    if item.state == "verified":
        _watch(item, now)


def _follow(item: Improvement, result: AreaResult, now: datetime) -> None:
    """An open item of the rule follows its area: level while nobody works on it, doubt while nobody accepted it."""
    if item.state in DRAFTS and result.binding_level and result.binding_level != item.level:
        note_event(item, "level", now, before=item.level, after=result.binding_level)
        item.level, item.revision = result.binding_level, item.revision + 1
    if item.state == "proposed":
        item.no_longer_flagged = result.binding_level is None


def _conclude(item: Improvement, result: AreaResult, now: datetime) -> None:
    """The verdict on its level moves it: improved is verified, everything else is open again, with the reason.

    Where too little was known before for one, the area as it is judged afresh (METHOD 6).
    """
    found = verdicts_of(item)
    if found is not None and item.level in found:
        _move(item, "verified" if found[item.level]["verdict"] == "improved" else "reopened", now)
    elif not _has_comparison(item) and not result.reshadowing and result.verdict in (UNDERPERFORMING, HEALTHY):
        _move(item, "verified" if result.verdict == HEALTHY else "reopened", now)


def _has_comparison(item: Improvement) -> bool:
    known = item.before["levels"].get(item.level) if item.before else None
    return known is not None and known["n"] >= LEAST_ROWS


def _watch(item: Improvement, now: datetime) -> None:
    """What was proven and is lost again opens by itself."""
    since = since_proof(item)
    if since is not None and since["verdict"] == "worse":
        note_event(item, "relapse", now, before=item.state, after="reopened")
        item.state, item.revision = "reopened", item.revision + 1


def _move(item: Improvement, state: ImprovementState, now: datetime) -> None:
    note_event(item, "state", now, before=item.state, after=state)
    item.state, item.revision = state, item.revision + 1


def _raise(
    area_id: int, panel_id: int, epoch: int, level: Level, by: str, now: datetime, serious: str | None = None
) -> Improvement:
    item = Improvement(
        area_id=area_id,
        panel_id=panel_id,
        level=level,
        epoch=epoch,
        raised_by=by,
        serious=serious,
        raised_at=now,
        changed_at=now,
    )
    db.session.add(item)
    db.session.flush()
    note_event(item, "state", now, after="proposed")
    return item


def _open_serious(panel_id: int, silent: Collection[int], now: datetime) -> None:
    """Every serious failure has an item at once; it never waits for statistics."""
    live = db.session.get_one(Panel, panel_id).kind == LIVE
    known = exists().where(
        Evidence.observation_id == Observation.id,
        Evidence.improvement_id == Improvement.id,
        Improvement.raised_by == "serious",
    )
    rows = select(Observation, Area).join(Area, Area.id == Observation.area_id)
    rows = rows.where(
        Observation.panel_id == panel_id, Observation.scored.is_(True), Observation.serious.is_not(None), ~known
    )
    for observation, area in db.session.execute(rows).all():
        if area.id in silent:
            continue
        level = _lowest_rated(observation)
        item = _raise(area.id, panel_id, area.epoch, level, "serious", now, serious=observation.serious)
        if live:
            item.right_due_at = due_at(str(observation.serious), now)
        db.session.add(Evidence(improvement_id=item.id, observation_id=observation.id, joined_at=now))


def _lowest_rated(observation: Observation) -> Level:
    rated = {level: getattr(observation, level) for level in LEVELS}
    low = [level for level, rating in rated.items() if rating is not None and rating <= LOW_RATING]
    return low[0] if low else next(iter(LEVELS))


def _join_evidence(now: datetime, which: ColumnElement[bool], areas: Select[int | None] | None = None) -> None:
    """To these open items: what rated low at their level in an area of theirs and speaks, the newest of it.

    areas: the only ones where anything is new, but for items that were changed just now.
    """
    covers = _covered()
    if areas is not None:
        which = and_(which, or_(covers.c.area.in_(areas), Improvement.changed_at == now))
    for level in LEVELS:
        newest = func.row_number().over(partition_by=Improvement.id, order_by=Observation.observed_at.desc())
        found = (
            select(Improvement.id.label("item"), Observation.id.label("seen"), newest.label("place"))
            .join(covers, covers.c.item == Improvement.id)
            .join(Observation, Observation.area_id == covers.c.area)
            .where(
                Improvement.level == level,
                Improvement.raised_by != "serious",
                Improvement.state.in_(OPEN_STATES),
                Observation.panel_id == Improvement.panel_id,
                Observation.scored.is_(True),
                getattr(Observation, level) <= LOW_RATING,
                Observation.speaks.is_(True),
                which,
            )
            .subquery()
        )
        rows = select(found.c.item, found.c.seen, literal(now, Moment()), literal(now, Moment()))
        names = ("improvement_id", "observation_id", "joined_at", "created_at")
        join = upsert(Evidence).from_select(names, rows.where(found.c.place <= MOST_EVIDENCE))
        db.session.execute(join.on_conflict_do_nothing())


def _covered() -> CTE:
    """Which areas an item stands for: its own, and those of what was merged into it."""
    covers = select(Improvement.id.label("item"), Improvement.area_id.label("area")).cte("covers", recursive=True)
    merged = aliased(Improvement)
    into = select(merged.merged_into_id, covers.c.area).join(merged, merged.id == covers.c.item)
    return covers.union(into.where(merged.merged_into_id.is_not(None)))


def _areas_seen(visits: Collection[UUID]) -> Select[int | None]:
    """visits: some hundreds at the most (load_panel.FEW)."""
    return select(Observation.area_id).where(Observation.visit_id.in_(visits))


def _items_by_area(panel_id: int) -> dict[int, list[Improvement]]:
    items: dict[int, list[Improvement]] = defaultdict(list)
    for item in db.session.scalars(select(Improvement).filter_by(panel_id=panel_id).with_for_update()):
        items[item.area_id].append(item)
    return items


def _silent_areas(panel_id: int) -> set[int]:
    """Of imported journeys nobody has asked about (DECISIONS 40). Only imports have any."""
    if db.session.get_one(Panel, panel_id).kind == LIVE:
        return set()
    unasked = Journey.origin == "import", Journey.improvements_asked_at.is_(None)
    return set(db.session.scalars(select(Area.id).join(Touchpoint).join(Journey).where(*unasked)))
