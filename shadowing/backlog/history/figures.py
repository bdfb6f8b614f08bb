"""A fact of an improvement's history: a frozen record without database or request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Event:
    """One fact: a step on its way, a field that changed, a comment.

    before, after: as kept, of people their names; id, may_take_back: of a comment of the reader's own.
    """

    at: datetime
    who: str
    kind: str
    before: str | None = None
    after: str | None = None
    words: str = ""
    id: int = 0
    may_take_back: bool = False
