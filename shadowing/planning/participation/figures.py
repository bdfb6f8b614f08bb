"""What the page of participation shows (METHOD 7). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shadowing.core.vocabulary import Words

DAYS = 30
#: A department of fewer people is only said to have taken part or not: its counts would be counts of a person.
FEWEST_PEOPLE = 3


@dataclass(frozen=True)
class DepartmentRow:
    """people: who could shadow; active: who did; visits: theirs, in the last DAYS days. None = too few to count."""

    name: Words | None
    people: int
    active: int | None
    visits: int | None
    took_part: bool


@dataclass(frozen=True)
class Participation:
    """departments: the most visits first, small ones and those without visits last; widest: the most visits of one."""

    departments: tuple[DepartmentRow, ...]
    people: int
    active: int
    visits: int
    widest: int

    @property
    def took_part(self) -> int:
        """Departments with at least one visit."""
        return sum(1 for row in self.departments if row.took_part)

    @property
    def visits_each(self) -> float | None:
        """Visits per active observer."""
        return self.visits / self.active if self.active else None


@dataclass(frozen=True)
class Counted:
    """One department as the database counts it. name None = people of no department."""

    name: Words | None
    people: int
    active: int
    visits: int


@dataclass(frozen=True)
class Unsent:
    """Somebody whose phone may hold what the server does not have. since: the oldest of it."""

    person: str
    initials: str
    since: datetime
    heard_at: datetime | None
    media: int = 0
    open_visits: int = 0
    planned: int = 0


def participation(counted: Sequence[Counted]) -> Participation:
    """Departments without people are left out: nobody there was invited."""
    invited = [each for each in counted if each.people or each.visits]
    rows = sorted((_row(each) for each in invited), key=lambda row: (-(row.visits or 0), not row.took_part))
    return Participation(
        departments=tuple(rows),
        people=sum(each.people for each in invited),
        active=sum(each.active for each in invited),
        visits=sum(each.visits for each in invited),
        widest=max((row.visits or 0 for row in rows), default=0),
    )


def _row(each: Counted) -> DepartmentRow:
    if each.people < FEWEST_PEOPLE:
        return DepartmentRow(each.name, each.people, None, None, each.visits > 0)
    return DepartmentRow(each.name, each.people, each.active, each.visits, each.visits > 0)
