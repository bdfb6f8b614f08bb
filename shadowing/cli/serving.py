"""serve (what `make run` runs), worker."""

from __future__ import annotations

import signal
import socket

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_babel import force_locale, get_translations

from shadowing.cli.errors import in_a_sentence, of_an_installation
from shadowing.cli.memory import hold_little, share_what_is_here
from shadowing.cli.processes import Child, Processes, begin_anew
from shadowing.cli.setting_up import bring_demo, first_steps, is_empty, migrate_database
from shadowing.cli.web_server import answer, listen
from shadowing.core.database import db
from shadowing.core.formatting import number
from shadowing.core.i18n import LANGUAGES, LOCALES
from shadowing.core.settings import DEFAULTS
from shadowing.operations.demo.load import sign_ins

#: Scoring and deriving stand back behind answering where processors are scarce.
BEHIND = 5


@click.command()
@with_appcontext
@in_a_sentence
def serve() -> None:
    """Migrate, load the demonstration on the very first start, serve, and say where."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    processes = Processes.handed_on()
    if processes is None:
        if _set_up(app):
            begin_anew()  # what setting up has left in memory would stay with every process
        processes = Processes()
        processes.keep(_open(app))
    hold_little()
    _warm(app)
    share_what_is_here()
    processes.run(_children(app, socket.socket(fileno=processes.door)))


@click.command()
@with_appcontext
@of_an_installation
def worker() -> None:
    """Derive photos and keep scores, as a process of its own, until stopped."""
    hold_little()
    _work(current_app._get_current_object())  # type: ignore[attr-defined]


def _set_up(app: Flask) -> bool:
    """Whether there was anything to do."""
    migrated = migrate_database()
    if not (is_empty() and _wants_demo(app)):
        return migrated
    click.echo("First start: loading the demonstration, a few seconds …")
    bring_demo()
    return True


def _open(app: Flask) -> int:
    """The door, open for all processes, and where it is said aloud. Leaves no connection to the database."""
    host, port = app.config["SHADOWING_HOST"], app.config["SHADOWING_PORT"]
    door = listen(host, int(port))
    click.echo(f"\nShadowing is at {app.config['SHADOWING_BASE_URL'] or f'http://localhost:{port}'}\n")
    for line in sign_ins() or first_steps():
        click.echo(line)
    click.echo("Stop with Ctrl-C.")
    db.session.remove()
    db.engine.dispose()
    return door.detach()


def _children(app: Flask, door: socket.socket) -> list[Child]:
    """Web processes and workers, as many as are set; 0 where they run as services of their own."""
    web, workers = (int(app.config[f"SHADOWING_{name}"]) for name in ("WEB_PROCESSES", "WORKERS"))
    answering = [Child("web", lambda: answer(app, door)) for _ in range(web)]
    return answering + [Child("worker", lambda: _work(app), BEHIND) for _ in range(workers)]


def _work(app: Flask) -> None:
    hand = app.extensions["worker"]
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: hand.stop())
    hand.run()


def _warm(app: Flask) -> None:
    """Compile the templates and read both languages now, so that no first reader waits for it."""
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
    for language in LANGUAGES:
        with app.test_request_context(), force_locale(LOCALES[language]):
            get_translations()
        number(0, language)


def _wants_demo(app: Flask) -> bool:
    """Only on a default database: never in somebody's own."""
    own = app.config["SHADOWING_DATABASE_URL"] != DEFAULTS["DATABASE_URL"]
    return app.config["SHADOWING_DEMO"] != "0" and not own
