"""How commands fail: one sentence, exit 1, nothing stored."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask import current_app
from sqlalchemy.exc import DBAPIError

from shadowing.core.database import db
from shadowing.core.settings import missing_database
from shadowing.people.accounts import Refused

#: What a command writes (database, photos, backups, keys) is read by whoever runs Shadowing and by nobody else.
OURS_ALONE = 0o077


def plainly(command: click.Command) -> None:
    """What was typed wrong fails like anything else, and files are made for us alone; also in a group."""
    if isinstance(command, click.Group):
        for each in command.commands.values():
            plainly(each)
        return
    parse = command.parse_args

    def parse_args(context: click.Context, words: list[str]) -> list[str]:
        os.umask(OURS_ALONE)
        try:
            return parse(context, words)
        except click.UsageError as error:
            raise click.ClickException(f"{error.format_message()} Try --help.") from error

    command.parse_args = parse_args  # type: ignore[assignment, method-assign]


def of_an_installation(command: Callable[..., Any]) -> Callable[..., Any]:
    """For what only works with an installation that is there: makes nothing, and says which place it looked at."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        missing = missing_database(current_app)
        if missing is not None:
            raise click.ClickException(
                f"There is no installation at {missing.parent}: {missing.name} is not there. Set "
                "SHADOWING_INSTANCE_PATH to the folder of yours, or make one with `flask --app wsgi init`."
            )
        return in_a_sentence(command)(*args, **kwargs)

    return run


def in_a_sentence(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn what may go wrong into a sentence on stderr."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except Refused as refused:
            db.session.rollback()
            raise click.ClickException(str(refused)) from refused
        except DBAPIError as error:
            db.session.rollback()
            said = str(error.orig).splitlines()[0]
            raise click.ClickException(
                f"The database does not answer as expected ({said}). Is it there, and has `flask --app wsgi init` "
                "been run? `flask --app wsgi doctor` looks at everything."
            ) from error
        except OSError as error:
            db.session.rollback()
            raise click.ClickException(f"That could not be read or written: {error}") from error

    return run
