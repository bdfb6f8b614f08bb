"""Areas of a chain with 300 areas at 50 sites: pages, upkeep and refits beside DuckDB's group-by over the same rows."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import numpy as np

from tests.bench.coverage import SIZES
from tests.bench.load import Call, Client
from tests.bench.processes import child
from tests.bench.rounds import Table
from tests.bench.servers import Ours
from tests.bench.writes import Phone, put_observation

SMALL, AREAS, SITES, MANY_AREAS = 10_000, 300, 50, 1100
#: PATIENCE and SETTLED in seconds: until a change is given up, and until the worker has rested from the last one.
CALLS, SENT, PATIENCE, SETTLED = 5, 5, 120, 3
PAGES = {
    "GET /areas": "/areas",
    "GET /areas at one site of 50 (parts)": "/areas?site=7",
    "GET /areas/<id>": "/areas/40",
}
ROWS = """select area_id, site_id, utility, usability, delight from observation indexed by ix_observation_fit
  where panel_id = 1 and scored = 1"""
GROUPED = """select area, count(*), avg(utility), avg(usability), avg(delight) from seen group by area"""
BY_SITE = """select area, site, count(*), avg(utility), avg(usability), avg(delight) from seen group by area, site"""


def measure(table: Table, folder: Path, rounds: int) -> None:
    large = SIZES[os.environ.get("SIZE", "1m")]
    for rows in (SMALL, large):
        ours, made = _filled(folder / f"areas-{rows}", rows, AREAS, SITES)
        name = f"{rows:,} observations, {AREAS} areas × {SITES} sites"
        table.add(f"first scores with estimated variances, {name}", "s", made["scores"])
        token = ours.token("lead")
        with ours.start():
            floor = _yardstick(ours.instance)
            _pages(table, Client(ours, token), name, floor, rounds)
            _upkeep(table, ours, token, name)
        rebuilt = child("tests.bench.areas_again", "rebuild", environment=ours.environment(), seconds=600)
        table.add(f"scores rebuilt, {name}", "s", rebuilt["seconds"])
        table.add(f"its memory, {name}", "MB", rebuilt["peak"])
    with ours.start():
        _refit(table, ours, Client(ours, token), name)
    ours, _ = _filled(folder / "areas-many", SMALL * 5, MANY_AREAS, 1)
    token = ours.token("lead")
    with ours.start():
        said = [Client(ours, token).call(Call("GET", "/areas")).said for _ in range(rounds * CALLS)]
        table.add(f"GET /areas with {MANY_AREAS} areas, server time", "ms", median(said))


def _filled(instance: Path, rows: int, areas: int, sites: int) -> tuple[Ours, Any]:
    ours = Ours(instance)
    ours.command("init")
    ours.command("pack", "add", "hospital_outpatient")
    words = (str(number) for number in (rows, areas, sites))
    return ours, child("tests.bench.areas_fill", *words, environment=ours.environment(), seconds=3000)


def _yardstick(instance: Path) -> Mapping[str, float]:
    """Milliseconds of DuckDB's group-by over the same rows in memory, by page."""
    with sqlite3.connect(f"file:{instance / 'shadowing.sqlite'}?mode=ro", uri=True) as connection:
        columns = np.array(connection.execute(ROWS).fetchall(), dtype=float).T
    database = duckdb.connect()
    database.register("rows", dict(zip(("area", "site", "utility", "usability", "delight"), columns, strict=True)))
    database.execute("create table seen as select * from rows")
    grouped, by_site = _timed(database, GROUPED), _timed(database, BY_SITE)
    return dict(zip(PAGES, (grouped, by_site, grouped), strict=True))


def _timed(database: duckdb.DuckDBPyConnection, query: str) -> float:
    took = []
    for _ in range(CALLS):
        started = time.perf_counter()
        database.execute(query).fetchall()
        took.append(1000 * (time.perf_counter() - started))
    return median(took)


def _pages(table: Table, client: Client, name: str, floor: Mapping[str, float], rounds: int) -> None:
    for page, address in PAGES.items():
        for _ in range(rounds):
            said = [client.call(Call("GET", address)).said for _ in range(CALLS)]
            table.add(f"{page}, server time, {name} (floor: DuckDB's group-by)", "ms", median(said), floor[page])


def _upkeep(table: Table, ours: Ours, token: str, name: str) -> None:
    """From sending an observation to a score that counts it; the first of a new observer reads everything anew.

    One alone, as it comes from one walk; and one after the other, where each waits for the worker's rest as well.
    """
    client, phone = Client(ours, token), Phone(ours, ours.token("observer"))
    table.add(f"a new observer's first observation in the scores, {name}", "s", _until_scored(client, phone, 0))
    for said, pause in (("one after the other", 0.0), ("alone", 2 * SETTLED)):
        waited = []
        for number in range(SENT):
            time.sleep(pause)
            waited.append(_until_scored(client, phone, number))
        table.add(f"a new observation in the scores, {said}, {name}", "s", median(waited))


def _until_scored(client: Client, phone: Phone, number: int) -> float:
    observation = phone.observation(0)
    before, started = _rows_seen(client), time.perf_counter()
    phone.client.call(put_observation(observation, "/api/v1"))
    while _rows_seen(client) == before:
        if time.perf_counter() - started > PATIENCE:
            raise RuntimeError(f"observation {number} never came into the scores")
        time.sleep(0.02)
    return time.perf_counter() - started


def _rows_seen(client: Client) -> int:
    found: Any = client.get_json("/api/v1/areas")
    return sum(level["n"] for area in found["areas"] for level in area["levels"].values())


def _refit(table: Table, ours: Ours, client: Client, name: str) -> None:
    """Variances estimated anew in a process of its own, and what pages take meanwhile."""
    alone = median(client.call(Call("GET", "/areas")).said for _ in range(4 * CALLS))
    done: list[Any] = []

    def work() -> None:
        done.append(child("tests.bench.areas_again", "refit", environment=ours.environment(), seconds=600))

    thread = threading.Thread(target=work)
    thread.start()
    beside = []
    while thread.is_alive():
        beside.append(client.call(Call("GET", "/areas")).said)
        time.sleep(0.1)
    thread.join()
    table.add(f"variances estimated anew, {name}", "s", done[0]["seconds"])
    table.add(f"GET /areas meanwhile (floor: alone), {name}", "ms", median(beside), alone)
