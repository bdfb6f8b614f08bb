"""`python -m tests.bench.airline_floor import|score FILE DATABASE`: the least that does the same, without the product.

import: csv, and executemany of the same visits and observations into two bare tables, one durable commit.
score: the same rows read back, a mean per unit and level, one dense solve per level.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sqlite3
import sys
import time
from pathlib import Path

import numpy as np

from tests.bench.processes import peak_megabytes

#: Two delays in minutes, which may be blank, and fourteen ratings, where 0 is none.
DELAYS, RATINGS = (7, 8), range(9, 23)
LEVELS = 3


def connect(database: str) -> sqlite3.Connection:
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def take_in(file: str, database: str) -> dict[str, float]:
    connection = connect(database)
    connection.execute("CREATE TABLE visit (id INTEGER PRIMARY KEY, satisfied TEXT)")
    connection.execute("CREATE TABLE observation (visit_id INTEGER, area INTEGER, rating INTEGER, wait INTEGER)")
    table = csv.reader(io.StringIO(gzip.decompress(Path(file).read_bytes()).decode(), newline=""))
    next(table)
    visits, observations = [], []
    for cells in table:
        visit = int(cells[0])
        visits.append((visit, cells[-1]))
        observations += [(visit, area, int(cells[area]), None) for area in RATINGS if cells[area] != "0"]
        observations += [(visit, area, None, 60 * int(cells[area])) for area in DELAYS if cells[area]]
    connection.executemany("INSERT INTO visit VALUES (?, ?)", visits)
    connection.executemany("INSERT INTO observation VALUES (?, ?, ?, ?)", observations)
    connection.commit()
    return {}


def score(_file: str, database: str) -> dict[str, float]:
    query = "SELECT area, visit_id, rating FROM observation WHERE rating IS NOT NULL"
    area, _visit, rating = np.array(connect(database).execute(query).fetchall()).T
    started = time.perf_counter()
    level = area % LEVELS
    for each in range(LEVELS):
        unit, marks = area[level == each], rating[level == each]
        n, total = np.bincount(unit), np.bincount(unit, weights=marks)
        np.linalg.solve(np.diag(n + 4.0) + 0.1, total)
    return {"fit": 1000 * (time.perf_counter() - started)}


def main(step: str, file: str, database: str) -> None:
    started, cpu = time.perf_counter(), time.process_time()
    figures = {"import": take_in, "score": score}[step](file, database)
    figures |= {"seconds": time.perf_counter() - started, "cpu": time.process_time() - cpu, "peak": peak_megabytes()}
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:4])
