"""`python -m tests.bench [--rounds 3] [--only import pages writes …]`: prints the table, keeps it in bench/."""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import airline, compass, coverage, editor, large_journey, pages, phones, sheets, writes
from tests.bench.rounds import Table
from tests.support.server import ROOT

PARTS = ("import", "pages", "writes", "phones", "coverage", "compass", "editor", "sheets", "large-journey")


def main() -> None:
    wanted = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    wanted.add_argument("--rounds", type=int, default=3)
    wanted.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    asked = wanted.parse_args()
    table = Table()
    try:
        with tempfile.TemporaryDirectory(prefix="shadowing-bench-") as name:
            run(table, Path(name), asked.rounds, asked.only)
    finally:
        keep(table, asked.rounds)  # also what was measured before something broke


def run(table: Table, folder: Path, rounds: int, parts: tuple[str, ...]) -> None:
    if "import" in parts or "pages" in parts:
        say("airline file: import and scores")
        instance = airline.measure(table, folder, rounds if "import" in parts else 1)
        if instance is not None and "pages" in parts:
            say("pages")
            pages.measure(table, instance, folder, rounds)
    if "writes" in parts:
        say("writes")
        writes.measure(table, folder, rounds)
    if "phones" in parts:
        say("phones")
        phones.measure(table, folder, rounds)
    if "coverage" in parts:
        say("coverage")
        coverage.measure(table, folder, rounds)
    if "editor" in parts:
        say("editor")
        editor.measure(table, folder, rounds)
    if "sheets" in parts:
        say("sheets made to hurt")
        sheets.measure(table, folder, rounds)
    if "large-journey" in parts:
        say("a large journey")
        large_journey.measure(table, folder, rounds)
    if "compass" in parts:
        say("compass")
        compass.measure(table)


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
