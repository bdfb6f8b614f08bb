"""Alive, and able to serve."""

from __future__ import annotations

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from shadowing.database import db
from shadowing.photos.stores import store

api = Blueprint("health_api", __name__)


@api.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="alive")


@api.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Database, photo store and migrations are in order: 200, else 503 with what is not."""
    checks = {"database": _database(), "photo_store": _photo_store(), "migrations": _migrations()}
    ready = all(said == "ok" for said in checks.values())
    response = jsonify(status="ready" if ready else "not ready", checks=checks)
    response.headers["Cache-Control"] = "no-store"
    return response, 200 if ready else 503


def _database() -> str:
    try:
        db.session.execute(text("select 1"))
        return "ok"
    except SQLAlchemyError:
        return "does not answer"


def _photo_store() -> str:
    try:
        store().check()
        return "ok"
    except OSError:
        return "cannot be written"


def _migrations() -> str:
    """The newest migration in the code against the one in the database."""
    heads = ScriptDirectory(f"{current_app.root_path}/migrations").get_heads()
    try:
        with db.engine.connect() as connection:
            at = MigrationContext.configure(connection).get_current_heads()
    except SQLAlchemyError:
        return "unknown"
    return "ok" if set(at) == set(heads) else "run: flask --app wsgi init"
