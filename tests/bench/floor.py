"""`python -m tests.bench.floor PORT FOLDER`: the smallest Flask app that keeps what it is sent.

An observation: one SQLite commit (WAL, FULL). A photo: a file written, synced, renamed, its folder synced, and one
commit. A batch: one commit. No people, no checks, no totals. The server runs with the product's own settings.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import threading
from pathlib import Path
from typing import Any

from flask import Flask, jsonify, request

from shadowing.cli.processes import Child, Processes
from shadowing.cli.web_server import answer, listen
from tests.bench.measured_app import telling

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 31 * 2**20
app.wsgi_app = telling(app.wsgi_app)  # type: ignore[method-assign]
here = threading.local()


def store(rows: list[tuple[str, str]]) -> None:
    if not hasattr(here, "connection"):
        here.connection = connect()
    here.connection.execute("BEGIN IMMEDIATE")
    here.connection.executemany("INSERT OR IGNORE INTO record VALUES (?, ?)", rows)
    here.connection.execute("COMMIT")


def connect() -> sqlite3.Connection:
    connection = sqlite3.connect(app.config["FOLDER"] / "floor.sqlite", isolation_level=None)
    for setting in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {setting}")
    return connection


@app.get("/healthz")
def page() -> str:
    return "<!doctype html><title>Floor</title><h1>Floor</h1>"


@app.put("/observations/<uuid:id>")
def put_observation(id: Any) -> tuple[Any, int]:
    store([(str(id), json.dumps(request.get_json()))])
    return jsonify(id=str(id)), 201


@app.put("/photos/<uuid:id>")
def put_photo(id: Any) -> tuple[Any, int]:
    folder: Path = app.config["FOLDER"]
    beside, path = folder / f".{id}", folder / f"{id}"
    with open(beside, "wb") as file:
        file.write(request.get_data(cache=False))
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
    store([(str(id), "photo")])
    return jsonify(id=str(id)), 201


@app.post("/sync")
def sync() -> Any:
    records = request.get_json()["observations"]
    store([(record["id"], json.dumps(record)) for record in records])
    return jsonify(results=[{"id": record["id"], "status": 201} for record in records])


def main(port: str, folder: str) -> None:
    app.config["FOLDER"] = Path(folder)
    connect().execute("CREATE TABLE IF NOT EXISTS record (id TEXT PRIMARY KEY, body TEXT)")
    door = listen("127.0.0.1", int(port))
    Processes().run([Child("web", lambda: answer(app, door))])


if __name__ == "__main__":
    main(*sys.argv[1:3])
