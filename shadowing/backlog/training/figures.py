"""What trainings are told by: frozen records without database or request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from shadowing.backlog.figures import ImprovementRow
from shadowing.backlog.steps.figures import PlanStep
from shadowing.backlog.training.days import Days
from shadowing.core.vocabulary import Words
from shadowing.scoring.statistics.proportions import Share

Moved = Literal["more", "less", "unclear"]


@dataclass(frozen=True)
class PeopleHurt:
    """An area whose low ratings people hurt. noted: as its observations are asked for; items: what is open there."""

    area_id: str
    touchpoint: Words
    channel: str
    share: Share
    noted: str
    items: tuple[ImprovementRow, ...] = ()
    trained: bool = False


@dataclass(frozen=True)
class StandardLift:
    """How often a standard was kept, of the times it was checked. since: None while the training is ahead.

    noted_*: as the observations of either side are asked for.
    """

    text: Words
    before: Share
    since: Share | None
    noted_before: str
    noted_since: str

    @property
    def moved(self) -> Moved | None:
        """Only what both intervals leave no doubt of; None while either side is too little to say."""
        if self.since is None or not (self.before.enough and self.since.enough):
            return None
        if self.since.low > self.before.high:
            return "more"
        return "less" if self.since.high < self.before.low else "unclear"


@dataclass(frozen=True)
class SideOfTraining:
    """One standard on one side of a training, as its observations are asked for. what: is trained."""

    key: str
    text: Words
    what: str
    side: str
    held: bool
    days: Days


@dataclass(frozen=True)
class PlannedTraining:
    """A step of a plan that is a training. departments: none = everybody who works there; held_on: None while ahead."""

    item: ImprovementRow
    step: PlanStep
    departments: tuple[Words, ...]
    standards: tuple[StandardLift, ...]
    held_on: date | None


@dataclass(frozen=True)
class TrainingOfItem:
    """What an improvement's page says of trainings. hurt: where one is worth proposing, and none is planned."""

    trainings: tuple[PlannedTraining, ...] = ()
    hurt: PeopleHurt | None = None


@dataclass(frozen=True)
class TrainingsPage:
    """/improvements/training. ahead: the next one first; held: the newest first."""

    hurting: tuple[PeopleHurt, ...]
    ahead: tuple[PlannedTraining, ...]
    held: tuple[PlannedTraining, ...]

    @property
    def says_something(self) -> bool:
        return bool(self.hurting or self.ahead or self.held)

    def lifted(self, moved: Moved) -> int:
        return sum(each.moved == moved for training in self.held for each in training.standards)

    @property
    def followed(self) -> int:
        """Standards of trainings that were held."""
        return sum(len(training.standards) for training in self.held)
