"""Finding our own figures and the signs by which a practice is offered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from shadowing.backlog.models import Improvement
from shadowing.core.database import db
from shadowing.journeys.models import Area, Standard
from shadowing.people.zones import home_zone
from shadowing.scoring.statistics.proportions import Share, wilson
from shadowing.summary.figures import Summary
from shadowing.summary.reasons.figures import Own, OwnProof
from shadowing.visits.models.totals import Panel, Tally
from shadowing.visits.models.visit import Visit
from shadowing.visits.window import first_day

PROOFS = 5
GOOD = 4
ROUGH = ("repeated", "lost")


def own_figures(summary: Summary) -> Own:
    """summary: of the journey with most visits."""
    again = _again_by_satisfaction()
    felt = [point for point in summary.emotions if point.mean is not None]
    last = felt[-1] if felt else None
    return Own(
        got=summary.got,
        come_again=summary.come_again,
        very_satisfied=again.get(5),
        satisfied=again.get(4),
        end=last.mean if last else None,
        end_rows=last.rows if last else 0,
    )


def own_proofs() -> tuple[OwnProof, ...]:
    """Fixes that were proven, the newest first."""
    verified = select(Improvement).where(Improvement.state == "verified").order_by(Improvement.changed_at.desc())
    items = db.session.scalars(verified.limit(PROOFS)).all()
    return tuple(
        OwnProof(item.id, item.names, item.area.touchpoint.name, item.area.channel, item.changed_at) for item in items
    )


def signs(now: datetime, overlooked: int) -> dict[str, int]:
    """How often each practice's sign was met in the window. overlooked: places nobody has looked at."""
    met = {
        "rules": and_(Tally.kind == "held_back", Tally.key == "rule"),
        "late": and_(Tally.kind == "reason:utility", Tally.key == "late"),
        "handovers": and_(Tally.kind == "handover", Tally.key.in_(ROUGH)),
        "promises": and_(_of_a_promise(), Tally.key == "not_met"),
    }
    columns = [func.sum(case((sign, Tally.n), else_=0)) for sign in met.values()]
    live = (
        select(*columns)
        .join(Panel, Panel.id == Tally.panel_id)
        .where(Panel.kind == "live", Tally.day >= first_day(now, home_zone()))
    )
    counts = db.session.execute(live.where(or_(*met.values()))).one()
    return {"overlooked": overlooked, **{name: int(n or 0) for name, n in zip(met, counts, strict=True)}}


def _of_a_promise() -> ColumnElement[bool]:
    """Rows that count the answers to a standard of kind promise, at its own touchpoint."""
    return (
        select(Standard.key)
        .join(Area, Area.touchpoint_id == Standard.touchpoint_id)
        .where(Standard.kind == "promise", Area.id == Tally.area_id, Tally.kind == "standard:" + Standard.key)
        .exists()
    )


def _again_by_satisfaction() -> dict[int, Share]:
    """Of visits with this satisfaction, how many would come again."""
    rows = db.session.execute(
        select(Visit.satisfaction, func.count(), func.sum(case((Visit.come_again >= GOOD, 1), else_=0)))
        .join(Panel, Panel.id == Visit.panel_id)
        .where(
            Panel.kind == "live",
            Visit.satisfaction.is_not(None),
            Visit.come_again.is_not(None),
            Visit.counts,
        )
        .group_by(Visit.satisfaction)
    )
    return {satisfaction: wilson(int(again or 0), total) for satisfaction, total, again in rows}
