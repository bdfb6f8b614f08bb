"""Where people hurt: the share of low ratings that name people or personal attention as what hurt (METHOD 1.7)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import case, func, select

from shadowing.core.database import db
from shadowing.core.vocabulary import FACTOR_GROUPS
from shadowing.journeys.models import Area, Journey, Touchpoint
from shadowing.people.reader import Reader
from shadowing.people.zones import home_zone
from shadowing.scoring.observed import scored_for, window_of
from shadowing.scoring.statistics.proportions import Share, hurting_factors
from shadowing.visits.counted import address_of, hurt_by, rated_low
from shadowing.visits.models.totals import Panel, Tally
from shadowing.visits.models.visit import Observation
from shadowing.visits.tallies import LIVE
from shadowing.visits.window import first_day

PEOPLE = "people"
NOTED = address_of(f"low:{PEOPLE}", "hurt")
#: Of the low ratings people hurt at least so many, by the lower end of the interval: a training can mend no more than
#: these, and below a quarter something else is worth doing first. A quarter is also what each of the four groups of
#: factors would have if all hurt alike.
LEAST_SHARE = 0.25
#: So many areas are looked at, those first where people hurt most often.
MOST_AREAS = 30


def where_people_hurt(panel_id: int, area_ids: Collection[int], reader: Reader, now: datetime) -> dict[int, Share]:
    """Area -> its share, where it is surely large enough to propose a training; the surest first."""
    query = (
        select(Observation.area_id, func.count(), func.sum(case((hurt_by(PEOPLE), 1), else_=0)))
        .where(
            Observation.area_id.in_(area_ids),
            *scored_for(panel_id, reader),
            Observation.observed_at >= window_of(panel_id, now),
            rated_low(),
        )
        .group_by(Observation.area_id)
    )
    shares = {
        area_id: share
        for area_id, low, hurt in db.session.execute(query)
        for _group, share in hurting_factors({PEOPLE: int(hurt)}, low)
        if share.low >= LEAST_SHARE
    }
    return dict(sorted(shares.items(), key=lambda pair: (-pair[1].low, pair[0])))


def where_people_hurt_anywhere(reader: Reader, now: datetime) -> dict[int, Share]:
    """The same of all areas of our journeys. Totals say where it is worth counting low ratings."""
    panel_id = db.session.scalar(select(Panel.id).where(Panel.kind == LIVE))
    if panel_id is None:
        return {}
    often = func.sum(Tally.n)
    query = (
        select(Tally.area_id)
        .join(Area, Area.id == Tally.area_id)
        .join(Touchpoint, Touchpoint.id == Area.touchpoint_id)
        .join(Journey, Journey.id == Touchpoint.journey_id)
        .where(
            Tally.panel_id == panel_id,
            Tally.kind.in_([f"factor:{factor}" for factor in FACTOR_GROUPS[PEOPLE]]),
            Tally.key == "hurt",
            Tally.day >= first_day(now, home_zone()),
            reader.at_sites(Tally.site_id),
            Journey.archived_at.is_(None),
        )
        .group_by(Tally.area_id)
        .having(often > 0)
        .order_by(often.desc(), Tally.area_id)
        .limit(MOST_AREAS)
    )
    return where_people_hurt(panel_id, list(db.session.scalars(query)), reader, now)
