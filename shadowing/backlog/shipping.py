"""A fix goes live: its epoch opens, what was known before is frozen, how many visits decide is agreed (METHOD 6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from flask_babel import gettext as _
from sqlalchemy import select

from shadowing.backlog.models import Baseline, FrozenLevel, Improvement
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.ids import our_id
from shadowing.core.problems import Problem
from shadowing.core.vocabulary import Level
from shadowing.journeys.models import AreaEpoch, KeptBefore, KeptStanding
from shadowing.people.models import Site
from shadowing.people.zones import home_zone
from shadowing.scoring.models import ALL, AreaResult, AreaScore, PanelFit
from shadowing.scoring.statistics.equations import Variances
from shadowing.scoring.statistics.verdicts import LEAST_ROWS, NOT_ENOUGH
from shadowing.scoring.statistics.verification import Planned, planned_visits
from shadowing.visits.models.visit import Observation
from shadowing.visits.tallies import panel_changed


def ship(item: Improvement, on: date | None, at: Sequence[str] | None, now: datetime, shipped_by: int) -> None:
    """Close the epoch at the ship date; score, verdict and counts stay as they were (METHOD 6.1).

    at: ids of the sites where it is live, None = everywhere: as a pilot it is proven there, beside the others.
    Said again before anybody has looked, it moves the date and opens nothing further. Raises Problem invalid.
    """
    moment, sites = _ship_moment(on, now), _pilot(at)
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
        if sites:
            standing["sites"] = sites
        db.session.add(AreaEpoch(area_id=area.id, number=area.epoch, opened_at=moment, standing=standing))
    panel_changed(item.panel_id)


def take_back(item: Improvement) -> None:
    """What nobody has seen live was no fix: its epoch goes, and every number is as it was."""
    opened = _unseen_epoch(item)
    if opened is None:
        return
    item.shipped_at = item.before = None
    item.area.epoch -= 1
    db.session.delete(opened)
    panel_changed(item.panel_id)


def agree_on(item: Improvement, visits: int) -> None:
    """How many visits are to decide instead of METHOD's number. Raises Problem invalid once the first has come."""
    opened = _unseen_epoch(item)
    if opened is None or opened.standing is None or item.shipped_at is None:
        told = _("It is agreed before the first visit after the fix, so that nobody picks a lucky moment.")
        raise Problem("invalid", [("planned_visits", told)])
    standing, known = opened.standing, dict(opened.standing.get("before", {}))
    if item.level in known:
        known[item.level] = cast(KeptBefore, {**known[item.level], "planned": visits})
    opened.standing = cast(KeptStanding, {**standing, "planned": visits, "before": known})
    item.planned_visits = visits
    panel_changed(item.panel_id)


def visits_to_decide(item: Improvement) -> Planned | None:
    """What METHOD says were it live today; None where too few ratings allow no comparison."""
    known = _frozen(item, clock.now(), item.area.epoch)["levels"].get(item.level)
    if known is None or known["n"] < LEAST_ROWS:
        return None
    return planned_visits(known["score"], known["se"], known["target"], Variances(**known["variances"]))


def pilot_sites(item: Improvement) -> tuple[int, ...]:
    """Ids of the sites where it is live; empty = everywhere, or nowhere yet."""
    opened = db.session.get(AreaEpoch, (item.area_id, item.area.epoch)) if item.shipped_at else None
    return tuple(opened.standing.get("sites", ())) if opened and opened.standing else ()


def is_unseen(item: Improvement) -> bool:
    """Whether a fix can still be taken back: it is live, and no rating has come from since."""
    return item.shipped_at is not None and _unseen_epoch(item) is not None


def _pilot(at: Sequence[str] | None) -> list[int]:
    """Empty: everywhere."""
    if at is None:
        return []
    open_ones = select(Site.id).where(Site.kind == "own", Site.closed_at.is_(None))
    known, wanted = set(db.session.scalars(open_ones)), {our_id(each) for each in at}
    if not wanted or not wanted <= known:
        raise Problem("invalid", [("live_at", _("Name at least one of your sites that are open."))])
    return [] if wanted == known else sorted(id for id in wanted if id)


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
