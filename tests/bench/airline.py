"""The airline file: taking it in and scoring it, each in a process of its own beside its floor."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests.bench.processes import child
from tests.bench.rounds import Table, alternated
from tests.bench.servers import Ours

NAME = "airline_ratings.csv.gz"
MISSING = f"import, scores and pages need {NAME} in the folder named by SHADOWING_TEST_DATA"
Figures = dict[str, float]


def airline_file() -> Path | None:
    path = Path(os.environ.get("SHADOWING_TEST_DATA") or "/nowhere") / NAME
    return path if path.exists() else None


def measure(table: Table, folder: Path, rounds: int) -> Path | None:
    """Import and scores. Returns an instance folder that holds the scored file; None where there is no file."""
    file = airline_file()
    if file is None:
        table.skip(MISSING)
        return None
    empty = folder / "empty"
    Ours(empty).command("init")
    for turn in range(rounds):
        instance = folder / f"airline-{turn}"
        shutil.copytree(empty, instance)
        _one_round(table, file, instance, turn)
    return instance


def _one_round(table: Table, file: Path, instance: Path, turn: int) -> None:
    environment = Ours(instance).environment()
    database = instance.with_suffix(".sqlite")

    def both(step: str) -> tuple[Figures, Figures]:
        return alternated(
            lambda: child("tests.bench.airline_ours", step, str(file), environment=environment),
            lambda: child("tests.bench.airline_floor", step, str(file), str(database)),
            turn,
        )

    ours, floor = both("import")
    table.add("import of 21 646 rows, wall", "s", ours["seconds"], floor["seconds"])
    table.add("import, CPU", "s", ours["cpu"], floor["cpu"])
    table.add("import, peak memory", "MB", ours["peak"], floor["peak"])
    ours, floor = both("score")
    table.add("scores of it: read, fit, judge, write", "s", ours["seconds"], floor["seconds"])
    table.add("scores: fit and judge alone", "ms", ours["fit"], floor["fit"])
    table.add("scores: peak memory", "MB", ours["peak"], floor["peak"])
