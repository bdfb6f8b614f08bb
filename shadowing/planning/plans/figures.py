"""What the pages about plans are drawn from: frozen records without database or request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shadowing.core.vocabulary import Words
from shadowing.coverage.figures import Consistency, Coverage
from shadowing.planning.plans.forms import AssignForm


@dataclass(frozen=True)
class PlanRow:
    """One plan as its reader may see it. observer: None = an open slot, "" = not told; blind: not told of a fix.

    day, time: by the site's clock; zone: how that is called, where it shows another hour than the organisation's.
    """

    id: int
    revision: int
    day: date
    time: str
    until: str
    zone: str
    journey_id: int
    journey: Words
    site: Words
    state: str
    kind: str
    mode: str
    observer: str | None = None
    companion: str | None = None
    places: tuple[Words, ...] = ()
    channel: str | None = None
    scenario: str | None = None
    note: str | None = None
    label: str | None = None
    reason: str | None = None
    series: bool = False
    why: Words | None = None
    blind: bool = False

    @property
    def can_change(self) -> bool:
        return self.state in ("planned", "missed", "declined", "cancelled")


@dataclass(frozen=True)
class Day:
    day: date
    today: bool
    plans: tuple[PlanRow, ...]


@dataclass(frozen=True)
class Week:
    """Monday to Sunday; before and after are the Mondays of its neighbours, as far as there is something to see."""

    days: tuple[Day, ...]
    before: date | None
    after: date | None
    this: bool

    @property
    def plans(self) -> tuple[PlanRow, ...]:
        return tuple(plan for day in self.days for plan in day.plans)

    def count(self, *states: str) -> int:
        return sum(plan.state in states for plan in self.plans)


@dataclass(frozen=True)
class ObserverChoice:
    """Who may be asked. load: plans of the coming 14 days; never how many visits somebody made."""

    id: str
    name: str
    initials: str
    department: Words | None
    first_time: bool
    load: int
    not_blind: bool = False
    chosen: bool = False


@dataclass(frozen=True)
class Looking:
    """A suggestion as the page draws it. Bars on 0-100."""

    journey_id: str
    touchpoint_id: str
    touchpoint: Words
    channel: str
    reason: Words
    score: int
    now: int
    after: int
    target: int
    why: str

    def low(self, half: int) -> int:
        return max(0, self.score - half)

    def high(self, half: int) -> int:
        return min(100, self.score + half)


@dataclass(frozen=True)
class Together:
    """Two observers whose eyes nothing connects, and where they could meet."""

    newcomer_id: str
    newcomer: str
    settled_id: str
    settled: str
    touchpoint_id: str
    touchpoint: Words
    channel: str


@dataclass(frozen=True)
class PlanForm:
    """The form as it stands, and what there is to choose from: (value, name)."""

    entry: AssignForm
    observers: tuple[ObserverChoice, ...] = ()
    sites: tuple[tuple[str, Words], ...] = ()
    competitors: tuple[tuple[str, Words], ...] = ()
    places: tuple[tuple[str, Words], ...] = ()
    channels: tuple[str, ...] = ()
    personas: tuple[tuple[str, Words], ...] = ()
    what: Words | None = None
    what_channel: str | None = None
    #: Whether the sites' clocks show different hours.
    clocks_differ: bool = False


@dataclass(frozen=True)
class PlanPage:
    """/plan."""

    coverage: Coverage
    consistency: Consistency
    looks: tuple[Looking, ...] = ()
    together: tuple[Together, ...] = ()
    week: Week | None = None
    form: PlanForm | None = None


@dataclass(frozen=True)
class OnePlan:
    """/plan/<id>."""

    plan: PlanRow
    form: PlanForm
    stale: bool = False


@dataclass(frozen=True)
class SlotsPage:
    """/slots: open slots with a reason each, and what is mine."""

    slots: tuple[PlanRow, ...]
    mine: tuple[PlanRow, ...]
    has_address: bool = False
    address: str = ""
    problem: str = ""
