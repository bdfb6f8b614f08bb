"""Alive, and able to serve."""

from __future__ import annotations

import time
from pathlib import Path

from flask import Response, current_app, jsonify
from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError

from shadowing.core import clock
from shadowing.core.bytes.store import store
from shadowing.core.database import db
from shadowing.core.jobs.leases import anybody_works
from shadowing.core.routes import ANYBODY, Routes

api = Routes("health_api", __name__)
OK = "ok"
BELIEVED_SECONDS = 10


@api.get("/healthz", roles=ANYBODY)
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="alive")


@api.get("/readyz", roles=ANYBODY)
def readyz() -> tuple[Response, int]:
    """Database, photo store and migrations are in order: 200, else 503 with what is not.

    Without a worker phones are served all the same, so that is only told.
    """
    checks = {"database": database(), "photo_store": photo_store(), "migrations": migrations()}
    ready = all(said == OK for said in checks.values())
    response = jsonify(status="ready" if ready else "not ready", checks=checks, worker=worker() if ready else "unknown")
    response.headers["Cache-Control"] = "no-store"
    return response, 200 if ready else 503


def database() -> str:
    try:
        with db.engine.connect() as connection:
            connection.execute(text("select 1"))
        return OK
    except SQLAlchemyError:
        return "does not answer"


def photo_store() -> str:
    """Whether bytes can be kept; tried by writing some. What went well is believed for ten seconds: anybody may ask."""
    place, known = str(store()), current_app.extensions.setdefault("stores_were_well", {})
    if time.monotonic() - known.get(place, -BELIEVED_SECONDS) < BELIEVED_SECONDS:
        return OK
    try:
        store().check()
    except OSError:
        return "cannot be written"
    known[place] = time.monotonic()
    return OK


def migrations() -> str:
    """The newest migration in the code against the one in the database."""
    try:
        at = revisions_here()
    except SQLAlchemyError:
        return "unknown"
    if at == revisions_known(newest=True):
        return OK
    newer = at - revisions_known()
    return "made by a newer version of Shadowing" if newer else "run: flask --app wsgi init"


def worker() -> str:
    return OK if anybody_works(clock.now()) else "nobody works; start: flask --app wsgi worker"


def revisions_here() -> set[str]:
    """The migration this database is at; empty when it is new. Raises SQLAlchemyError."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return set()
        return set(connection.scalars(text("select version_num from alembic_version")))


def revisions_known(newest: bool = False) -> set[str]:
    """The migrations of this code. Their files begin with their numbers, so that nobody needs Alembic to know them."""
    files = Path(current_app.root_path, "migrations", "versions").glob("[0-9]*.py")
    numbers = sorted(file.name.partition("_")[0] for file in files)
    return set(numbers[-1:] if newest else numbers)
