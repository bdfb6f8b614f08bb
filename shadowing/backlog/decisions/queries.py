"""Decisions on improvements, newest first."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from shadowing.backlog.decisions.figures import DecidedOn, DecisionRow, Reply
from shadowing.backlog.decisions.models import CitedEvidence, Decision, DecisionReply
from shadowing.backlog.decisions.recording import IMPROVEMENT
from shadowing.backlog.models import Improvement
from shadowing.core.database import db
from shadowing.journeys.models import Area
from shadowing.scoring.shapes import Estimate


def decisions_on_improvements(item_ids: Collection[int] | None = None) -> list[DecisionRow]:
    """Of these, or of all."""
    query = (
        select(Decision, Improvement)
        .join(Improvement, (Decision.kind == IMPROVEMENT) & (Decision.about_id == Improvement.id))
        .options(joinedload(Decision.person), joinedload(Improvement.area).joinedload(Area.touchpoint))
        .options(selectinload(Decision.replies).joinedload(DecisionReply.person))
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
    )
    if item_ids is not None:
        query = query.where(Decision.about_id.in_(item_ids))
    return [_row(decision, item) for decision, item in db.session.execute(query)]


def _row(decision: Decision, item: Improvement) -> DecisionRow:
    return DecisionRow(
        kind=IMPROVEMENT,
        option=decision.option,
        title=item.names,
        touchpoint=item.area.touchpoint.name,
        channel=item.area.channel,
        reason=decision.reason,
        who=decision.person.name,
        at=decision.decided_at,
        improvement_id=item.id,
        level=item.level,
        became=item.state,
        cited=_cited(cast(CitedEvidence | None, decision.cited)),
        id=decision.id,
        replies=replies_to(decision),
    )


def replies_to(decision: Decision) -> tuple[Reply, ...]:
    return tuple(Reply(each.words, each.person.name, each.said_at) for each in decision.replies)


def _cited(known: CitedEvidence | None) -> DecidedOn | None:
    if known is None:
        return None
    estimate = Estimate(known["score"], known["se"], known["target"])
    return DecidedOn(estimate, known["level"], known["visits"], known["grade"], known.get("observers", 0))
