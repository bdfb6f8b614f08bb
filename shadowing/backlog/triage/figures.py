"""What the pages of proposals are drawn from: frozen records without database or request."""

from dataclasses import dataclass
from datetime import date, datetime

from shadowing.backlog.figures import ImprovementPage, ImprovementRow
from shadowing.backlog.same_cause.figures import SameCause
from shadowing.backlog.triage.origins import Origin
from shadowing.core.vocabulary import Words
from shadowing.scoring.shapes import Choice, Estimate
from shadowing.visits.figures import SeenObservation


@dataclass(frozen=True)
class RelatedItem:
    """Another improvement that this one came from, went into, or may go into; channel: of its area."""

    id: str
    title: Words | None
    owner: str | None = None
    channel: str = ""
    same_area: bool = True


@dataclass(frozen=True)
class ComesFrom:
    """Where an item comes from. origin None: a rule or a serious observation raised it."""

    origin: Origin | None = None
    author: str | None = None
    at: datetime | None = None
    why: str = ""
    seen: SeenObservation | None = None
    promise: str = ""
    merged_into: RelatedItem | None = None
    merged_here: tuple[RelatedItem, ...] = ()
    split_from: RelatedItem | None = None
    split_off: tuple[RelatedItem, ...] = ()

    @property
    def says_something(self) -> bool:
        related = self.merged_into or self.merged_here or self.split_from or self.split_off
        return bool(self.origin or self.why or related)


@dataclass(frozen=True)
class InHand:
    """The proposal that is decided now, with what speaks for it."""

    page: ImprovementPage
    estimate: Estimate | None
    probability: float
    rows: int
    others: tuple[RelatedItem, ...]
    came_from: ComesFrom
    reach: int | None = None
    same_causes: tuple[SameCause, ...] = ()


@dataclass(frozen=True)
class TriagePage:
    """queue: what waits, in the order of the backlog; number: of the one in hand, from 1."""

    queue: tuple[ImprovementRow, ...]
    in_hand: InHand | None = None
    number: int = 0
    waited_long: int = 0
    snoozed: tuple[tuple[RelatedItem, date], ...] = ()
    days: tuple[date, ...] = ()
    owners: tuple[Choice, ...] = ()

    @property
    def next_id(self) -> str | None:
        """The one after it, in a round."""
        if len(self.queue) < 2:
            return None
        return self.queue[self.number % len(self.queue)].id

    @property
    def last_id(self) -> str | None:
        """The one before it, in a round."""
        return self.queue[self.number - 2].id if len(self.queue) > 1 else None


@dataclass(frozen=True)
class Answered:
    """What became of a proposal of the reader's own, decided by somebody else."""

    id: str
    title: Words | None
    state: str
    who: str
    at: datetime
    reason: str = ""
