"""What the compass is worth: simulated teams of 20 over 90 days (tests/coverage/walking.py), one line a habit."""

from __future__ import annotations

from statistics import mean

from tests.bench.rounds import Table
from tests.coverage.walking import COMPASS, FEWEST, FREE, Team, compared

HABITS = (1.0, 0.75, 0.5, 0.0)
TEAMS = 20
SHARE = 0.9


def measure(table: Table) -> None:
    for habit in HABITS:
        found = compared(Team(habit=habit), range(TEAMS))
        for compass, free in zip(found[COMPASS], found[FREE], strict=True):
            never = free.visits[-1]
            name = f"visits until 90 % of cells are fresh: compass, free choice of habit {habit}"
            table.add(name, "visits", compass.visits_until(SHARE) or never, free.visits_until(SHARE) or never)
        if habit == HABITS[0]:
            for compass, fewest in zip(found[COMPASS], found[FEWEST], strict=True):
                loss = "decision loss x 1000"
                table.add(
                    f"{loss} after 90 days: compass, fewest first",
                    "pt",
                    1000 * compass.loss[-1],
                    1000 * fewest.loss[-1],
                )
                table.add(
                    f"{loss}, mean of 90 days: compass, fewest first",
                    "pt",
                    1000 * mean(compass.loss),
                    1000 * mean(fewest.loss),
                )
            for compass, fewest in zip(found[COMPASS], found[FEWEST], strict=True):
                name = "visits until 90 % of cells are fresh: compass, fewest first"
                table.add(name, "visits", compass.visits_until(SHARE) or never, fewest.visits_until(SHARE) or never)
