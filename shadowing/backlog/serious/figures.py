"""The clock of a serious failure: a frozen record without database or request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SeriousClock:
    """due_at: until when it is to be put right with the customer; righted_at: when it was, by whom and how."""

    due_at: datetime
    overdue: bool = False
    righted_at: datetime | None = None
    righted_by: str = ""
    words: str = ""
    may_record: bool = False
