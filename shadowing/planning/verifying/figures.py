"""What the page is drawn from on which a fix goes live: frozen records without database or request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shadowing.backlog.figures import ImprovementRow
from shadowing.core.vocabulary import Words


@dataclass(frozen=True)
class ProposedVisit:
    """A visit to make, by its site's clock."""

    site: Words
    day: date
    time: str


@dataclass(frozen=True)
class PlannedSeveral:
    """Improvements by what became of them: visits were planned, none was missing, not live, no site open for visits."""

    planned: int = 0
    visits: int = 0
    had: int = 0
    not_live: int = 0
    nowhere: int = 0


@dataclass(frozen=True)
class GoLivePage:
    """/improvements/<id>/live. planned: the number METHOD says; unseen: the change in points below which it shows none.

    compared: whether enough was seen before; proposed: the visits as they would go into the plan.
    """

    item: ImprovementRow
    revision: int
    journey_id: int
    planned: int
    unseen: int | None
    compared: bool
    proposed: tuple[ProposedVisit, ...]
    owner: str | None
