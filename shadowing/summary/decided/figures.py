"""What the register is drawn from: frozen records without database or request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shadowing.backlog.decisions.figures import DecidedOn, DecisionRow
from shadowing.backlog.history.figures import Event
from shadowing.core.vocabulary import ImprovementState
from shadowing.scoring.shapes import Estimate, Filter
from shadowing.summary.questions.figures import WeekAsked

#: open: it waits again; nothing: no improvement came of it; too_little: declined where hardly anybody had looked.
Outcome = Literal[
    "open", "unanswered", "replied", "taken_back", "nothing", "working", "proving", "proven", "fell_back", "not_better",
    "declined", "too_little", "merged",
]  # fmt: skip
ANSWERS: Mapping[str, tuple[str, ...]] = {
    "yes": ("yes", "start", "chosen", "keep", "correct"),
    "no": ("no", "not_chosen"),
    "ask": ("ask",),
}


@dataclass(frozen=True)
class Fate:
    """What became of it. done of planned visits while it is proved; before, after: of what is proven."""

    outcome: Outcome
    state: ImprovementState | None = None
    done: int = 0
    planned: int | None = None
    before: Estimate | None = None
    after: Estimate | None = None
    owner: str | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class RegisterRow:
    decision: DecisionRow
    fate: Fate

    @property
    def key(self) -> str:
        """Its name in the address: decisions on promises are numbered by themselves."""
        kind = "q" if self.decision.option == "ask" and self.decision.kind == "promise" else self.decision.kind[0]
        return f"{kind}{self.decision.id}"

    @property
    def answer(self) -> str:
        """yes, no or ask; empty of what was taken back."""
        return next((name for name, options in ANSWERS.items() if self.decision.option in options), "")


@dataclass(frozen=True)
class DecisionInHand:
    """One decision: the evidence then and now, and what happened since."""

    row: RegisterRow
    then: DecidedOn | None
    now: Estimate | None
    area_id: int | None = None
    journey_id: int | None = None
    events: tuple[Event, ...] = ()


@dataclass(frozen=True)
class DecisionsPage:
    """rows: as filtered, the newest first; whole: how many there are; week: what waits for an answer."""

    rows: tuple[RegisterRow, ...]
    whole: int = 0
    filters: tuple[Filter, ...] = ()
    in_hand: DecisionInHand | None = None
    week: WeekAsked = WeekAsked()

    def answered(self, name: str) -> int:
        return sum(row.answer == name for row in self.rows)

    def became(self, outcome: str) -> int:
        return sum(row.fate.outcome == outcome for row in self.rows)


def outcome_of(
    option: str, state: ImprovementState | None, cited: DecidedOn | object | None, relapsed: bool, replied: bool
) -> Outcome:
    """From the answer and how what it was about stands today."""
    if option == "ask":
        return "replied" if replied else "unanswered"
    if option == "taken_back":
        return "taken_back"
    if state is None:
        return "nothing"
    if state == "reopened":
        return "fell_back" if relapsed else "not_better"
    if state == "declined":
        known = not isinstance(cited, DecidedOn) or cited.grade != "D"
        return "declined" if cited is not None and known else "too_little"
    return _OF_STATE[state]


_OF_STATE: Mapping[ImprovementState, Outcome] = {
    "proposed": "open",
    "accepted": "working",
    "in_progress": "working",
    "shipped": "proving",
    "verifying": "proving",
    "verified": "proven",
    "merged": "merged",
}
