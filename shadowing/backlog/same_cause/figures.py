"""An improvement that looks like the same cause: a frozen record without database or request."""

from __future__ import annotations

from dataclasses import dataclass

from shadowing.backlog.same_cause.rule import SharedCause
from shadowing.core.vocabulary import Level, Words


@dataclass(frozen=True)
class SameCause:
    """Another open improvement, and which of the two would go into which when they become one."""

    other_id: str
    title: Words | None
    touchpoint: Words
    channel: str
    level: Level
    shared: SharedCause
    merged_id: int
    merged_revision: int
    into_id: int
