"""What people do with an improvement: accept, decline, work, ship. Each step is a fact with who and when."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from flask_babel import gettext as _
from sqlalchemy import select

from shadowing.backlog.decisions.recording import record_decision
from shadowing.backlog.drafting import note_event
from shadowing.backlog.models import Baseline, FrozenLevel, Improvement
from shadowing.backlog.priority import lens_values, tension
from shadowing.backlog.schemas import ImprovementChange
from shadowing.backlog.states import NEEDED, may_follow
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import ImprovementState, Level
from shadowing.journeys.models import AreaEpoch, KeptBefore, KeptStanding
from shadowing.people import audit
from shadowing.people.models import Person
from shadowing.people.zones import home_zone
from shadowing.scoring.models import ALL, AreaResult, AreaScore, PanelFit
from shadowing.scoring.statistics.equations import Variances
from shadowing.scoring.statistics.verdicts import LEAST_ROWS, NOT_ENOUGH
from shadowing.scoring.statistics.verification import planned_visits
from shadowing.visits.models.visit import Observation
from shadowing.visits.tallies import panel_changed


def change(item: Improvement, wanted: ImprovementChange, person: Person, now: datetime) -> None:
    """Carry it out. Raises Problem: stale, illegal_transition, invalid. The caller commits."""
    if wanted.revision != item.revision:
        raise Problem("stale", current={"revision": item.revision, "state": item.state})
    _set_fields(item, wanted)
    if wanted.state and wanted.state != item.state:
        _step(item, wanted, person, now)
    else:
        note_event(item, "edit", now, person_id=person.id, words=wanted.reason)
    item.revision += 1
    audit.note("change", "improvement", item.id, {"state": item.state})


def _set_fields(item: Improvement, wanted: ImprovementChange) -> None:
    given = wanted.model_fields_set
    if "owner" in given:
        item.owner_id = owner_named(wanted.owner)
    for name, column in (("due", "due_on"), ("effort", "effort"), ("effort_days", "effort_days"), ("cost", "cost")):
        if name in given:
            setattr(item, column, getattr(wanted, name))
    for name in ("lenses", "title", "plan"):
        if name in given:
            setattr(item, name, getattr(wanted, name) or None)
    if "lens_reasons" in given:
        item.lens_reasons = {lens: why for lens, why in (wanted.lens_reasons or {}).items() if why} or None


def owner_named(said: str | None) -> int | None:
    if not said:
        return None
    id = our_id(said)
    person = None if id is None else db.session.get(Person, id)
    if person is None or not person.is_active:
        raise Problem("invalid", [("owner", _("No member of staff has this id."))])
    return person.id


def _step(item: Improvement, wanted: ImprovementChange, person: Person, now: datetime) -> None:
    state = cast(ImprovementState, wanted.state)  # the schema takes no other word
    if not may_follow(item.state, state):
        raise Problem("illegal_transition", [("state", _("This step does not follow from the present state."))])
    _refuse_without(item, wanted, state)
    note_event(item, "state", now, person_id=person.id, before=item.state, after=state, words=wanted.reason)
    item.state = state
    if state == "in_progress" and conflicting(item):
        record_decision(item, "start", wanted.reason or "", person, now)
    if state == "declined":
        item.declined_reason = wanted.reason
    if state == "shipped":
        _ship(item, wanted.shipped_on, now, person.id)
    if state == "reopened":
        _take_back(item)


def _refuse_without(item: Improvement, wanted: ImprovementChange, state: ImprovementState) -> None:
    needed = NEEDED.get(state)
    if needed == "owner" and item.owner_id is None:
        raise Problem("invalid", [("owner", _("Say who owns it. An improvement without an owner does not move."))])
    if needed == "reason" and not wanted.reason:
        raise Problem("invalid", [("reason", _("Say why, in a sentence. It stays with the improvement."))])
    if state == "in_progress" and conflicting(item) and not wanted.reason:
        raise Problem("invalid", [("reason", _("The lenses conflict. Record who decided, and why."))])


def conflicting(item: Improvement) -> bool:
    """Whether one lens gains what another pays: nothing that is settled by an average (METHOD 3)."""
    if not item.lenses:
        return False
    importance = item.area.touchpoint.importance
    return tension(lens_values(importance, item.lenses))[0] == "conflict"


def _ship(item: Improvement, on: date | None, now: datetime, shipped_by: int) -> None:
    """Close the epoch at the ship date; score, verdict and counts stay as they were (METHOD 6.1).

    Said again before anybody has looked, it moves the date and opens nothing further.
    """
    moment = _ship_moment(on, now)
    item.shipped_at = moment
    again = _unseen_epoch(item)
    item.before = _frozen(item, moment, item.area.epoch - (again is not None))
    planned = {level: _planned(known) for level, known in item.before["levels"].items()}
    item.planned_visits = planned.get(item.level, LEAST_ROWS)
    area, result = item.area, db.session.get(AreaResult, (item.panel_id, ALL, item.area_id))
    if again is not None:
        again.opened_at = moment
    else:
        area.epoch += 1
        standing = _standing(result, item.planned_visits)
        standing["level"] = item.level
        standing["not_by"] = sorted({id for id in (item.owner_id, shipped_by) if id is not None})
        standing["before"] = {level: _kept(known, planned[level]) for level, known in item.before["levels"].items()}
        db.session.add(AreaEpoch(area_id=area.id, number=area.epoch, opened_at=moment, standing=standing))
    panel_changed(item.panel_id)


def _kept(known: FrozenLevel, planned: int) -> KeptBefore:
    """What verification needs of a level as it stood."""
    return {
        "score": known["score"],
        "se": known["se"],
        "n": known["n"],
        "target": known["target"],
        "variances": known["variances"],
        "planned": planned,
    }


def _planned(known: FrozenLevel) -> int:
    """How many ratings after the fix are to decide (METHOD 6); without a comparison the third one judges afresh."""
    if known["n"] < LEAST_ROWS:
        return LEAST_ROWS
    return planned_visits(known["score"], known["se"], known["target"], Variances(**known["variances"])).visits


def _take_back(item: Improvement) -> None:
    """What nobody has seen live was no fix: its epoch goes, and every number is as it was."""
    opened = _unseen_epoch(item)
    if opened is None:
        return
    item.shipped_at = item.before = None
    item.area.epoch -= 1
    db.session.delete(opened)
    panel_changed(item.panel_id)


def _unseen_epoch(item: Improvement) -> AreaEpoch | None:
    """The epoch that a fix opened and from which no rating has come."""
    opened = db.session.get(AreaEpoch, (item.area_id, item.area.epoch))
    if opened is None or opened.standing is None or opened.taken_over_at is not None:
        return None
    rated = select(Observation.id).where(
        Observation.area_id == item.area_id,
        Observation.panel_id == item.panel_id,
        Observation.scored.is_(True),
        Observation.observed_at >= opened.opened_at,
    )
    return None if db.session.scalar(rated.limit(1)) else opened


def _standing(result: AreaResult | None, planned: int) -> KeptStanding:
    """How the area stands at this moment."""
    if result is None:
        nothing = dict.fromkeys(("binding_level", "shown_level", "score", "p_below"))
        return cast(
            KeptStanding, {**nothing, "verdict": NOT_ENOUGH, "rows": 0, "one_observer": False, "planned": planned}
        )
    return {
        "verdict": result.verdict,
        "binding_level": result.binding_level,
        "shown_level": result.shown_level,
        "score": result.score,
        "p_below": result.p_below,
        "rows": result.rows,
        "one_observer": result.one_observer,
        "planned": planned,
    }


def _ship_moment(on: date | None, now: datetime) -> datetime:
    zone = home_zone()
    if on is None or on == clock.day_at(now, zone):
        return now
    moment = clock.day_begins(on, zone)
    if moment > now:
        raise Problem("invalid", [("shipped_on", _("The day it went live cannot be in the future."))])
    return moment


def _frozen(item: Improvement, moment: datetime, epoch: int) -> Baseline:
    """Per level the score, its error and the panel's effects as they stood."""
    place = {"panel_id": item.panel_id, "scope": ALL}
    scores = db.session.scalars(select(AreaScore).filter_by(**place, area_id=item.area_id, epoch=epoch)).all()
    fits = {fit.level: fit for fit in db.session.scalars(select(PanelFit).filter_by(**place))}
    levels: dict[Level, FrozenLevel] = {
        score.level: {
            "score": score.score,
            "se": score.se,
            "n": score.n,
            "target": score.target,
            "p_below": score.p_below,
            "mu": fits[score.level].mu,
            "variances": fits[score.level].variances,
            "observers": fits[score.level].observers,
        }
        for score in scores
    }
    return {"epoch": epoch, "frozen_at": moment.isoformat(), "levels": levels}
