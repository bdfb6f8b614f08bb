"""A decision on an improvement enters the register, with what was known of its area at that moment."""

from __future__ import annotations

from datetime import datetime

from shadowing.backlog.decisions.models import CitedEvidence, Decision
from shadowing.backlog.models import Improvement
from shadowing.core.database import db
from shadowing.people.models import Person
from shadowing.scoring.models import ALL, AreaResult
from shadowing.scoring.queries import level_scores
from shadowing.scoring.statistics.grade import grade

IMPROVEMENT = "improvement"


def record_decision(item: Improvement, option: str, reason: str, person: Person, now: datetime) -> Decision:
    """The caller commits."""
    decision = Decision(
        kind=IMPROVEMENT,
        about_id=item.id,
        option=option,
        reason=reason,
        person_id=person.id,
        decided_at=now,
        cited=cited_evidence(item, now),
    )
    db.session.add(decision)
    return decision


def cited_evidence(item: Improvement, now: datetime) -> CitedEvidence | None:
    """Of its level as it stands. None where nothing was seen."""
    score = level_scores(item.panel_id, [item.area_id]).get(item.area_id, {}).get(item.level)
    result = db.session.get(AreaResult, (item.panel_id, ALL, item.area_id))
    if score is None or result is None or result.last_at is None:
        return None
    age = (now - result.last_at).days
    return {
        "level": item.level,
        "score": score.score,
        "se": score.se,
        "target": score.target,
        "visits": result.visits,
        "observers": result.observers,
        "grade": grade(result.rows, result.observers, result.days, age),
    }
