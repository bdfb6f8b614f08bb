"""`python -m tests.bench.airline_ours import|score FILE`: the product's part, in a process of its own."""

from __future__ import annotations

import json
import sys
import time
from datetime import date

from shadowing.app import create_app
from shadowing.core import clock
from shadowing.core.database import db, reading
from shadowing.core.vocabulary import DEFAULT_TARGETS
from shadowing.imports.store_rows import import_spreadsheet
from shadowing.operations.up_to_date import bring_up_to_date
from shadowing.scoring.fitting import judge_units, solve_levels
from shadowing.scoring.load_panel import load_rows
from shadowing.scoring.refresh import refresh_panel
from shadowing.visits.models.totals import Panel
from shadowing.visits.window import window_start
from tests.bench.processes import peak_megabytes

JOURNEY = "Airline passenger"
DAY = date(2026, 11, 1)


def take_in(file: str) -> dict[str, float]:
    import_spreadsheet(file, "airline_ratings", JOURNEY, DAY, False, progress=lambda _rows: None)
    return {}


def score(_file: str) -> dict[str, float]:
    panel_id = db.session.query(Panel.id).filter_by(kind="import").one()[0]
    db.session.rollback()
    refresh_panel(panel_id)
    return {}


def fit_alone() -> float:
    """Milliseconds of the pure part, rows at hand; then what the pages need besides."""
    with reading():
        panel = db.session.query(Panel).filter_by(kind="import").one()
        rows = load_rows(panel, window_start(clock.now(), panel.anchored_at))
    targets = {area: DEFAULT_TARGETS for area, _ in rows.units}
    started = time.perf_counter()
    judge_units(rows, solve_levels(rows, {}), targets, frozenset())
    milliseconds = 1000 * (time.perf_counter() - started)
    bring_up_to_date()
    return milliseconds


def main(step: str, file: str) -> None:
    work = {"import": take_in, "score": score}[step]
    with create_app().app_context():
        started, cpu = time.perf_counter(), time.process_time()
        work(file)
        figures = {"seconds": time.perf_counter() - started, "cpu": time.process_time() - cpu}
        figures["peak"] = peak_megabytes()
        if step == "score":
            figures["fit"] = fit_alone()
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:3])
