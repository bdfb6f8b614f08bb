"""The visits that prove several fixes go into the plan at once: of each those that are still missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from shadowing.backlog.bulk.change_several import check_number, locked
from shadowing.backlog.proof.pages import proof_of
from shadowing.core.database import advisory_lock
from shadowing.people.models import Person
from shadowing.people.reader import reader_of
from shadowing.planning.verifying.figures import PlannedSeveral
from shadowing.planning.verifying.going_live import plan_visits
from shadowing.planning.verifying.pages import tomorrow

PROVING = ("shipped", "verifying")


def plan_several(looked_at: Sequence[tuple[int, int]], person: Person, now: datetime) -> PlannedSeveral:
    """Said twice it plans once: the second finds nothing missing. Raises Problem invalid. The caller commits."""
    check_number(looked_at)
    advisory_lock("verifying")  # of two at once, the second sees the plans of the first
    reader, planned, visits, had, not_live, nowhere = reader_of(person), 0, 0, 0, 0, 0
    for item, _revision in locked(looked_at):
        proof = proof_of(item, reader, now) if item is not None and item.state in PROVING else None
        if item is None or proof is None:
            not_live += 1
        elif not proof.missing:
            had += 1
        elif made := plan_visits(item, proof.missing, tomorrow(now), person, now):
            planned, visits = planned + 1, visits + len(made)
        else:
            nowhere += 1
    return PlannedSeveral(planned, visits, had, not_live, nowhere)
