"""From a fix that went live and what was seen since to the figures of its proof."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from math import sqrt
from typing import cast

from sqlalchemy import Row, Select, select

from shadowing.backlog.models import Improvement
from shadowing.backlog.proof.figures import ChangeFigure, LaterCheck, Outcome, PlannedHour, Proof, WhoSaw
from shadowing.backlog.proof.same_spot import pictures_of
from shadowing.backlog.shipping import is_unseen
from shadowing.core import clock
from shadowing.core.database import db
from shadowing.core.formatting import display_score
from shadowing.core.vocabulary import Words
from shadowing.journeys.models import AreaEpoch, KeptBefore, KeptStanding, KeptVerdict
from shadowing.people.models import Person, Site
from shadowing.people.reader import Reader
from shadowing.people.zones import home_zone, zone_of, zones
from shadowing.scoring.shapes import Estimate
from shadowing.scoring.statistics.equations import Variances
from shadowing.scoring.statistics.verdicts import LEAST_ROWS
from shadowing.scoring.statistics.verification import row_variance
from shadowing.visits.models.visit import Observation
from shadowing.visits.planning import plan_state, started_plans, verifying_plans
from shadowing.visits.window import window_start

#: Without a verdict after so long, a fix is not proven (METHOD 6.1).
TOO_LONG = timedelta(days=180)
CHECKS = (30, 90)
MOST_HOURS = 20


def proof_of(item: Improvement, reader: Reader, now: datetime) -> Proof | None:
    """None until it is live, and where nothing was kept of before."""
    opened = _opened(item)
    if opened is None or opened.standing is None or item.shipped_at is None:
        return None
    standing, seen = opened.standing, _seen_since(item, opened)
    verdicts, before = standing.get("verdicts", {}), standing.get("before", {})
    changes = {level: ChangeFigure.of(level, kept, before[level]["score"]) for level, kept in verdicts.items()}
    own, known = verdicts.get(item.level), before.get(item.level)
    since = standing.get("since")
    return Proof(
        outcome=_outcome(item, standing, now),
        level=item.level,
        planned=item.planned_visits or standing["planned"],
        done=own["n"] if own else standing.get("seen", {}).get(item.level, 0),
        before=Estimate(known["score"], known["se"], known["target"]) if known else None,
        visits_before=known["n"] if known else 0,
        after=_after(own, known),
        change=changes.pop(item.level, None),
        others=tuple(changes.values()),
        since=ChangeFigure.of(item.level, since, since.get("before", 0.0)) if since else None,
        target=display_score(known["target"]) if known else None,
        live_on=clock.day_at(item.shipped_at, home_zone()),
        proven_on=clock.day_at(opened.taken_over_at, home_zone()) if opened.taken_over_at else None,
        who=_who_saw(item, seen, standing, opened.taken_over_at),
        coming=_planned_hours(item, reader, now),
        lasting=_lasting(item, opened, seen, now),
        pictures=pictures_of(item, reader),
        pilot=_names(standing.get("sites", [])),
        unseen=is_unseen(item),
    )


def after_estimate(item: Improvement) -> Estimate | None:
    """What was seen since, as its proof has it; None before the third rating."""
    opened = _opened(item)
    standing = opened.standing if opened else None
    if standing is None:
        return None
    return _after(standing.get("verdicts", {}).get(item.level), standing.get("before", {}).get(item.level))


def _after(kept: KeptVerdict | None, known: KeptBefore | None) -> Estimate | None:
    """The mean of the ratings since, corrected for who looked; its error is that of so many ratings."""
    if kept is None or known is None:
        return None
    return Estimate(kept["after"], sqrt(row_variance(Variances(**known["variances"])) / kept["n"]), known["target"])


def _opened(item: Improvement) -> AreaEpoch | None:
    """The epoch that its fix opened."""
    return db.session.get(AreaEpoch, (item.area_id, item.before["epoch"] + 1)) if item.before else None


def _outcome(item: Improvement, standing: KeptStanding, now: datetime) -> Outcome:
    own, since = standing.get("verdicts", {}).get(item.level), standing.get("since")
    known = standing.get("before", {}).get(item.level)
    if since is not None and since["verdict"] == "worse":
        return "fell_back"
    if own is not None and own["verdict"] != "not_enough":
        return cast(Outcome, own["verdict"])
    if known is None or known["n"] < LEAST_ROWS:
        return "afresh"
    return "unproven" if item.shipped_at and now - item.shipped_at > TOO_LONG else "early"


Since = Row[int | None, int | None, datetime, str | None, int | None]


def _seen_since(item: Improvement, opened: AreaEpoch) -> list[Since]:
    """Person, site, moment, role and department of every rating since, oldest first, until the next fix."""
    later = db.session.get(AreaEpoch, (item.area_id, opened.number + 1))
    query = _ratings(item).where(Observation.observed_at >= opened.opened_at)
    if later is not None:
        query = query.where(Observation.observed_at < later.opened_at)
    return list(db.session.execute(query.order_by(Observation.observed_at)))


def _ratings(item: Improvement) -> Select[int | None, int | None, datetime, str | None, int | None]:
    return (
        select(Observation.person_id, Observation.site_id, Observation.observed_at, Person.role, Person.department_id)
        .outerjoin(Person, Person.id == Observation.person_id)
        .where(
            Observation.area_id == item.area_id,
            Observation.panel_id == item.panel_id,
            Observation.scored.is_(True),
            getattr(Observation, item.level).is_not(None),
        )
    )


def _proving(seen: Collection[Since], standing: KeptStanding) -> list[Since]:
    """As scoring/verifying.py counts them: by others, where it is live."""
    not_by, sites = standing.get("not_by", []), standing.get("sites")
    return [each for each in seen if each.person_id not in not_by and (not sites or each.site_id in sites)]


def _who_saw(item: Improvement, seen: list[Since], standing: KeptStanding, until: datetime | None) -> WhoSaw | None:
    """Until the verdict fell: what came later is of the checks that follow."""
    counted = [each for each in seen if until is None or each.observed_at <= until]
    if not counted:
        return None
    proving = _proving(counted, standing)
    people = {each.person_id: each.department_id for each in proving}
    return WhoSaw(
        ratings=len(proving),
        observers=len(people),
        departments=len({department for department in people.values() if department is not None}),
        blind=sum(each.role == "observer" for each in proving),
        own=sum(each.person_id in standing.get("not_by", []) for each in counted),
        hours=_hours(proving),
        before=_hours(_before(item)),
    )


def _before(item: Improvement) -> list[Since]:
    since = item.shipped_at or clock.now()
    within = (Observation.observed_at >= window_start(since), Observation.observed_at < since)
    return list(db.session.execute(_ratings(item).where(*within)))


def _hours(seen: Collection[Since]) -> tuple[str, str] | None:
    """First and last time of day, by the clocks of the sites."""
    known = zones()
    faces = sorted(clock.clock_face(each.observed_at, known.at(each.site_id)) for each in seen)
    return (faces[0], faces[-1]) if faces else None


def _planned_hours(item: Improvement, reader: Reader, now: datetime) -> tuple[PlannedHour, ...]:
    """What stands in the plan and has not begun; who goes is told to leads of the site."""
    if item.state not in ("shipped", "verifying") or item.shipped_at is None:
        return ()
    plans = verifying_plans(item.area, item.shipped_at)
    states = started_plans([plan.id for plan in plans])
    ahead = [plan for plan in plans if plan_state(plan, states.get(plan.id), now) == "planned"]
    return tuple(
        PlannedHour(
            plan_id=plan.id,
            day=clock.day_at(plan.starts_at, zone_of(plan.site)),
            time=clock.clock_face(plan.starts_at, zone_of(plan.site)),
            site=plan.site.name,
            observer=None if plan.observer is None else plan.observer.name if reader.leads else "",
        )
        for plan in ahead[:MOST_HOURS]
        if reader.sees(plan.site_id)
    )


def _lasting(item: Improvement, opened: AreaEpoch, seen: list[Since], now: datetime) -> tuple[LaterCheck, ...]:
    standing, proven = opened.standing, opened.taken_over_at
    own = standing.get("verdicts", {}).get(item.level) if standing else None
    if standing is None or proven is None or own is None or own["verdict"] != "improved":
        return ()
    after = [each for each in _proving(seen, standing) if each.observed_at > proven]
    return tuple(_check(days, proven, after, standing.get("since"), now) for days in CHECKS)


def _check(days: int, proven: datetime, after: list[Since], since: KeptVerdict | None, now: datetime) -> LaterCheck:
    on = proven + timedelta(days=days)
    ratings = sum(each.observed_at <= on for each in after)
    day: date = clock.day_at(on, home_zone())
    if since is not None and since["verdict"] == "worse" and days == CHECKS[-1]:
        return LaterCheck(days, day, "fell", len(after))
    if now < on:
        return LaterCheck(days, day, "ahead", ratings)
    return LaterCheck(days, day, "held" if ratings >= LEAST_ROWS else "unseen", ratings)


def _names(site_ids: list[int]) -> tuple[Words, ...]:
    names = {site.id: site.name for site in db.session.scalars(select(Site).where(Site.id.in_(site_ids)))}
    return tuple(names[id] for id in site_ids if id in names)
