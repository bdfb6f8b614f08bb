"""What the pages about improvements are drawn from: frozen records without database or request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from shadowing.backlog.history.figures import Event
from shadowing.backlog.order.figures import PlaceInOrder, Workload
from shadowing.backlog.proof.figures import Proof
from shadowing.backlog.serious.figures import SeriousClock
from shadowing.backlog.steps.figures import Budget, Checklist
from shadowing.core.vocabulary import LENSES, ImprovementState, Level, VerdictSlug, Words
from shadowing.scoring.shapes import Choice, Estimate, Filter
from shadowing.visits.figures import SeenObservation

#: The way of an item that goes well, for the track at the top of its page.
STEPS: tuple[ImprovementState, ...] = ("proposed", "accepted", "in_progress", "shipped", "verifying", "verified")


@dataclass(frozen=True)
class Lenses:
    """x of each lens, −1 harms to +1 helps, or None until somebody planned the fix."""

    values: Mapping[str, float]
    tension: str = "aligned"
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def pulling(self) -> tuple[str, str]:
        """The lens that gains most and the one that gains least."""
        order = sorted(LENSES, key=lambda lens: -self.values.get(lens, 0.0))
        return order[0], order[-1]


@dataclass(frozen=True)
class CoveredArea:
    """One of the areas an improvement stands for; its own comes first."""

    id: str
    touchpoint: Words
    channel: str


@dataclass(frozen=True)
class ImprovementRow:
    """One line of the backlog. `title` is None until somebody gave it a name: area and level stand in."""

    id: str
    title: Words | None
    area_id: str
    touchpoint: Words
    channel: str
    level: Level
    state: ImprovementState
    verdict: VerdictSlug
    journey_id: int | None = None
    raised_by: str = "rule"
    serious: str | None = None
    lenses: Lenses | None = None
    owner: str | None = None
    effort: str | None = None
    due_on: date | None = None
    overdue: bool = False
    snoozed_until: date | None = None
    visits_done: int = 0
    visits_planned: int | None = None
    before: Estimate | None = None
    after: Estimate | None = None
    band: int = 0
    standing: PlaceInOrder | None = None
    no_longer_flagged: bool = False
    #: A level below its own is short there, too: the base comes first.
    waits: bool = False
    old_evidence: bool = False
    clock: SeriousClock | None = None
    revision: int = 0
    areas: tuple[CoveredArea, ...] = ()


@dataclass(frozen=True)
class Move:
    """at_once: one press does it; otherwise its form asks for what the step needs."""

    state: ImprovementState
    at_once: bool


@dataclass(frozen=True)
class Card:
    item: ImprovementRow
    revision: int
    initials: str = ""
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True)
class BoardColumn:
    """total: how many there are; takes: what a card becomes that is dropped here; more: while not all are shown."""

    state: ImprovementState
    cards: tuple[Card, ...]
    total: int
    takes: tuple[ImprovementState, ...] = ()
    more: int | None = None


class ListedItem(NamedTuple):
    """One of all that a filter selects, in the order of the page: what counters need of it. owner: an id."""

    id: str
    state: ImprovementState
    raised_at: datetime
    touchpoint: Words
    owner: int | None = None
    overdue: bool = False
    snoozed_until: date | None = None


#: Work that a due day still waits for.
UNFINISHED: tuple[ImprovementState, ...] = ("proposed", "accepted", "in_progress", "reopened")
#: What is counted over the list, and filtered by: one condition for the number and for its list.
COUNTED: Mapping[str, Callable[[ListedItem], bool]] = {
    "unowned": lambda item: item.owner is None,
    "overdue": lambda item: item.overdue,
    "proof": lambda item: item.state in ("shipped", "verifying"),
}


@dataclass(frozen=True)
class BacklogPage:
    """/improvements. `items` are all in the order of METHOD 2, those put off after it; `rows` those that are shown.

    `declined` stand folded below with reasons, the newest of `declined_total`.
    """

    items: tuple[ListedItem, ...]
    rows: Mapping[str, ImprovementRow] = field(default_factory=dict)
    declined: tuple[tuple[ImprovementRow, str], ...] = ()
    declined_total: int = 0
    verified_recently: int = 0
    filters: tuple[Filter, ...] = ()
    journey_ids: tuple[int, ...] = ()
    budget: Budget | None = None
    filtered: bool = False
    columns: tuple[BoardColumn, ...] = ()
    shown: int = 200
    rank: str = ""
    only: str = ""
    workload: Workload | None = None
    #: Id and name of imported journeys that raise nothing until a lead asks.
    silent: tuple[tuple[int, Words], ...] = ()

    @property
    def groups(self) -> tuple[tuple[int, tuple[ImprovementRow, ...]], ...]:
        """(band, items) in the order of the page; band 0 is none."""
        return tuple((band, tuple(items)) for band, items in groupby(self.listed, key=lambda item: item.band))

    @cached_property
    def to_list(self) -> tuple[ListedItem, ...]:
        """What belongs on the list; what is put off stands apart."""
        if self.only:
            return self.counted(self.only)
        return tuple(item for item in self.items if item.snoozed_until is None)

    @property
    def whole(self) -> tuple[str, ...]:
        """Ids of all that the filter selects; of the counted where only these were asked for."""
        declined = () if self.only else (row.id for row, _reason in self.declined)
        return (*(item.id for item in (self.to_list if self.only else self.items)), *declined)

    @property
    def listed(self) -> tuple[ImprovementRow, ...]:
        """Of these so many as the list shows at once."""
        return tuple(self.rows[item.id] for item in self.to_list[: self.shown])

    @property
    def snoozed(self) -> tuple[ImprovementRow, ...]:
        return tuple(self.rows[item.id] for item in self.items if item.snoozed_until is not None)

    def counted(self, name: str) -> tuple[ListedItem, ...]:
        """Open ones that are not put off, of which this is so."""
        return tuple(item for item in self.open if item.snoozed_until is None and COUNTED[name](item))

    @property
    def to_decide(self) -> int:
        return sum(item.state == "proposed" and item.snoozed_until is None for item in self.items)

    @cached_property
    def open(self) -> tuple[ListedItem, ...]:
        return tuple(item for item in self.items if item.state != "verified")

    @property
    def waiting_for_proof(self) -> int:
        return len(self.counted("proof"))

    @property
    def unowned(self) -> int:
        return len(self.counted("unowned"))

    @property
    def crowded(self) -> tuple[Words, int] | None:
        """The touchpoint with most open items, when it has at least three."""
        counts: dict[str, tuple[Words, int]] = {}
        for item in self.open:
            counts[item.touchpoint["en"]] = (
                item.touchpoint,
                counts.get(item.touchpoint["en"], (item.touchpoint, 0))[1] + 1,
            )
        most = max(counts.values(), key=lambda pair: pair[1], default=None)
        return most if most and most[1] >= 3 else None


@dataclass(frozen=True)
class Step:
    """`done`, `now` or `to` on the way; `at` when it was reached."""

    state: ImprovementState
    position: str
    at: datetime | None = None


def steps(state: ImprovementState, reached: Mapping[str, datetime]) -> tuple[Step, ...]:
    """The track of an item. Reopened stands where accepted is: work has to be done again."""
    current = {"reopened": "accepted", "declined": "proposed", "merged": "proposed"}.get(state, state)
    here = STEPS.index(current)
    made = []
    for number, name in enumerate(STEPS):
        finished = number < here or (name == "verified" and state == "verified")
        position = "done" if finished else "now" if number == here else "to"
        made.append(Step(name, position, reached.get(name) if number <= here else None))
    return tuple(made)


@dataclass(frozen=True)
class Form:
    """What a lead may change here, and the states that may follow. None for readers."""

    next_states: tuple[str, ...]
    owners: tuple[Choice, ...]


@dataclass(frozen=True)
class ImprovementPage:
    """/improvements/<id>."""

    item: ImprovementRow
    revision: int
    journey_id: int
    raised_at: datetime
    steps: tuple[Step, ...]
    grade: str = "D"
    observers: int = 0
    evidence: tuple[SeenObservation, ...] = ()
    evidence_total: int = 0
    checklist: Checklist = Checklist()
    events: tuple[Event, ...] = ()
    may_write: bool = False
    declined_reason: str = ""
    waiting_on_base: tuple[Level, ...] = ()
    check_base_first: bool = False
    waits_for: tuple[Level, ...] = ()
    form: Form | None = None
    touchpoint_id: int | None = None
    proof: Proof | None = None


@dataclass(frozen=True)
class OpenItem:
    id: str
    title: Words | None
    state: ImprovementState
