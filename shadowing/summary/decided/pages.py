"""Everything that was decided under a name, newest first: the one reading of all registers."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shadowing.authoring.promises.models import PromiseDecision
from shadowing.authoring.promises.pages import promises
from shadowing.backlog.decisions.figures import DecisionRow
from shadowing.backlog.decisions.queries import decisions_on_improvements
from shadowing.core.database import db
from shadowing.core.vocabulary import Words
from shadowing.journeys.models import Touchpoint
from shadowing.people.reader import Reader

PROMISE = "promise"


def register(reader: Reader) -> tuple[DecisionRow, ...]:
    """What was decided on improvements and on promises."""
    rows = [*decisions_on_improvements(), *_on_promises(reader)]
    return tuple(sorted(rows, key=lambda row: row.at, reverse=True))


def _on_promises(reader: Reader) -> list[DecisionRow]:
    query = (
        select(PromiseDecision, Touchpoint)
        .join(Touchpoint, Touchpoint.id == PromiseDecision.touchpoint_id)
        .options(joinedload(PromiseDecision.person), joinedload(PromiseDecision.improvement))
    )
    texts = {promise.name: promise.text for promise in promises(reader)}
    return [_row(decision, touchpoint, texts) for decision, touchpoint in db.session.execute(query)]


def _row(decision: PromiseDecision, touchpoint: Touchpoint, texts: dict[str, Words]) -> DecisionRow:
    name = f"{decision.touchpoint_id}:{decision.standard_key}"
    return DecisionRow(
        kind=PROMISE,
        option=decision.decision,
        title=texts.get(name),
        touchpoint=touchpoint.name,
        channel="",
        reason=decision.words or "",
        who=decision.person.name,
        at=decision.decided_at,
        improvement_id=decision.improvement_id,
        promise=name,
        became=decision.improvement.state if decision.improvement else None,
    )
