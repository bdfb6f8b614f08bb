"""A team that shadows for 90 days, simulated: follows the compass, chooses freely, or goes where fewest were seen.

The truth of each place is drawn once; every observer sees it with an eye of their own, every visit with a mood of its
own, every rating with noise, as METHOD 1.1 says. Scores are those of the product's own fit, suggestions those of the
product's own compass. Everybody walks as often; only the choice of places differs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import sqrt
from typing import NamedTuple

import numpy as np

from shadowing.scoring.statistics.equations import DEFAULT_VARIANCES, Rows
from shadowing.scoring.statistics.grade import is_fresh
from shadowing.scoring.statistics.scoring import Fit, fit
from shadowing.scoring.statistics.value_of_visits import KnownLevel, VisitCandidate, rank

LEVEL, TARGET = "utility", 4.0
COMPASS, FREE, FEWEST = "compass", "free choice", "fewest first"
ROW_VARIANCE = DEFAULT_VARIANCES.residual + DEFAULT_VARIANCES.visit


class Team(NamedTuple):
    """places: touchpoint x channel; cells: stage x channel, of several places each; walks: a day, of the whole team.

    habit: how much free choice returns to the same places: the nth favourite draws 1 / n^habit; 0 = evenly, as if drawn
    by lot, 1 = as people choose among shops, words and web pages.
    """

    people: int = 20
    days: int = 90
    cells: int = 24
    places_a_cell: int = 2
    walks: int = 4
    stops: int = 2
    habit: float = 1.0


@dataclass
class World:
    """What is true and what anybody can know beforehand: importance (1-5), and how handy a place is to go to."""

    team: Team
    random: np.random.Generator
    truth: np.ndarray = field(init=False)
    eyes: np.ndarray = field(init=False)
    importance: np.ndarray = field(init=False)
    handy: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        places, spread = self.team.cells * self.team.places_a_cell, DEFAULT_VARIANCES
        self.truth = self.random.normal(3.8, sqrt(spread.area), places)
        self.eyes = self.random.normal(0.0, sqrt(spread.observer), self.team.people)
        self.importance = self.random.integers(1, 6, places)
        self.handy = 1 / np.arange(1, places + 1) ** self.team.habit
        self.handy = self.random.permutation(self.handy / self.handy.sum())

    @property
    def cell(self) -> np.ndarray:
        return np.arange(len(self.truth)) // self.team.places_a_cell


@dataclass
class Told:
    """fresh: share of cells fresh each day; loss: what wrong decisions cost each day; visits: so many by then."""

    fresh: list[float] = field(default_factory=list)
    loss: list[float] = field(default_factory=list)
    visits: list[int] = field(default_factory=list)

    def visits_until(self, share: float) -> int | None:
        """Visits after which that share of cells is fresh; None = not within the time."""
        return next((n for n, fresh in zip(self.visits, self.fresh, strict=True) if fresh >= share), None)


class Walkers:
    """One way of choosing, followed for the whole time."""

    def __init__(self, world: World, way: str, seed: int) -> None:
        self.world, self.way, self.random = world, way, np.random.default_rng(seed)
        self.area: list[int] = []
        self.observer: list[int] = []
        self.visit: list[int] = []
        self.rating: list[float] = []
        self.last = np.full(len(world.truth), np.nan)
        self.seen = np.zeros(len(world.truth), dtype=int)
        self.visits = 0
        self.solved: tuple[int, Fit | None] = (0, None)

    def walk(self) -> Told:
        told, team = Told(), self.world.team
        for day in range(team.days):
            for chosen in self._choose(day):
                self._visit(chosen, day)
            told.fresh.append(self._fresh(day))
            told.loss.append(self._loss())
            told.visits.append(self.visits)
        return told

    def _choose(self, day: int) -> list[list[int]]:
        """Places of each of today's visits; what is chosen together is not chosen twice."""
        team = self.world.team
        wanted = team.walks * team.stops
        if self.way == FREE:
            places = [
                int(p)
                for _ in range(team.walks)
                for p in self.random.choice(len(self.world.truth), team.stops, replace=False, p=self.world.handy)
            ]
        elif self.way == FEWEST:
            order = np.lexsort((self.random.random(len(self.seen)), self.seen))
            places = [int(p) for p in order[:wanted]]
        else:
            places = [int(look.candidate.key) for look in rank(self._candidates(day))[:wanted]]
        return [places[n :: team.walks] for n in range(team.walks)]

    def _candidates(self, day: int) -> list[VisitCandidate]:
        solved, weights = self._fit(), self.world.importance / self.world.importance.sum()
        made = []
        for place, weight in enumerate(weights):
            rows = solved is not None and solved.area_rows[place] > 0
            if solved is None:
                known = KnownLevel(TARGET, sqrt(DEFAULT_VARIANCES.area), TARGET, ROW_VARIANCE, seen=False)
            elif rows:
                known = KnownLevel(float(solved.scores[place]), float(solved.errors[place]), TARGET, ROW_VARIANCE)
            else:
                known = KnownLevel(solved.base, solved.unseen_error, TARGET, ROW_VARIANCE, seen=False)
            days = None if np.isnan(self.last[place]) else float(day - self.last[place])
            levels = {LEVEL: known}
            importance = int(self.world.importance[place])
            made.append(VisitCandidate(str(place), float(weight), importance, levels, days, int(self.seen[place])))
        return made

    def _visit(self, places: list[int], day: int) -> None:
        who = int(self.random.integers(self.world.team.people))
        mood = self.random.normal(0.0, sqrt(DEFAULT_VARIANCES.visit))
        for place in places:
            noise = self.random.normal(0.0, sqrt(DEFAULT_VARIANCES.residual))
            said = self.world.truth[place] + self.world.eyes[who] + mood + noise
            self.area.append(place)
            self.observer.append(who)
            self.visit.append(self.visits)
            self.rating.append(float(np.clip(np.round(said), 1, 5)))
            self.seen[place] += 1
            self.last[place] = day
        self.visits += 1

    def _fit(self) -> Fit | None:
        if self.area and self.solved[0] != len(self.area):
            columns = (np.array(column) for column in (self.area, self.observer, self.visit, self.rating))
            rows = Rows(*columns, len(self.world.truth), self.world.team.people, self.visits)
            self.solved = len(self.area), fit(rows)
        return self.solved[1]

    def _fresh(self, day: int) -> float:
        cells = self.world.team.cells
        visits = np.bincount(self.world.cell, weights=self.seen, minlength=cells)
        last = np.full(cells, -np.inf)
        np.maximum.at(last, self.world.cell, np.nan_to_num(self.last, nan=-np.inf))
        found = [v > 0 and is_fresh(int(v), int(day - at)) for v, at in zip(visits, last, strict=True)]
        return sum(found) / cells

    def _loss(self) -> float:
        """Acting on a place that is fine, or leaving one that is not, costs its distance to the target, by weight."""
        solved, truth = self._fit(), self.world.truth
        scores = np.full(len(truth), TARGET) if solved is None else solved.scores
        wrong = (scores < TARGET) != (truth < TARGET)
        weights = self.world.importance / self.world.importance.sum()
        return float((weights * np.abs(truth - TARGET))[wrong].sum())


def compared(team: Team, seeds: range) -> dict[str, list[Told]]:
    """Each way in the same worlds."""
    found: dict[str, list[Told]] = {COMPASS: [], FREE: [], FEWEST: []}
    for seed in seeds:
        for way, told in found.items():
            told.append(Walkers(World(team, np.random.default_rng(seed)), way, seed + 1000).walk())
    return found
