"""serve (what `make run` runs), worker."""

from __future__ import annotations

import gc
import signal
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, get_translations
from gunicorn.app.base import BaseApplication

from shadowing.cli.errors import in_a_sentence, of_an_installation
from shadowing.cli.setting_up import first_steps, is_empty, migrate_database
from shadowing.core.database import db
from shadowing.core.formatting import number
from shadowing.core.i18n import LANGUAGES, LOCALES
from shadowing.core.settings import DEFAULTS
from shadowing.operations.demo.load import load_demo, sign_ins

THREADS = 8


class OneProcess(BaseApplication):
    """gunicorn with one process of eight threads; the worker thread starts after the fork."""

    def __init__(self, app: Flask, bind: str) -> None:
        self.flask, self.bind = app, bind
        super().__init__()

    def load_config(self) -> None:
        settings: dict[str, Any] = {
            "bind": self.bind,
            "worker_class": "gthread",
            "workers": 1,
            "threads": THREADS,
            "keepalive": 30,
            # What a proxy says is believed by ProxyFix alone, and only of as many as SHADOWING_TRUSTED_PROXIES names.
            "forwarded_allow_ips": "",
            "forwarder_headers": "",
            "secure_scheme_headers": {},
            "timeout": 120,
            "graceful_timeout": 10,
            "accesslog": None,
            "loglevel": "warning",
            "post_worker_init": self._after_fork,
            "worker_exit": lambda _server, _worker: self.flask.extensions["worker"].stop(),
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def _after_fork(self, _worker: Any) -> None:
        with self.flask.app_context():
            db.engine.dispose(close=False)  # connections of the parent are not ours
        self.flask.extensions["worker"].start_thread()

    def load(self) -> Flask:
        return self.flask


@click.command()
@with_appcontext
@in_a_sentence
def serve() -> None:
    """Migrate, load the demonstration on the very first start, serve, and say where."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    migrate_database()
    if is_empty() and _wants_demo(app):
        click.echo("First start: loading the demonstration, a few seconds …")
        load_demo()
    host, port = app.config["SHADOWING_HOST"], app.config["SHADOWING_PORT"]
    click.echo(f"\nShadowing is at {app.config['SHADOWING_BASE_URL'] or f'http://localhost:{port}'}\n")
    for line in sign_ins() or first_steps():
        click.echo(line)
    click.echo("Stop with Ctrl-C.")
    db.session.remove()
    db.engine.dispose()
    _warm(app)
    OneProcess(app, f"{host}:{port}").run()


@click.command()
@with_appcontext
@of_an_installation
def worker() -> None:
    """Derive photos and keep scores, as a process of its own, until stopped."""
    hand = current_app.extensions["worker"]
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: hand.stop())
    hand.run()


def _warm(app: Flask) -> None:
    """Compile the templates and read both languages now, so that no first reader waits for it.

    What is in memory then stays there: looking through it for garbage would hold somebody up again and again.
    """
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
    for language in LANGUAGES:
        with app.test_request_context(), force_locale(LOCALES[language]):
            get_translations()
        number(0, language)
    gc.collect()
    gc.freeze()


def _wants_demo(app: Flask) -> bool:
    """Only on a default database: never in somebody's own."""
    own = app.config["SHADOWING_DATABASE_URL"] != DEFAULTS["DATABASE_URL"]
    return app.config["SHADOWING_DEMO"] != "0" and not own
