"""Coverage and suggestions over a million observations, beside one grouped scan of the observations themselves."""

from __future__ import annotations

import os
import sqlite3
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from tests.bench.load import Call, Client
from tests.bench.processes import child
from tests.bench.rounds import Table
from tests.bench.servers import Ours

SIZES = {"100k": 100_000, "1m": 1_000_000, "10m": 10_000_000}
CALLS = 5
PAGES = {
    "GET /coverage": "/api/v1/coverage",
    "GET /coverage of one persona": "/api/v1/coverage?persona=3",
    "GET /coverage of one scenario at one site": "/api/v1/coverage?scenario=First+visit&site=2",
    "GET /coverage of the last 30 days": f"/api/v1/coverage?since={date.today() - timedelta(days=30)}",
    "GET /coverage of the last 90 days": f"/api/v1/coverage?since={date.today() - timedelta(days=90)}",
    "GET /plan": "/plan",
    "GET /carry with suggestions": "/api/v1/carry",
}
#: What counting the observations themselves costs, over the columns of the index that fits read.
SCAN = """select area_id, count(distinct visit_id), max(observed_at) from observation indexed by ix_observation_fit
  where panel_id = 1 and scored = 1 group by area_id"""


def measure(table: Table, folder: Path, rounds: int) -> None:
    size = os.environ.get("SIZE", "1m")
    ours = Ours(folder / "coverage")
    ours.command("init")
    ours.command("pack", "add", "hospital_outpatient")
    made = child("tests.bench.coverage_fill", str(SIZES[size]), environment=ours.environment(), seconds=3000)
    table.add(f"ways of {made['visits']:,} visits ({size} observations) noted anew", "s", made["paths"])
    token = ours.token("lead")
    with ours.start(BENCH_WORKER="rests"):
        client = Client(ours, token)
        for _ in range(rounds):
            scan = _scan(ours.instance / "shadowing.sqlite")
            for name, address in PAGES.items():
                said = [client.call(Call("GET", address)).said for _ in range(CALLS)]
                table.add(f"{name}, {size} observations, server time", "ms", median(said), scan)


def _scan(database: Path) -> float:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        started = time.perf_counter()
        connection.execute(SCAN).fetchall()
    return 1000 * (time.perf_counter() - started)
