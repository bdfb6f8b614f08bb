"""The app that tests play with: made once an engine, and moved to every test's own place.

Registering every route and compiling every statement anew costs more than most tests do. What a test may change of
an app is put back: its settings, its folder, its database, the photo store and the worker.
"""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import event, make_url

from shadowing.app import create_app
from shadowing.core.bytes.store import keep_photos
from shadowing.core.database import db
from shadowing.core.group_commit import grouped
from shadowing.core.reference_cache import watch_references
from shadowing.core.settings import configure
from shadowing.operations.worker_registry import make_worker
from tests.support.stage import Stage
from tests.support.templates import compile_once

#: An app and the settings Flask gave it, by engine.
_made: dict[bool, tuple[Flask, dict[str, Any]]] = {}


def app_at(place: Stage) -> Flask:
    """The engine's app as if made anew for this place."""
    on_a_server = place.databases is not None
    if on_a_server not in _made:
        _made[on_a_server] = _make(place)
    app, plain = _made[on_a_server]
    app.instance_path = str(place.folder)
    app.config.clear()
    app.config.update(plain)
    configure(app, place.settings)
    keep_photos(app)
    app.extensions["worker"] = make_worker(app)
    watch_references(app)
    grouped(app)
    app.extensions["last_seen"] = {}
    app.extensions["languages_offered"].__init__()  # as new, in place: the templates hold it too
    return app


def _make(place: Stage) -> tuple[Flask, dict[str, Any]]:
    app = compile_once(create_app(place.settings, instance=str(place.folder)))
    plain = {name: value for name, value in app.config.items() if not name.startswith("SHADOWING_")}
    with app.app_context():
        event.listen(db.engine, "do_connect", _go_where_the_app_is(app))
    return app, plain


def _go_where_the_app_is(app: Flask) -> Any:
    def connecting(dialect: Any, _record: Any, args: list[Any], named: dict[str, Any]) -> None:
        where, more = dialect.create_connect_args(make_url(app.config["SQLALCHEMY_DATABASE_URI"]))
        args[:] = where
        named.update(more)

    return connecting
