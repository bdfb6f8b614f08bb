"""`python -m tests.bench [--rounds 3] [--only import pages writes …]`: prints the table, keeps it in bench/."""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import (
    airline,
    areas,
    backlog,
    compass,
    coverage,
    editor,
    fixes,
    large_journey,
    pages,
    phones,
    sheets,
    simulation,
    slow_lines,
    writes,
)
from tests.bench.rounds import Table
from tests.support.server import ROOT

Measure = Callable[[Table, Path, int], None]
#: What is measured, by the name that `--only` takes; import and pages share the airline file.
PARTS: dict[str, Measure] = {
    "writes": writes.measure,
    "postgresql": writes.on_postgresql,
    "phones": phones.measure,
    "areas": areas.measure,
    "backlog": backlog.measure,
    "simulation": simulation.measure,
    "fixes": fixes.measure,
    "coverage": coverage.measure,
    "editor": editor.measure,
    "sheets": sheets.measure,
    "large-journey": large_journey.measure,
    "slow-lines": slow_lines.measure,
    "compass": lambda table, folder, rounds: compass.measure(table),
}
AIRLINE = ("import", "pages")


def main() -> None:
    wanted = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    wanted.add_argument("--rounds", type=int, default=3)
    wanted.add_argument("--only", nargs="+", choices=(*AIRLINE, *PARTS), default=(*AIRLINE, *PARTS))
    asked = wanted.parse_args()
    table = Table()
    try:
        with tempfile.TemporaryDirectory(prefix="shadowing-bench-") as name:
            run(table, Path(name), asked.rounds, asked.only)
    finally:
        keep(table, asked.rounds)  # also what was measured before something broke


def run(table: Table, folder: Path, rounds: int, wanted: Sequence[str]) -> None:
    if set(AIRLINE) & set(wanted):
        say("airline file: import and scores")
        instance = airline.measure(table, folder, rounds if "import" in wanted else 1)
        if instance is not None and "pages" in wanted:
            say("pages")
            pages.measure(table, instance, folder, rounds)
    for name, measure in PARTS.items():
        if name in wanted:
            say(name)
            measure(table, folder, rounds)


def keep(table: Table, rounds: int) -> None:
    moment = datetime.now(UTC)
    machine = f"{os.cpu_count()} processors, {platform.platform()}, Python {platform.python_version()}"
    text = f"{moment:%Y-%m-%d %H:%M} UTC, {machine}, {rounds} rounds, median [least-most]\n\n{table.markdown()}\n"
    out = ROOT / "bench"
    out.mkdir(exist_ok=True)
    (out / "bench.md").write_text(text, "utf-8")
    rows = [row.document() for row in table.rows.values()]
    document = {"at": moment.isoformat(), "machine": machine, "rows": rows, "skipped": table.skipped}
    (out / "bench.json").write_text(json.dumps(document, indent=1), "utf-8")
    print(text)


def say(what: str) -> None:
    print(f"… {what}", flush=True)


if __name__ == "__main__":
    main()
